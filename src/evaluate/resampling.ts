// How sure a score is: percentile bootstrap intervals (Efron & Tibshirani 1993, chapter 13), and the p-value of "no
// difference" by exchanging the answers of two contestants at random (Noreen 1989, approximate randomization).
//
// Two things vary: the items of a test set (or clusters of items that depend on each other), and the seeds a route was made
// from. A bootstrap sample draws both anew, independently (the pigeonhole bootstrap, Owen 2007).
import { evaluateDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import { createRandom, type Random } from '../random.ts';
import type { Steps } from '../steps.ts';
import { type Interval, quantile } from './statistics.ts';

export interface ResamplingOptions {
  /** Bootstrap samples; at least 1. */
  resamples?: number | undefined;
  /** Random exchanges of the test; at least 1. The smallest p-value is 1 / (permutations + 1). */
  permutations?: number | undefined;
  /** Coverage of the interval, between 0 and 1. */
  level?: number | undefined;
  seed?: number | undefined;
}

/** A difference first - second, its interval, and the p-value of "no difference". */
export interface Difference extends Interval {
  difference: number;
  pValue: number;
  /** Items both contestants answered; only these count. */
  used: number;
}

/**
 * The percentile interval of a statistic over samples with replacement; samples giving NaN are left out, and it is undefined
 * where none has a value. `strata`: how many places there are in each stratum; each is drawn from by itself, and `draw` has
 * the places drawn, 0 .. sum - 1. `seeds` is the generator for what else the statistic draws: a stream of its own, so that all
 * contestants see the same items.
 *
 * Throws `usage` on options out of range.
 */
export function* bootstrap(
  strata: readonly number[],
  statistic: (draw: Int32Array, seeds: Random) => number,
  options: ResamplingOptions = {},
): Steps<Interval | undefined> {
  const resamples = wholeNumber('resamples', options.resamples ?? evaluateDefaults.resamples);
  const level = options.level ?? evaluateDefaults.level;
  if (!(level > 0 && level < 1)) {
    throw new W2vError('usage', `the level is ${level}, expected a number between 0 and 1`, 'take 0.95');
  }
  const count = strata.reduce((sum, size) => sum + size, 0);
  if (count === 0) return undefined;
  const random = createRandom(options.seed ?? evaluateDefaults.seed, 1);
  const seeds = createRandom(options.seed ?? evaluateDefaults.seed, 5);
  const draw = new Int32Array(count);
  const values: number[] = [];
  for (let sample = 0; sample < resamples; sample++) {
    let from = 0;
    for (const size of strata) {
      for (let at = from; at < from + size; at++) draw[at] = from + random.below(size);
      from += size;
    }
    const value = statistic(draw, seeds);
    if (!Number.isNaN(value)) values.push(value);
    yield;
  }
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/** The interval of the mean of independent values. */
export function bootstrapMean(values: ArrayLike<number>, options: ResamplingOptions = {}): Steps<Interval | undefined> {
  const mean = (draw: Int32Array) => {
    let sum = 0;
    for (let at = 0; at < draw.length; at++) sum += values[draw[at]!]!;
    return sum / draw.length;
  };
  return bootstrap([values.length], mean, options);
}

/**
 * Two-sided p-value of a difference that is the sum of `parts`, one for each item or cluster. Where two contestants are alike,
 * exchanging their answers to an item turns the sign of its part: the p-value is how often random signs bring the sum at least
 * as far from 0 as the observed difference. `noise` draws what the seeds add to it. (1 + hits) / (1 + permutations), never 0.
 */
export function* exchangeTest(
  parts: Float64Array,
  observed: number,
  noise: (seeds: Random) => number,
  options: ResamplingOptions = {},
): Steps<number> {
  const permutations = wholeNumber('permutations', options.permutations ?? evaluateDefaults.permutations);
  const random = createRandom(options.seed ?? evaluateDefaults.seed, 2);
  const seeds = createRandom(options.seed ?? evaluateDefaults.seed, 6);
  const moving = parts.filter((part) => part !== 0);
  // Rounding may not turn an equal difference into a smaller one.
  const bar = Math.abs(observed) * (1 - 1e-9) - 1e-12;
  let hits = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = noise(seeds);
    let bits = 0;
    for (let at = 0; at < moving.length; at++) {
      if (at % 32 === 0) bits = random.uint32();
      sum += bits & 1 ? moving[at]! : -moving[at]!;
      bits >>>= 1;
    }
    if (Math.abs(sum) >= bar) hits++;
    yield;
  }
  return (1 + hits) / (1 + permutations);
}

/**
 * How often each of `count` seeds is drawn, as shares of the draw. One less than there are is drawn: a mean over so many has
 * the variance s^2 / count of the mean over all, where `count` draws would have (count - 1) / count of it (Rao & Wu 1988),
 * which matters for three seeds. A single seed is itself.
 */
export function drawSeeds(count: number, seeds: Random): Float64Array {
  const shares = new Float64Array(count);
  const draws = Math.max(1, count - 1);
  for (let draw = 0; draw < draws; draw++) shares[count === 1 ? 0 : seeds.below(count)]! += 1 / draws;
  return shares;
}

/** What resampled seeds add to a mean over seeds: the mean of a draw less the mean of all. */
export function seedNoise(scores: readonly number[], seeds: Random): number {
  if (scores.length === 1) return 0;
  const shares = drawSeeds(scores.length, seeds);
  return scores.reduce((sum, score, at) => sum + score * (shares[at]! - 1 / scores.length), 0);
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new W2vError('usage', `${name} is ${value}, expected a whole number of at least 1`, `leave ${name} out`);
}
