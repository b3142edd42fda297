// How well similarities agree with people's: Spearman's rank correlation over the pairs of a test set.
import type { Judge } from './judge.ts';
import type { PairSet } from './read-pairs.ts';
import { bootstrapSpearman, type ResamplingOptions } from './resampling.ts';
import { spearman } from './statistics.ts';

export interface WordPairsOptions extends ResamplingOptions {
  /** What becomes of a pair the judge can't answer: left out, or counted as similarity 0 (gensim's dummy4unknown). */
  missing?: 'skip' | 'zero' | undefined;
}

export interface WordPairsResult {
  set: string;
  /** -1 .. 1; undefined where fewer than two pairs are used or all of them have one similarity. */
  spearman: number | undefined;
  /** Percentile bootstrap interval over the pairs. */
  low: number | undefined;
  high: number | undefined;
  /** Pairs that count in `spearman`: those answered or, with 'zero', all of them. */
  used: number;
  total: number;
  /** Pairs the judge had an answer to, whichever the policy. */
  answered: number;
  /** (total) the judge's similarity of each pair in the order of the set; NaN where it had no answer. */
  similarities: Float64Array;
}

/**
 * Spearman's correlation of a judge with the scores of a test set. With vectors as the judge (`vectorJudge`) it is that of
 * gensim 4's `evaluate_word_pairs` on the same options. gensim computes cosines in 32 bits, this in 64: pairs that differ by
 * less than 1e-7 may change places.
 */
export function evaluateWordPairs(judge: Judge, set: PairSet, options: WordPairsOptions = {}): WordPairsResult {
  const total = set.pairs.length;
  const similarities = Float64Array.from(set.pairs, (pair) => judge(pair.first, pair.second) ?? Number.NaN);
  const answered = similarities.reduce((sum, similarity) => sum + (Number.isNaN(similarity) ? 0 : 1), 0);
  const { gold, scores } = usedPairs(set, similarities, options.missing);
  const correlation = spearman(gold, scores);
  const interval = Number.isNaN(correlation) ? undefined : bootstrapSpearman(gold, scores, options);
  return {
    set: set.name,
    spearman: Number.isNaN(correlation) ? undefined : correlation,
    low: interval?.low,
    high: interval?.high,
    used: gold.length,
    total,
    answered,
    similarities,
  };
}

/** The scores people gave and the similarities of the pairs that count. */
export function usedPairs(set: PairSet, similarities: Float64Array, missing: WordPairsOptions['missing'] = 'skip') {
  const places: number[] = [];
  similarities.forEach((similarity, at) => {
    if (missing === 'zero' || !Number.isNaN(similarity)) places.push(at);
  });
  const gold = Float64Array.from(places, (at) => set.pairs[at]!.score);
  const scores = Float64Array.from(places, (at) => similarities[at]! || 0);
  return { gold, scores, places };
}
