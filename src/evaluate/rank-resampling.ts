// Intervals and tests of Spearman's correlation, which is a mean over the seeds a route was made from. A run is what one seed
// gave: a similarity for each pair, in the order of the gold scores.
import type { Random } from '../random.ts';
import type { Steps } from '../steps.ts';
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

/** Interval of the mean over runs of Spearman's correlation with the gold scores; undefined where no sample has one. */
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
 * Mean Spearman of `first` with the gold scores minus that of `second`, over the same pairs. The bootstrap draws pairs, and
 * seeds of each. The test exchanges, pair by pair at random, the ranks the two gave it (ranks, for their scales may differ; means
 * over the seeds).
 * Undefined where either has no correlation.
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
 * What each pair contributes to the difference. A pair adds the product of its standardized ranks, z(gold) z(scores), and it
 * moves the ranks of all pairs with higher scores: by its influence function, Spearman's correlation has the parts
 *   z(gold) z(scores) + B(rank),   B(r) = sum of z(gold) over the pairs ranked above r, / length of the centred ranks
 * (a third part depends on the gold score alone, and is the same for both). B is taken from both contestants together, so that
 * exchanging their answers turns the sign of a part; it adds nothing to the sum, but without it the test would find too little.
 */
function partsOfDifference(gold: ArrayLike<number>, first: readonly Run[], second: readonly Run[]): Float64Array {
  const count = gold.length;
  const z = standardized(gold).values;
  const runs = [
    ...first.map((run) => ({ ranks: ranks(run), ...standardized(run), share: 1 / first.length })),
    ...second.map((run) => ({ ranks: ranks(run), ...standardized(run), share: -1 / second.length })),
  ];
  // Mean ranks are halves, so twice a rank is a place.
  const above = new Float64Array(2 * count + 2);
  for (const { ranks, length, share } of runs) {
    for (let at = 0; at < count; at++) above[2 * ranks[at]!]! += ((Math.abs(share) / 2) * z[at]!) / length;
  }
  let sum = 0;
  for (let place = above.length - 1; place >= 0; place--) {
    const here = above[place]!;
    above[place] = sum + here / 2;
    sum += here;
  }
  const parts = new Float64Array(count);
  for (const { ranks, values, share } of runs) {
    for (let at = 0; at < count; at++) parts[at]! += share * (z[at]! * values[at]! + above[2 * ranks[at]!]!);
  }
  return parts;
}

/** Ranks moved to mean 0 and scaled to length 1, and the length they had. */
function standardized(values: ArrayLike<number>): { values: Float64Array; length: number } {
  const centred = ranks(values).map((rank) => rank - (values.length + 1) / 2);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return { values: centred.map((value) => value / length), length };
}

/** The correlation with drawn gold ranks, as a mean over drawn seeds. */
function correlationsOfDraws(runs: readonly Run[]) {
  const rankers = runs.map(rankerOfDraws);
  return (draw: Int32Array, gold: Float64Array, seeds: Random) =>
    drawSeeds(runs.length, seeds).reduce(
      (sum, share, run) => (share === 0 ? sum : sum + share * correlationOfRanks(gold, rankers[run]!(draw))),
      0,
    );
}

function rankerOfDraws(values: ArrayLike<number>): (draw: Int32Array) => Float64Array {
  const { codes, groups } = orderCodes(values);
  const scratch = new Float64Array(groups);
  const out = new Float64Array(values.length);
  return (draw) => ranksOfDraw(codes, draw, scratch, out);
}
