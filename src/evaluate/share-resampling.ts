// Intervals and tests of a share of questions answered right, which is a mean over the seeds a route was made from. A run is
// what one seed gave: 1 for each question answered right. Questions that depend on each other share clusters.
import type { Random } from '../random.ts';
import type { Steps } from '../steps.ts';
import { clusterContributions, eachItsOwn, type QuestionClusters } from './analogy-clusters.ts';
import {
  bootstrap,
  type Difference,
  drawSeeds,
  exchangeTest,
  type ResamplingOptions,
  seedNoise,
} from './resampling.ts';
import { type Interval, mean } from './statistics.ts';

type Run = ArrayLike<number>;

/** Interval of the mean over runs of the share of ones; undefined where there are fewer than two clusters. */
export function bootstrapShare(
  runs: readonly Run[],
  options: ResamplingOptions = {},
  clusters: QuestionClusters = eachItsOwn(runs[0]!.length),
): Steps<Interval | undefined> {
  return weightedBootstrap([{ runs, sign: 1 }], clusters, options);
}

/**
 * Share of ones in `first` minus that in `second`, question by question the same. The bootstrap draws clusters of questions,
 * and seeds of each contestant. The test turns the signs of what clusters contribute (means over the seeds); without
 * clusters it is McNemar's, by simulation. Undefined for fewer than two clusters.
 */
export function* shareDifference(
  first: readonly Run[],
  second: readonly Run[],
  options: ResamplingOptions = {},
  clusters: QuestionClusters = eachItsOwn(first[0]!.length),
): Steps<Difference | undefined> {
  const count = first[0]!.length;
  const interval = yield* weightedBootstrap(
    [
      { runs: first, sign: 1 },
      { runs: second, sign: -1 },
    ],
    clusters,
    options,
  );
  if (interval === undefined) return undefined;
  const scores1 = first.map(shareOf);
  const scores2 = second.map(shareOf);
  const difference = mean(scores1) - mean(scores2);
  const mean1 = meanOfRuns(first);
  const mean2 = meanOfRuns(second);
  const parts = clusterContributions(
    mean1.map((value, at) => (value - mean2[at]!) / count),
    clusters,
  );
  const noise = (seeds: Random) => seedNoise(scores1, seeds) - seedNoise(scores2, seeds);
  const pValue = yield* exchangeTest(parts, difference, noise, options);
  return { difference, ...interval, pValue, used: count };
}

/** Interval of the sum over contestants of sign x the share of ones. */
function* weightedBootstrap(
  contestants: readonly { runs: readonly Run[]; sign: number }[],
  { first, second, strata }: QuestionClusters,
  options: ResamplingOptions,
): Steps<Interval | undefined> {
  const clusters = strata.reduce((sum, size) => sum + size, 0);
  if (clusters < 2) return undefined;
  const times = new Float64Array(clusters);
  const weights = new Float64Array(first.length);
  return yield* bootstrap(
    strata,
    (draw, seeds) => {
      times.fill(0);
      for (let at = 0; at < draw.length; at++) times[draw[at]!]! += 1;
      let total = 0;
      for (let at = 0; at < first.length; at++) {
        const weight = times[first[at]!]! * (second[at]! < 0 ? 1 : times[second[at]!]!);
        weights[at] = weight;
        total += weight;
      }
      let value = 0;
      for (const { runs, sign } of contestants) {
        drawSeeds(runs.length, seeds).forEach((share, at) => {
          if (share > 0) value += sign * share * weightedSum(runs[at]!, weights);
        });
      }
      return value / total; // NaN, and left out, in the rare sample whose pairs make no question
    },
    options,
  );
}

function weightedSum(run: Run, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += run[at]! * weights[at]!;
  return sum;
}

function shareOf(run: Run): number {
  let sum = 0;
  for (let at = 0; at < run.length; at++) sum += run[at]!;
  return sum / run.length;
}

/** (questions) how often each was answered right. */
function meanOfRuns(runs: readonly Run[]): Float64Array {
  const means = new Float64Array(runs[0]!.length);
  for (const run of runs) for (let at = 0; at < means.length; at++) means[at]! += run[at]! / runs.length;
  return means;
}
