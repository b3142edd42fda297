// Computes confidence intervals and permutation tests of an accuracy, as a mean over seeds. A run is the result of one
// seed: 1 for each correctly answered question. Dependent questions share clusters.
import type { Random } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
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

/** Interval of the share of ones, averaged over runs; undefined for fewer than two clusters. */
export function bootstrapShare(
  runs: readonly Run[],
  options: ResamplingOptions = {},
  clusters: QuestionClusters = eachItsOwn(runs[0].length),
): Steps<Interval | undefined> {
  return weightedBootstrap([{ runs, sign: 1 }], clusters, options);
}

/**
 * Share of ones in `first` minus that in `second`, over the same questions. The bootstrap resamples clusters of
 * questions, and the seeds of each system. The permutation test flips the signs of the clusters' contributions (means
 * over seeds); without clusters it is a simulated McNemar test. Undefined for fewer than two clusters.
 */
export function* shareDifference(
  first: readonly Run[],
  second: readonly Run[],
  options: ResamplingOptions = {},
  clusters: QuestionClusters = eachItsOwn(first[0].length),
): Steps<Difference | undefined> {
  const count = first[0].length;
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
    mean1.map((value, at) => (value - mean2[at]) / count),
    clusters,
  );
  const noise = (seeds: Random) => seedNoise(scores1, seeds) - seedNoise(scores2, seeds);
  const pValue = yield* exchangeTest(parts, difference, noise, options);
  return { difference, ...interval, pValue, used: count };
}

/** Interval of the sum over systems of sign x the share of ones. */
function* weightedBootstrap(
  systems: readonly { runs: readonly Run[]; sign: number }[],
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
      for (let at = 0; at < draw.length; at++) times[draw[at]] += 1;
      let total = 0;
      for (let at = 0; at < first.length; at++) {
        const weight = times[first[at]] * (second[at] < 0 ? 1 : times[second[at]]);
        weights[at] = weight;
        total += weight;
      }
      let value = 0;
      for (const { runs, sign } of systems) {
        drawSeeds(runs.length, seeds).forEach((share, at) => {
          if (share > 0) value += sign * share * weightedSum(runs[at], weights);
        });
      }
      return value / total; // NaN, and ignored, in a rare sample whose pairs form no question
    },
    options,
  );
}

function weightedSum(run: Run, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += run[at] * weights[at];
  return sum;
}

function shareOf(run: Run): number {
  let sum = 0;
  for (let at = 0; at < run.length; at++) sum += run[at];
  return sum / run.length;
}

/** (questions) number of runs that answered each correctly. */
function meanOfRuns(runs: readonly Run[]): Float64Array {
  const means = new Float64Array(runs[0].length);
  for (const run of runs) for (let at = 0; at < means.length; at++) means[at] += run[at] / runs.length;
  return means;
}
