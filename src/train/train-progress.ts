// How far a training is, from one tally to the next.
import type { Progress } from '../base/progress.ts';
import { learningRateAt } from './schedule.ts';
import type { TrainSettings } from './settings.ts';
import type { Tally } from './tally.ts';

export interface TrainProgress {
  /** The loss is the mean of the examples measured since the last report that had any. */
  of(tally: Tally, seconds: number): Progress;
  done(): Progress;
}

/** @param tokens words of one epoch */
export function createProgress(tokens: number, settings: TrainSettings): TrainProgress {
  const total = tokens * settings.epochs;
  let before = { loss: 0, examples: 0 };
  let mean: number | undefined;
  return {
    of(tally, seconds) {
      const [loss, examples] = [sum(tally.loss), sum(tally.examples)];
      if (examples > before.examples) mean = (loss - before.loss) / (examples - before.examples);
      before = { loss, examples };
      const done = tally.words;
      const wordsPerSecond = done / seconds;
      return {
        phase: 'train',
        done,
        total,
        unit: 'words',
        ...(mean !== undefined && { loss: mean }),
        learningRate: learningRateAt(settings.learningRate, settings.minLearningRateRatio, done, total),
        wordsPerSecond,
        etaSeconds: (total - done) / wordsPerSecond,
      };
    },
    done: () => ({ phase: 'train', done: total, total, unit: 'words', etaSeconds: 0 }),
  };
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
