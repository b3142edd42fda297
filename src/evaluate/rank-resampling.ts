// Computes confidence intervals and permutation tests of Spearman's correlation, as a mean over seeds. A run is the
// result of one seed: a similarity for each pair, in the order of the gold scores.
import type { Random } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import {
  bootstrap,
  type Difference,
  drawSeeds,
  exchangeTest,
  type ResamplingOptions,
  seedNoise,
} from './resampling.ts';
import { correlationOfRanks, type Interval, mean, orderCodes, ranks, ranksOfDraw, spearman } from './statistics.ts';

type Run = ArrayLike<number>;

/** Interval of Spearman's correlation with the gold scores, averaged over runs; undefined if no sample has a value. */
export function bootstrapSpearman(
  gold: ArrayLike<number>,
  runs: readonly Run[],
  options: ResamplingOptions = {},
): Steps<Interval | undefined> {
  const goldRanks = rankerOfDraws(gold);
  const correlation = correlationsOfDraws(runs);
  return bootstrap([gold.length], (draw, seeds) => correlation(draw, goldRanks(draw), seeds), options);
}

/**
 * Mean Spearman correlation of `first` with the gold scores minus that of `second`, over the same pairs. The bootstrap
 * resamples pairs, and the seeds of each system. The permutation test swaps, at random for each pair, the ranks of the
 * two systems (means over seeds; ranks, because scales may differ). Undefined if either correlation is undefined.
 */
export function* spearmanDifference(
  gold: ArrayLike<number>,
  first: readonly Run[],
  second: readonly Run[],
  options: ResamplingOptions = {},
): Steps<Difference | undefined> {
  const scores1 = first.map((run) => spearman(gold, run));
  const scores2 = second.map((run) => spearman(gold, run));
  const difference = mean(scores1) - mean(scores2);
  if (Number.isNaN(difference)) return undefined;

  const goldRanks = rankerOfDraws(gold);
  const correlation1 = correlationsOfDraws(first);
  const correlation2 = correlationsOfDraws(second);
  const interval = yield* bootstrap(
    [gold.length],
    (draw, seeds) => {
      const drawn = goldRanks(draw);
      return correlation1(draw, drawn, seeds) - correlation2(draw, drawn, seeds);
    },
    options,
  );
  if (interval === undefined) return undefined;

  const parts = partsOfDifference(gold, first, second);
  const noise = (seeds: Random) => seedNoise(scores1, seeds) - seedNoise(scores2, seeds);
  const pValue = yield* exchangeTest(parts, difference, noise, options);
  return { difference, ...interval, pValue, used: gold.length };
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

/** The correlation with resampled gold ranks, as a mean over resampled seeds. */
function correlationsOfDraws(runs: readonly Run[]) {
  const rankers = runs.map(rankerOfDraws);
  return (draw: Int32Array, gold: Float64Array, seeds: Random) =>
    drawSeeds(runs.length, seeds).reduce(
      (sum, share, run) => (share === 0 ? sum : sum + share * correlationOfRanks(gold, rankers[run](draw))),
      0,
    );
}

function rankerOfDraws(values: ArrayLike<number>): (draw: Int32Array) => Float64Array {
  const { codes, groups } = orderCodes(values);
  const scratch = new Float64Array(groups);
  const out = new Float64Array(values.length);
  return (draw) => ranksOfDraw(codes, draw, scratch, out);
}
