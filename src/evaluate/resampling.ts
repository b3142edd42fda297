// Bootstrap percentile intervals of scores (Efron & Tibshirani 1993, chapter 13), and p-values of "no difference" by
// randomly swapping the answers of two systems (approximate randomization, Noreen 1989).
//
// There are two sources of variance: the items of a test set (or clusters of dependent items), and the random seeds. A
// bootstrap sample draws both independently (the pigeonhole bootstrap, Owen 2007).
import { evaluateDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { createRandom, type Random } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import { type Interval, quantile } from './statistics.ts';

export interface ResamplingOptions {
  /** Bootstrap samples; at least 1. */
  resamples?: number | undefined;
  /** Permutations of the test; at least 1. The smallest p-value is 1 / (permutations + 1). */
  permutations?: number | undefined;
  /** Coverage of the interval, between 0 and 1. */
  level?: number | undefined;
  seed?: number | undefined;
}

/** A difference first - second, its confidence interval, and the p-value of "no difference". */
export interface Difference extends Interval {
  difference: number;
  pValue: number;
  /** Number of items that both systems answered; only these count. */
  used: number;
}

/**
 * The percentile interval of a statistic over samples with replacement; ignores samples with NaN, and is undefined if
 * all are. `strata`: the number of items in each stratum, which are sampled separately; `draw` has the drawn items, 0
 * .. sum - 1. `seeds` is the generator for the statistic's own draws: a separate stream, so that all systems get the
 * same items.
 *
 * Throws `usage` for options out of range.
 */
export function* bootstrap(
  strata: readonly number[],
  statistic: (draw: Int32Array, seeds: Random) => number,
  options: ResamplingOptions = {},
): Steps<Interval | undefined> {
  const resamples = wholeNumber('resamples', options.resamples ?? evaluateDefaults.resamples);
  const level = options.level ?? evaluateDefaults.level;
  if (!(level > 0 && level < 1)) {
    throw usage(`the level is ${level}, expected a number between 0 and 1`, 'take 0.95');
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
    for (let at = 0; at < draw.length; at++) sum += values[draw[at]];
    return sum / draw.length;
  };
  return bootstrap([values.length], mean, options);
}

/**
 * Two-sided p-value of a difference that is the sum of `parts`, one for each item or cluster. If two systems are
 * equally good, swapping their answers to an item flips the sign of its part. The p-value is the share of random signs
 * for which the sum is at least as far from 0 as the observed difference; `noise` draws the effect of the seeds. (1 +
 * hits) / (1 + permutations), never 0.
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
  // Rounding must not make an equal difference smaller.
  const bar = Math.abs(observed) * (1 - 1e-9) - 1e-12;
  let hits = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = noise(seeds);
    let bits = 0;
    for (let at = 0; at < moving.length; at++) {
      if (at % 32 === 0) bits = random.uint32();
      sum += bits & 1 ? moving[at] : -moving[at];
      bits >>>= 1;
    }
    if (Math.abs(sum) >= bar) hits++;
    yield;
  }
  return (1 + hits) / (1 + permutations);
}

/**
 * The share of each of `count` seeds in a bootstrap draw of count - 1 seeds. A mean over count - 1 draws has the
 * variance s^2 / count of the mean over all seeds; with `count` draws it would be (count - 1) / count of that (Rao & Wu
 * 1988), which matters for three seeds. A single seed has share 1.
 */
export function drawSeeds(count: number, seeds: Random): Float64Array {
  const shares = new Float64Array(count);
  const draws = Math.max(1, count - 1);
  for (let draw = 0; draw < draws; draw++) shares[count === 1 ? 0 : seeds.below(count)] += 1 / draws;
  return shares;
}

/** The effect of resampled seeds on a mean over seeds: the mean of a draw minus the mean of all. */
export function seedNoise(scores: readonly number[], seeds: Random): number {
  if (scores.length === 1) return 0;
  const shares = drawSeeds(scores.length, seeds);
  return scores.reduce((sum, score, at) => sum + score * (shares[at] - 1 / scores.length), 0);
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw usage(`${name} is ${value}, expected a whole number of at least 1`, `leave ${name} out`);
}
