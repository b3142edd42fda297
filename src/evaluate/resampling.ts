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
 * The statistics of systems on the same items. A run is what one seed of a system has for each item. What a run has in
 * the samples is kept, so a difference of systems whose intervals are known needs no further bootstrap.
 */
export interface Statistics {
  interval(runs: readonly ArrayLike<number>[]): Steps<Interval | undefined>;
  difference(first: readonly ArrayLike<number>[], second: readonly ArrayLike<number>[]): Steps<Difference | undefined>;
}

/**
 * (resamples) a statistic in samples with replacement. `strata`: the number of items in each stratum, which are sampled
 * separately; `draw` has the drawn items, 0 .. sum - 1. The samples depend only on the options and the strata, so what
 * two systems have in each can be paired. Without items all values are NaN.
 *
 * Throws `usage` for options out of range.
 */
export function* resample(
  strata: readonly number[],
  statistic: (draw: Int32Array) => number,
  options: ResamplingOptions = {},
): Steps<Float64Array> {
  const values = new Float64Array(wholeNumber('resamples', options.resamples ?? evaluateDefaults.resamples));
  const count = strata.reduce((sum, size) => sum + size, 0);
  if (count === 0) return values.fill(Number.NaN);
  const random = createRandom(options.seed ?? evaluateDefaults.seed, 1);
  const draw = new Int32Array(count);
  for (let sample = 0; sample < values.length; sample++) {
    let from = 0;
    for (const size of strata) {
      random.sample(draw, from, from + size);
      from += size;
    }
    values[sample] = statistic(draw);
    yield;
  }
  return values;
}

/** A function that returns a row for each run, made once: systems are scored and then compared with several others. */
export function keptRows(
  make: (run: ArrayLike<number>) => Steps<Float64Array>,
): (runs: readonly ArrayLike<number>[]) => Steps<Float64Array[]> {
  const kept = new Map<ArrayLike<number>, Float64Array>();
  return function* rowsOf(runs) {
    for (const run of runs) if (!kept.has(run)) kept.set(run, yield* make(run));
    return runs.map((run) => kept.get(run)!);
  };
}

/**
 * The percentile interval of values in samples; ignores NaN, and is undefined if there is nothing else. Throws `usage`
 * for a level out of range.
 */
export function percentileInterval(values: Float64Array, options: ResamplingOptions = {}): Interval | undefined {
  const level = options.level ?? evaluateDefaults.level;
  if (!(level > 0 && level < 1)) {
    throw usage(`the level is ${level}, expected a number between 0 and 1`, 'take 0.95');
  }
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return undefined;
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/**
 * The interval of a mean over seeds, or of the difference of two. A system has a row for each of its seeds: (resamples)
 * the value of that seed in each sample. The seeds are resampled too, from a generator of their own. `totals`: a
 * divisor of each sample.
 */
export function intervalOverSeeds(
  systems: readonly (readonly Float64Array[])[],
  options: ResamplingOptions = {},
  totals?: Float64Array,
): Interval | undefined {
  const seeds = createRandom(options.seed ?? evaluateDefaults.seed, 5);
  const values = systems[0][0].map((_, sample) => {
    const [first, second = 0] = systems.map((rows) =>
      drawSeeds(rows.length, seeds).reduce(
        (sum, share, row) => (share === 0 ? sum : sum + share * rows[row][sample]),
        0,
      ),
    );
    return (first - second) / (totals?.[sample] ?? 1);
  });
  return percentileInterval(values, options);
}

/** The interval of the mean of independent values. */
export function* bootstrapMean(
  values: ArrayLike<number>,
  options: ResamplingOptions = {},
): Steps<Interval | undefined> {
  const mean = (draw: Int32Array) => {
    let sum = 0;
    for (let at = 0; at < draw.length; at++) sum += values[draw[at]];
    return sum / draw.length;
  };
  return percentileInterval(yield* resample([values.length], mean, options), options);
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
  const sums = signedSums(parts.filter((part) => part !== 0));
  // Rounding must not make an equal difference smaller.
  const bar = Math.abs(observed) * (1 - 1e-9) - 1e-12;
  let hits = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = noise(seeds);
    for (let at = 0; at < sums.length; at += 4 * 256) {
      const bits = random.uint32();
      sum += sums[at + (bits & 255)] + sums[at + 256 + ((bits >>> 8) & 255)];
      sum += sums[at + 512 + ((bits >>> 16) & 255)] + sums[at + 768 + (bits >>> 24)];
    }
    if (Math.abs(sum) >= bar) hits++;
    yield;
  }
  return (1 + hits) / (1 + permutations);
}

/**
 * The sums of each 8 parts with all signs: number b of a group has the sign + where bit k of b is 1. Padded with groups
 * of zeros to a multiple of 4, the bytes of 32 random bits.
 */
function signedSums(parts: Float64Array): Float64Array {
  const sums = new Float64Array(256 * 4 * Math.ceil(parts.length / 32));
  for (let at = 0; at < parts.length; at++) {
    const from = (at >>> 3) * 256;
    for (let signs = 0; signs < 256; signs++) sums[from + signs] += (signs >>> (at & 7)) & 1 ? parts[at] : -parts[at];
  }
  return sums;
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
