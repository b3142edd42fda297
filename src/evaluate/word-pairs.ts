// Evaluates similarities against human ratings: Spearman's rank correlation over the pairs of a test set.
import type { Steps } from '../base/steps.ts';
import { bySubset, keptFor } from './kept.ts';
import { rankStatistics } from './rank-resampling.ts';
import type { PairSet } from './read-pairs.ts';
import type { Difference, ResamplingOptions } from './resampling.ts';
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

/** Scores systems on a set of word pairs, and compares them. */
export interface PairScorer {
  /**
   * Spearman's correlation of similarities with the ratings of the set; with several runs (seeds), of their mean. For
   * `vectorSimilarity` it equals gensim 4's `evaluate_word_pairs` with the same options. gensim computes cosines in 32
   * bits, w2v in 64: pairs that differ by less than 1e-7 may swap ranks.
   */
  score(runs: readonly Float64Array[]): Steps<WordPairsResult>;
  /** Of two results of `score`, over the pairs that count for both. */
  difference(first: WordPairsResult, second: WordPairsResult): Steps<Difference | undefined>;
}

export function pairScorer(set: PairSet, options: WordPairsOptions = {}): PairScorer {
  const over = bySubset((used) => {
    const places = placesOf(used);
    const gold = Float64Array.from(places, (at) => set.pairs[at].score);
    const similarities = keptFor((run: Float64Array) => Float64Array.from(places, (at) => run[at] || 0));
    const statistics = rankStatistics(gold, options);
    return {
      gold,
      scores: (runs: readonly Float64Array[]) => runs.map(similarities),
      statistics,
    };
  });
  return {
    *score(runs) {
      const used = usedPairs(runs, options.missing);
      const { gold, scores, statistics } = over(used);
      const values = scores(runs).map((run) => spearman(gold, run));
      const known = !Number.isNaN(mean(values));
      const interval = known ? yield* statistics.interval(scores(runs)) : undefined;
      return {
        set: set.name,
        spearman: known ? mean(values) : undefined,
        low: interval?.low,
        high: interval?.high,
        seeds: runs.length,
        deviation: known ? deviation(values) : undefined,
        values,
        used: gold.length,
        total: set.pairs.length,
        answered: placesOf(usedPairs(runs, 'skip')).length,
        runs: [...runs],
      };
    },
    *difference(first, second) {
      const { scores, statistics } = over(usedPairs([...first.runs, ...second.runs], options.missing));
      return yield* statistics.difference(scores(first.runs), scores(second.runs));
    },
  };
}

/** (total) 1 for each pair that counts: those with a similarity in all runs or, with 'zero', all. */
function usedPairs(runs: readonly Float64Array[], missing: WordPairsOptions['missing'] = 'skip'): Uint8Array {
  const counts = (at: number) => missing === 'zero' || runs.every((run) => !Number.isNaN(run[at]));
  return Uint8Array.from(runs[0], (_, at) => (counts(at) ? 1 : 0));
}

function placesOf(bits: Uint8Array): number[] {
  return Array.from(bits.keys()).filter((at) => bits[at] === 1);
}
