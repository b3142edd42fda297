// Epochs and learning rate: those of word2vec.c and fastText, and those that fit the size of the text ('auto').
import { standardTraining } from '../base/defaults.ts';

export interface Schedule {
  epochs: number;
  /** Start of the linear decay. */
  learningRate: number;
}

/** What of the settings the schedule depends on. */
interface Kind {
  model: 'skipgram' | 'cbow';
  loss: string;
  cbowSum: boolean;
  subwords?: string;
}

/** Of word2vec.c; with subwords of fastText. */
export function standardSchedule({ model, subwords }: Pick<Kind, 'model' | 'subwords'>): Schedule {
  const { epochs, learningRate, subwordLearningRate } = standardTraining;
  return { epochs, learningRate: subwords === undefined ? learningRate[model] : subwordLearningRate };
}

/**
 * Measured from 0.2 to 17 million words of Wikipedia (docs/quality.md). A short text is read more often, and at a higher
 * rate: with N million words
 *
 *     epochs     10 up to N = 20, then 10 (20 / N)^(1/3), at least 5
 *     skip-gram  0.05 up to N = 8.5, then 0.05 * 8.5 / N, at least 0.025
 *     CBOW       0.1 up to N = 0.85, then 0.1 * 0.85 / N, at least 0.05
 *     subwords   0.05
 *
 * Other losses, and CBOW with the sum, were not measured, and keep the standard values.
 *
 * @param tokens words of the text that are in the vocabulary
 */
export function autoSchedule(kind: Kind, tokens: number): Schedule {
  const standard = standardSchedule(kind);
  if (kind.loss !== 'ns' || kind.cbowSum) return standard;
  const millions = tokens / 1e6;
  const epochs = Math.max(standard.epochs, Math.round(10 * Math.min(1, Math.cbrt(20 / millions))));
  if (kind.subwords !== undefined) return { ...standard, epochs };
  const knee = kind.model === 'cbow' ? 0.85 : 8.5;
  const factor = Math.max(1, Math.min(2, (2 * knee) / millions));
  return { epochs, learningRate: Number((factor * standard.learningRate).toPrecision(3)) };
}
