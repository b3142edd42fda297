// How sure a score is: percentile bootstrap (Efron & Tibshirani 1993, chapter 13) over the items of a test set, and the
// paired permutation test of the difference between two contestants (Noreen 1989, approximate randomization).
import { evaluateDefaults } from '../defaults.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import { createRandom, type Random } from '../random.ts';
import { correlationOfRanks, type Interval, orderCodes, quantile, ranks, ranksOfDraw } from './statistics.ts';

export interface ResamplingOptions {
  /** Bootstrap samples; at least 1. */
  resamples?: number | undefined;
  /** Random exchanges of the permutation test; at least 1. The smallest p-value is 1 / (permutations + 1). */
  permutations?: number | undefined;
  /** Coverage of the interval, between 0 and 1. */
  level?: number | undefined;
  seed?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A difference first - second, its interval, and the p-value of "no difference". */
export interface Difference extends Interval {
  difference: number;
  pValue: number;
  /** Items both contestants answered; only these count. */
  used: number;
}

/** Interval of Spearman's correlation over pairs drawn with replacement; undefined where no sample has one. */
export function bootstrapSpearman(
  gold: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: ResamplingOptions = {},
): Interval | undefined {
  const drawnRanks = rankerOfDraws(gold);
  const drawnScores = rankerOfDraws(scores);
  return bootstrap(gold.length, (draw) => correlationOfRanks(drawnRanks(draw), drawnScores(draw)), options);
}

/**
 * Spearman of `first` with the gold scores minus that of `second`, over the same pairs. The bootstrap draws pairs; the
 * permutation test exchanges, pair by pair at random, the ranks the two gave it (ranks, for their scales may differ).
 * Undefined where either has no correlation.
 */
export function spearmanDifference(
  gold: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: ResamplingOptions = {},
): Difference | undefined {
  const goldRanks = ranks(gold);
  const ranks1 = ranks(first);
  const ranks2 = ranks(second);
  const difference = correlationOfRanks(goldRanks, ranks1) - correlationOfRanks(goldRanks, ranks2);
  if (Number.isNaN(difference)) return undefined;

  const ofGold = rankerOfDraws(gold);
  const of1 = rankerOfDraws(first);
  const of2 = rankerOfDraws(second);
  const interval = bootstrap(
    gold.length,
    (draw) => {
      const drawn = ofGold(draw);
      return correlationOfRanks(drawn, of1(draw)) - correlationOfRanks(drawn, of2(draw));
    },
    options,
  );
  if (interval === undefined) return undefined;

  // Average ranks are halves, so twice a rank is a code that can be counted.
  const all = Int32Array.from(goldRanks, (_, at) => at);
  const exchanged1 = new Int32Array(all.length);
  const exchanged2 = new Int32Array(all.length);
  const scratch = new Float64Array(2 * all.length + 1);
  const out1 = new Float64Array(all.length);
  const out2 = new Float64Array(all.length);
  const pValue = permutationTest(
    all.length,
    (swap) => {
      for (let at = 0; at < swap.length; at++) {
        exchanged1[at] = 2 * (swap[at] ? ranks2[at]! : ranks1[at]!);
        exchanged2[at] = 2 * (swap[at] ? ranks1[at]! : ranks2[at]!);
      }
      ranksOfDraw(exchanged1, all, scratch, out1);
      ranksOfDraw(exchanged2, all, scratch, out2);
      return correlationOfRanks(goldRanks, out1) - correlationOfRanks(goldRanks, out2);
    },
    difference,
    options,
  );
  return { difference, ...interval, pValue, used: gold.length };
}

/** Interval of the share of ones in `outcomes` (0 or 1 each); undefined for none. */
export function bootstrapShare(outcomes: Uint8Array, options: ResamplingOptions = {}): Interval | undefined {
  return bootstrap(outcomes.length, (draw) => meanOfDraw(outcomes, draw), options);
}

/**
 * Share of ones in `first` minus that in `second`, question by question the same. The permutation test exchanges the two
 * outcomes of a question at random; only questions on which they differ can matter (as in McNemar's test).
 * Undefined for no question.
 */
export function shareDifference(
  first: Uint8Array,
  second: Uint8Array,
  options: ResamplingOptions = {},
): Difference | undefined {
  const count = first.length;
  const differences = Int8Array.from(first, (one, at) => one - second[at]!);
  const interval = bootstrap(count, (draw) => meanOfDraw(differences, draw), options);
  if (interval === undefined) return undefined;
  const discordant = differences.filter((sign) => sign !== 0);
  const difference = discordant.reduce((sum, sign) => sum + sign, 0) / count;
  const pValue = permutationTest(
    discordant.length,
    (swap) => {
      let sum = 0;
      for (let at = 0; at < swap.length; at++) sum += swap[at] ? -discordant[at]! : discordant[at]!;
      return sum / count;
    },
    difference,
    options,
  );
  return { difference, ...interval, pValue, used: count };
}

/** The percentile interval of a statistic over samples of `count` places with replacement. Samples giving NaN are left out. */
export function bootstrap(
  count: number,
  statistic: (draw: Int32Array) => number,
  options: ResamplingOptions = {},
): Interval | undefined {
  if (count === 0) return undefined;
  const resamples = wholeNumber('resamples', options.resamples ?? evaluateDefaults.resamples);
  const level = options.level ?? evaluateDefaults.level;
  if (!(level > 0 && level < 1)) {
    throw new W2vError('usage', `the level is ${level}, expected a number between 0 and 1`, 'take 0.95');
  }
  const random = createRandom(options.seed ?? evaluateDefaults.seed, 1);
  const draw = new Int32Array(count);
  const values: number[] = [];
  for (let sample = 0; sample < resamples; sample++) {
    throwIfAborted(options.signal);
    for (let at = 0; at < count; at++) draw[at] = random.below(count);
    const value = statistic(draw);
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/**
 * Two-sided p-value: how often a random exchange of the two contestants' answers moves the statistic at least as far from
 * 0 as observed. (1 + hits) / (1 + permutations), never 0.
 */
export function permutationTest(
  count: number,
  statistic: (swap: Uint8Array) => number,
  observed: number,
  options: ResamplingOptions = {},
): number {
  const permutations = wholeNumber('permutations', options.permutations ?? evaluateDefaults.permutations);
  const random = createRandom(options.seed ?? evaluateDefaults.seed, 2);
  const swap = new Uint8Array(count);
  // Rounding may not turn an equal difference into a smaller one.
  const bar = Math.abs(observed) - 1e-12;
  let hits = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    throwIfAborted(options.signal);
    fillWithBits(swap, random);
    if (Math.abs(statistic(swap)) >= bar) hits++;
  }
  return (1 + hits) / (1 + permutations);
}

function rankerOfDraws(values: ArrayLike<number>): (draw: Int32Array) => Float64Array {
  const { codes, groups } = orderCodes(values);
  const scratch = new Float64Array(groups);
  const out = new Float64Array(values.length);
  return (draw) => ranksOfDraw(codes, draw, scratch, out);
}

function meanOfDraw(values: Uint8Array | Int8Array, draw: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < draw.length; at++) sum += values[draw[at]!]!;
  return sum / draw.length;
}

function fillWithBits(bits: Uint8Array, random: Random): void {
  let word = 0;
  for (let at = 0; at < bits.length; at++) {
    if (at % 32 === 0) word = random.uint32();
    bits[at] = word & 1;
    word >>>= 1;
  }
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new W2vError('usage', `${name} is ${value}, expected a whole number of at least 1`, `leave ${name} out`);
}
