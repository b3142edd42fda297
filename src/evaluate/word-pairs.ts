// Evaluates similarities against human ratings: Spearman's rank correlation over the pairs of a test set.
import type { Steps } from '../base/steps.ts';
import { bootstrapSpearman } from './rank-resampling.ts';
import type { PairSet } from './read-pairs.ts';
import type { ResamplingOptions } from './resampling.ts';
import type { SimilarityMeasure } from './similarity-measure.ts';
import { deviation, mean, spearman } from './statistics.ts';

export interface WordPairsOptions extends ResamplingOptions {
  /** Pairs without a similarity: skip them, or count them as similarity 0 (gensim's dummy4unknown). */
  missing?: 'skip' | 'zero' | undefined;
}

/** The score of one set of word pairs, with its interval. */
export interface WordPairsResult {
  set: string;
  /** -1 .. 1, a mean over seeds if there are several; undefined for fewer than two pairs or a constant similarity. */
  spearman: number | undefined;
  /** Percentile bootstrap interval over the pairs and the seeds. */
  low: number | undefined;
  high: number | undefined;
  /** Number of seeds in the means, and the standard deviation of `spearman` over seeds; undefined for one. */
  seeds: number;
  deviation: number | undefined;
  /** (seeds) `spearman` of each seed; NaN if undefined. */
  values: number[];
  /** Pairs that count in `spearman`: those with a similarity or, with 'zero', all. */
  used: number;
  total: number;
  /** Pairs with a similarity for every seed, regardless of the policy. */
  answered: number;
  /** (seeds, total) similarities of the pairs in the order of the set; NaN if there is none. */
  runs: Float64Array[];
}

/** (total) the similarity of each pair in the order of the set; NaN if there is none. */
export function* answerPairs(similarityOf: SimilarityMeasure, { pairs }: PairSet): Steps<Float64Array> {
  const similarities = new Float64Array(pairs.length);
  for (const [at, { first, second }] of pairs.entries()) {
    similarities[at] = similarityOf(first, second) ?? Number.NaN;
    yield;
  }
  return similarities;
}

/**
 * Spearman's correlation of similarities with the ratings of a test set; with several runs (seeds), of their mean. For
 * `vectorSimilarity` it equals gensim 4's `evaluate_word_pairs` with the same options. gensim computes cosines in 32
 * bits, w2v in 64: pairs that differ by less than 1e-7 may swap ranks.
 */
export function* scoreWordPairs(
  set: PairSet,
  runs: readonly Float64Array[],
  options: WordPairsOptions = {},
): Steps<WordPairsResult> {
  const places = usedPlaces(runs, options.missing);
  const gold = Float64Array.from(places, (at) => set.pairs[at].score);
  const scores = runs.map((run) => similaritiesAt(run, places));
  const values = scores.map((run) => spearman(gold, run));
  const known = !Number.isNaN(mean(values));
  const interval = known ? yield* bootstrapSpearman(gold, scores, options) : undefined;
  return {
    set: set.name,
    spearman: known ? mean(values) : undefined,
    low: interval?.low,
    high: interval?.high,
    seeds: runs.length,
    deviation: known ? deviation(values) : undefined,
    values,
    used: places.length,
    total: set.pairs.length,
    answered: usedPlaces(runs, 'skip').length,
    runs: [...runs],
  };
}

/** The pairs that count: those with a similarity in all runs or, with 'zero', all. */
export function usedPlaces(runs: readonly Float64Array[], missing: WordPairsOptions['missing'] = 'skip'): number[] {
  const all = Array.from(runs[0], (_, at) => at);
  return missing === 'zero' ? all : all.filter((at) => runs.every((run) => !Number.isNaN(run[at])));
}

/** The similarities at the given indices; 0 if there is none. */
export function similaritiesAt(run: Float64Array, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (at) => run[at] || 0);
}
