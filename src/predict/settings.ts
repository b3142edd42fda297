// What decides the vectors that training makes from a corpus: the hyper-parameters, their defaults and ranges.
import { availableParallelism } from 'node:os';
import { trainDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import { checkOptionNames, namesOf } from '../option-names.ts';
import { quotable, shortened } from '../printable.ts';
import { subwordUnits } from '../vectors/subwords.ts';
import { type Init, initScales, inits } from './initialize.ts';
import { type SubwordSettings, subwordSettings } from './subword-settings.ts';

export const models = ['skipgram', 'cbow'] as const;
/** `skipgram` predicts the context from a word, `cbow` a word from its context. */
export type Model = (typeof models)[number];

/** Negative sampling, hierarchical softmax, and the softmax over all words; in the training kernel by their place. */
export const losses = ['ns', 'hs', 'softmax'] as const;
export type Loss = (typeof losses)[number];

/** Hyper-parameters with every default filled in. */
export interface TrainSettings extends SubwordSettings {
  /** Default `skipgram`. */
  model: Model;
  /** Negative sampling (`ns`, the default), hierarchical softmax (`hs`), or the softmax over all words. */
  loss: Loss;
  /** D, the length of a vector, 1 .. 1000; default 100. */
  dim: number;
  /** Words at most on each side; each centre draws its own width from 1 .. window (word2vec's dynamic window). */
  window: number;
  /** Negative samples per positive example, 1 .. 64; for the loss `ns` alone, as is `negativeExponent`. */
  negative: number;
  /** Exponent on the counts in the distribution negatives are drawn from. */
  negativeExponent: number;
  /** Passes over the text, 1 .. 10,000; default 5. */
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
 * Fills in defaults and checks names and ranges. @throws W2vError 'usage' naming the setting, its value and its range
 */
export function trainSettings(given: Partial<TrainSettings>): TrainSettings {
  checkOptionNames('training', given, trainSettingNames);
  const model = given.model ?? trainDefaults.model;
  const dim = given.dim ?? trainDefaults.dim;
  const init = given.init ?? trainDefaults.init;
  requireOneOf('init', init, inits);
  const scales = initScales(init, dim);
  const ofSubwords = subwordSettings(given);
  const isFasttext = ofSubwords.subwords !== undefined && init === 'uniform';
  const settings: TrainSettings = {
    model,
    loss: given.loss ?? trainDefaults.loss,
    dim,
    window: given.window ?? trainDefaults.window,
    negative: given.negative ?? trainDefaults.negative,
    negativeExponent: given.negativeExponent ?? trainDefaults.negativeExponent,
    epochs: given.epochs ?? trainDefaults.epochs,
    sample: given.sample ?? trainDefaults.sample,
    learningRate: given.learningRate ?? standardRate(model, ofSubwords),
    minLearningRateRatio: given.minLearningRateRatio ?? trainDefaults.minLearningRateRatio,
    cbowSum: given.cbowSum ?? false,
    init,
    initScale: given.initScale ?? (isFasttext ? 1 / dim : scales.standard), // fastText: input_->uniform(1.0 / dim)
    ...ofSubwords,
    seed: given.seed ?? trainDefaults.seed,
    threads: given.threads ?? availableParallelism(),
    deterministic: given.deterministic ?? false,
  };
  requireOneOf('model', model, models);
  requireOneOf('loss', settings.loss, losses);
  const whole = (name: keyof TrainSettings, low: number, high: number) => {
    const value = settings[name] as number;
    if (!Number.isInteger(value) || value < low || value > high)
      throw outOfRange(name, value, `a whole number from ${low} to ${high}`);
  };
  const real = (name: keyof TrainSettings, low: number, high: number) => {
    const value = settings[name] as number;
    if (!(value >= low && value <= high)) throw outOfRange(name, value, `a number from ${low} to ${high}`);
  };
  whole('dim', 1, 1000);
  whole('window', 1, 1000);
  whole('negative', settings.loss === 'ns' ? 1 : 0, 64);
  real('negativeExponent', -2, 2);
  whole('epochs', 1, 10_000);
  real('sample', 0, 1);
  real('learningRate', ...learningRates);
  real('minLearningRateRatio', 0, 1);
  checkInitScale(settings);
  if (ofSubwords.subwords !== undefined) {
    requireOneOf('subwordUnits', ofSubwords.subwordUnits, subwordUnits);
    requireFitsSubwords(settings);
  }
  whole('seed', 0, Number.MAX_SAFE_INTEGER);
  whole('threads', 1, 1024);
  return settings;
}

/** From, to: below it no step is felt in 32 bits. */
export const learningRates = [1e-9, 10] as const;

/** Where none is given. */
function standardRate(model: Model, { subwords }: SubwordSettings): number {
  return subwords === undefined ? trainDefaults.learningRate[model] : trainDefaults.subwordLearningRate;
}

/** Throws `usage` unless the value is one of the names. */
export function requireOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (allowed.includes(value as string)) return;
  const observed = `${name} is '${quotable(shortened(String(value)))}'`;
  const expected = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  throw new W2vError('usage', `${observed}: expected ${expected}`, `set ${name} to one of these`);
}

/** Subwords are trained with negative sampling, and CBOW takes the mean, as in fastText. Throws `usage`. */
function requireFitsSubwords({ loss, cbowSum }: TrainSettings): void {
  if (loss !== 'ns') {
    const observed = `subwords are trained with the loss ns, not ${loss}`;
    throw new W2vError('usage', observed, 'leave out { loss }, or { subwords }');
  }
  if (cbowSum) {
    throw new W2vError(
      'usage',
      'CBOW with subwords takes the mean of all rows',
      'leave out { cbowSum }, or { subwords }',
    );
  }
}

function checkInitScale({ init, initScale, dim }: TrainSettings): void {
  const { largest } = initScales(init, dim);
  if (largest === 0 ? initScale === 0 : initScale > 0 && initScale <= largest) return;
  const observed = `initScale is ${initScale} for init '${init}'`;
  if (largest === 0) throw new W2vError('usage', `${observed}, which has none`, 'leave out { initScale }');
  const expected = `a number above 0, up to ${largest}`;
  throw new W2vError('usage', `${observed}: expected ${expected}`, 'set { initScale } within that range');
}

function outOfRange(name: string, value: unknown, expected: string): W2vError {
  return new W2vError('usage', `${name} is ${String(value)}: expected ${expected}`, `set ${name} within that range`);
}
