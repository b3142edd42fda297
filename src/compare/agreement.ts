// Measures whether two similarity measures rank word pairs in the same way: Spearman's correlation of their
// similarities.

import { createRandom } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import { rankStatistics } from '../evaluate/rank-resampling.ts';
import type { ResamplingOptions } from '../evaluate/resampling.ts';
import type { SimilarityMeasure } from '../evaluate/similarity-measure.ts';
import { spearman } from '../evaluate/statistics.ts';

export interface Agreement {
  /** -1 .. 1; undefined if fewer than two pairs have both similarities, or one measure is constant. */
  spearman: number | undefined;
  low: number | undefined;
  high: number | undefined;
  /** Pairs with both similarities, of `total`. */
  used: number;
  total: number;
}

/** Spearman's correlation of two similarity measures over the pairs that both cover, with its bootstrap interval. */
export function* rankingAgreement(
  first: SimilarityMeasure,
  second: SimilarityMeasure,
  pairs: readonly (readonly [string, string])[],
  options: ResamplingOptions = {},
): Steps<Agreement> {
  const scored: [number, number][] = [];
  for (const [word1, word2] of pairs) {
    const one = first(word1, word2);
    const other = one === undefined ? undefined : second(word1, word2);
    if (one !== undefined && other !== undefined) scored.push([one, other]);
    yield;
  }
  const ones = Float64Array.from(scored, (similarities) => similarities[0]);
  const others = Float64Array.from(scored, (similarities) => similarities[1]);
  const correlation = spearman(ones, others);
  const known = !Number.isNaN(correlation);
  const interval = known ? yield* rankStatistics(ones, options).interval([others]) : undefined;
  return {
    spearman: known ? correlation : undefined,
    low: interval?.low,
    high: interval?.high,
    used: scored.length,
    total: pairs.length,
  };
}

/** `count` random pairs of two different words (a pair may occur twice). Needs at least two words. */
export function randomWordPairs(words: readonly string[], count: number, seed = 1): [string, string][] {
  const random = createRandom(seed, 4);
  return Array.from({ length: count }, () => {
    const first = random.below(words.length);
    const second = (first + 1 + random.below(words.length - 1)) % words.length;
    return [words[first], words[second]];
  });
}
