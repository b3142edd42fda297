// Computes confidence intervals and permutation tests of Spearman's correlation, as a mean over seeds. A run is the
// result of one seed: a similarity for each pair, in the order of the gold scores.
import type { Random } from '../base/random.ts';
import {
  type Difference,
  exchangeTest,
  intervalOverSeeds,
  keptRows,
  type ResamplingOptions,
  resample,
  type Statistics,
  seedNoise,
} from './resampling.ts';
import { correlatorOfDraws, mean, ranks, spearman } from './statistics.ts';

type Run = ArrayLike<number>;

/**
 * Statistics of Spearman's correlation with the gold scores, averaged over runs. No interval if no sample has a value;
 * no difference if either correlation is undefined.
 *
 * The bootstrap resamples pairs, and the seeds of each system. The permutation test swaps, at random for each pair, the
 * ranks of the two systems (means over seeds; ranks, because scales may differ).
 */
export function rankStatistics(gold: ArrayLike<number>, options: ResamplingOptions = {}): Statistics {
  const rowsOf = keptRows((run) => resample([gold.length], correlatorOfDraws(gold, run), options));
  return {
    *interval(runs) {
      return intervalOverSeeds([yield* rowsOf(runs)], options);
    },
    *difference(first, second) {
      const scores1 = first.map((run) => spearman(gold, run));
      const scores2 = second.map((run) => spearman(gold, run));
      const difference = mean(scores1) - mean(scores2);
      if (Number.isNaN(difference)) return undefined;
      const interval = intervalOverSeeds([yield* rowsOf(first), yield* rowsOf(second)], options);
      if (interval === undefined) return undefined;
      const parts = partsOfDifference(gold, first, second);
      const noise = (seeds: Random) => seedNoise(scores1, seeds) - seedNoise(scores2, seeds);
      const pValue = yield* exchangeTest(parts, difference, noise, options);
      return { difference, ...interval, pValue, used: gold.length } satisfies Difference;
    },
  };
}

/**
 * The contribution of each pair to the difference. A pair adds the product of its standardized ranks, z(gold)
 * z(scores), and shifts the ranks of all pairs with higher scores. By its influence function, Spearman's correlation
 * has the parts
 *   z(gold) z(scores) + B(rank),   B(r) = sum of z(gold) over the pairs ranked above r, / length of the centerd ranks
 * (a third part depends only on the gold score, and is equal for both). B uses both systems together, so that swapping
 * their answers flips the sign of a part. It adds nothing to the sum, but without it the test would lose power.
 */
function partsOfDifference(gold: ArrayLike<number>, first: readonly Run[], second: readonly Run[]): Float64Array {
  const count = gold.length;
  const z = standardized(gold).values;
  const runs = [
    ...first.map((run) => ({ ranks: ranks(run), ...standardized(run), share: 1 / first.length })),
    ...second.map((run) => ({ ranks: ranks(run), ...standardized(run), share: -1 / second.length })),
  ];
  // Mean ranks are multiples of 1/2, so twice a rank is an index.
  const above = new Float64Array(2 * count + 2);
  for (const { ranks, length, share } of runs) {
    for (let at = 0; at < count; at++) above[2 * ranks[at]] += ((Math.abs(share) / 2) * z[at]) / length;
  }
  let sum = 0;
  for (let place = above.length - 1; place >= 0; place--) {
    const here = above[place];
    above[place] = sum + here / 2;
    sum += here;
  }
  const parts = new Float64Array(count);
  for (const { ranks, values, share } of runs) {
    for (let at = 0; at < count; at++) parts[at] += share * (z[at] * values[at] + above[2 * ranks[at]]);
  }
  return parts;
}

/** Ranks centerd and scaled to length 1, and their length before scaling. */
function standardized(values: ArrayLike<number>): { values: Float64Array; length: number } {
  const centerd = ranks(values).map((rank) => rank - (values.length + 1) / 2);
  const length = Math.sqrt(centerd.reduce((sum, value) => sum + value * value, 0));
  return { values: centerd.map((value) => value / length), length };
}
