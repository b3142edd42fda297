// Computes confidence intervals and permutation tests of an accuracy, as a mean over seeds. A run is the result of one
// seed: 1 for each correctly answered question. Dependent questions share clusters.
import type { Random } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import { clusterContributions, type QuestionClusters } from './analogy-clusters.ts';
import {
  exchangeTest,
  intervalOverSeeds,
  keptRows,
  type ResamplingOptions,
  resample,
  type Statistics,
  seedNoise,
} from './resampling.ts';
import { type Interval, mean } from './statistics.ts';

type Run = ArrayLike<number>;

/**
 * Statistics of the share of ones, averaged over runs; undefined for fewer than two clusters.
 *
 * The bootstrap resamples clusters of questions, and the seeds of each system. The permutation test flips the signs of
 * the clusters' contributions (means over seeds); without clusters it is a simulated McNemar test.
 */
export function shareStatistics(clusters: QuestionClusters, options: ResamplingOptions = {}): Statistics {
  const { strata } = clusters;
  const count = clusters.first.length;
  const isFixed = strata.reduce((sum, size) => sum + size, 0) < 2;
  const rowsOf = keptRows((run) => resample(strata, weightedSums(run, clusters), options));
  const every = [new Uint8Array(count).fill(1)];
  function* intervalOf(...systems: (readonly Run[])[]): Steps<Interval | undefined> {
    if (isFixed) return undefined;
    const rows: Float64Array[][] = [];
    for (const runs of systems) rows.push(yield* rowsOf(runs));
    const [totals] = yield* rowsOf(every);
    return intervalOverSeeds(rows, options, totals); // NaN, and ignored, in a rare sample whose pairs form no question
  }

  return {
    *interval(runs) {
      return yield* intervalOf(runs);
    },
    *difference(first, second) {
      const interval = yield* intervalOf(first, second);
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
    },
  };
}

/**
 * A function that returns the sum of a run over a sample of clusters: of value(q) times the draws of both clusters of
 * q. Questions with the same clusters are added first.
 */
function weightedSums(run: Run, { first, second, strata }: QuestionClusters): (draw: Int32Array) => number {
  const clusters = strata.reduce((sum, size) => sum + size, 0);
  const width = clusters + 1; // the last is drawn once in each sample, as the second of questions with one cluster
  const sums = new Map<number, number>();
  for (let at = 0; at < first.length; at++) {
    if (run[at] === 0) continue;
    const [one, other] = [first[at], second[at] < 0 ? clusters : second[at]];
    const key = Math.min(one, other) * width + Math.max(one, other);
    sums.set(key, (sums.get(key) ?? 0) + run[at]);
  }
  const keys = Float64Array.from(sums.keys()).sort();
  const values = Float64Array.from(keys, (key) => sums.get(key)!);
  const others = Int32Array.from(keys, (key) => key % width);
  const starts = new Int32Array(width + 1);
  for (const key of keys) starts[Math.floor(key / width) + 1]++;
  for (let cluster = 0; cluster < width; cluster++) starts[cluster + 1] += starts[cluster];

  const times = new Float64Array(width);
  return (draw) => {
    times.fill(0);
    times[clusters] = 1;
    for (let at = 0; at < draw.length; at++) times[draw[at]] += 1;
    return sumOfPairs(times, starts, others, values);
  };
}

/** The sum over pairs of clusters of value x times(one) x times(other). A loop of its own, compiled once for all runs. */
function sumOfPairs(times: Float64Array, starts: Int32Array, others: Int32Array, values: Float64Array): number {
  let total = 0;
  for (let cluster = 0; cluster < times.length; cluster++) {
    if (times[cluster] === 0) continue; // not drawn
    let sum = 0;
    for (let at = starts[cluster]; at < starts[cluster + 1]; at++) sum += values[at] * times[others[at]];
    total += times[cluster] * sum;
  }
  return total;
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
