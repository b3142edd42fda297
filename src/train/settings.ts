// What decides the vectors that training makes from a corpus: the hyper-parameters, their defaults and ranges.
import { availableParallelism } from 'node:os';
import { trainDefaults, trainRanges } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { checkRanges, type Range, whole } from '../base/ranges.ts';
import { autoSchedule, standardSchedule } from './auto-schedule.ts';
import { type Init, initScales } from './initialize.ts';
import { type SubwordSettings, subwordSettings } from './subword-settings.ts';

export const models = trainRanges.model.names;
/** `skipgram` predicts the context from a word, `cbow` a word from its context. */
export type Model = (typeof models)[number];

/** Negative sampling, hierarchical softmax, and the softmax over all words; in the training kernel by their place. */
export const losses = trainRanges.loss.names;
export type Loss = (typeof losses)[number];

/** Hyper-parameters with every default filled in. */
export interface TrainSettings extends SubwordSettings {
  /** Default `skipgram`. */
  model: Model;
  /** Negative sampling (`ns`, the default), hierarchical softmax (`hs`), or the softmax over all words. */
  loss: Loss;
  /** D, the length of a vector, 1 .. 1000; default 100. */
  dim: number;
  /** Words at most on each side; each center draws its own width from 1 .. window (word2vec's dynamic window). */
  window: number;
  /** Negative samples per positive example, 1 .. 64; for the loss `ns` alone, as is `negativeExponent`. */
  negative: number;
  /** Exponent on the counts in the distribution negatives are drawn from. */
  negativeExponent: number;
  /** Passes over the text, 1 .. 10,000. */
  epochs: number;
  /** Subsampling threshold t (Mikolov et al. 2013b, as in word2vec.c); 0 keeps every word. */
  sample: number;
  /** Start of the linear decay. */
  learningRate: number;
  /** Floor of the decay, as a part of `learningRate`. */
  minLearningRateRatio: number;
  /** CBOW: sum the context vectors instead of averaging them. */
  cbowSum: boolean;
  /** How the two matrices start: `uniform` (default, word2vec), `normal`, `xavier`, `he` or `zeros`. */
  init: Init;
  /**
   * Of the start: above 0, up to 1 for `uniform` (the limit) and `normal` (the deviation), up to 10 for others (a
   * factor).
   */
  initScale: number;
  /** Of all random numbers, 0 .. 2^53 - 1; default 1. */
  seed: number;
  /** Worker threads, 1 .. 1024; one per core unless given. */
  threads: number;
  /** Same seed, same bytes, whatever `threads`. */
  deterministic: boolean;
}

/**
 * Hyper-parameters as they are given: by default the epochs and the learning rate come from the size of the text. Where
 * the epochs are given, and the learning rate is not, it is that of word2vec.c or fastText.
 */
export type GivenTrainSettings = Partial<Omit<TrainSettings, 'epochs' | 'learningRate'>> & {
  epochs?: number | 'auto';
  learningRate?: number | 'auto';
};

export const trainSettingNames = namesOf<TrainSettings>({
  model: true,
  loss: true,
  dim: true,
  window: true,
  negative: true,
  negativeExponent: true,
  epochs: true,
  sample: true,
  learningRate: true,
  minLearningRateRatio: true,
  cbowSum: true,
  init: true,
  initScale: true,
  subwords: true,
  buckets: true,
  subwordUnits: true,
  seed: true,
  threads: true,
  deterministic: true,
});

/**
 * Fills in defaults and checks names and ranges.
 *
 * @param tokens words of the text that are in the vocabulary, from which epochs and learning rate come where they are
 *   'auto'; without it they are those of word2vec.c and fastText
 * @throws W2vError 'usage' naming the setting, its value and its range
 */
export function trainSettings(given: GivenTrainSettings, tokens?: number): TrainSettings {
  checkOptionNames('training', given, trainSettingNames);
  const model = given.model ?? trainDefaults.model;
  const loss = given.loss ?? trainDefaults.loss;
  const cbowSum = given.cbowSum ?? false;
  const dim = given.dim ?? trainDefaults.dim;
  const init = given.init ?? trainDefaults.init;
  checkRanges(trainRanges, { init });
  const scales = initScales(init, dim);
  const ofSubwords = subwordSettings(given);
  const isFasttext = ofSubwords.subwords !== undefined && init === 'uniform';
  const kind = { model, loss, cbowSum, ...ofSubwords };
  const { epochs = 'auto', learningRate = 'auto' } = given;
  const isAuto = epochs === 'auto' && tokens !== undefined;
  const schedule = isAuto ? autoSchedule(kind, tokens) : standardSchedule(kind);
  const settings: TrainSettings = {
    model,
    loss,
    dim,
    window: given.window ?? trainDefaults.window,
    negative: given.negative ?? trainDefaults.negative,
    negativeExponent: given.negativeExponent ?? trainDefaults.negativeExponent,
    epochs: epochs === 'auto' ? schedule.epochs : epochs,
    sample: given.sample ?? trainDefaults.sample,
    learningRate: learningRate === 'auto' ? schedule.learningRate : learningRate,
    minLearningRateRatio: given.minLearningRateRatio ?? trainDefaults.minLearningRateRatio,
    cbowSum,
    init,
    initScale: given.initScale ?? (isFasttext ? 1 / dim : scales.standard), // fastText: input_->uniform(1.0 / dim)
    ...ofSubwords,
    seed: given.seed ?? trainDefaults.seed,
    threads: given.threads ?? availableParallelism(),
    deterministic: given.deterministic ?? false,
  };
  checkRanges(rangesOf(settings.loss), settings);
  checkInitScale(settings);
  if (ofSubwords.subwords !== undefined) {
    requireFitsSubwords(settings);
  }
  return settings;
}

/** The loss ns needs a negative sample; the scale depends on the kind of start, and is checked with it. */
function rangesOf(loss: Loss): Record<string, Range> {
  const { initScale: _, ...ranges } = trainRanges;
  return loss === 'ns' ? { ...ranges, negative: whole(1, ranges.negative.high) } : ranges;
}

/** Subwords are trained with negative sampling, and CBOW takes the mean, as in fastText. Throws `usage`. */
function requireFitsSubwords({ loss, cbowSum }: TrainSettings): void {
  if (loss !== 'ns') {
    const observed = `subwords are trained with the loss ns, not ${loss}`;
    throw usage(observed, 'leave out { loss }, or { subwords }');
  }
  if (cbowSum) {
    throw usage('CBOW with subwords takes the mean of all rows', 'leave out { cbowSum }, or { subwords }');
  }
}

function checkInitScale({ init, initScale, dim }: TrainSettings): void {
  const { largest } = initScales(init, dim);
  if (largest === 0 ? initScale === 0 : initScale > 0 && initScale <= largest) return;
  const observed = `initScale is ${initScale} for init '${init}'`;
  if (largest === 0) throw usage(`${observed}, which has none`, 'leave out { initScale }');
  const expected = `a number above 0, up to ${largest}`;
  throw usage(`${observed}: expected ${expected}`, 'set { initScale } within that range');
}
