// Do two judges rank word pairs alike? Spearman's correlation of their similarities.

import type { Judge } from '../evaluate/judge.ts';
import { bootstrapSpearman } from '../evaluate/rank-resampling.ts';
import type { ResamplingOptions } from '../evaluate/resampling.ts';
import { spearman } from '../evaluate/statistics.ts';
import { createRandom } from '../random.ts';
import type { Steps } from '../steps.ts';

export interface Agreement {
  /** -1 .. 1; undefined where fewer than two pairs are judged by both, or a judge gives all the same. */
  spearman: number | undefined;
  low: number | undefined;
  high: number | undefined;
  /** Pairs both judged, of `total`. */
  used: number;
  total: number;
}

/** Spearman's correlation of two judges' similarities over the pairs both have an answer to, with its bootstrap interval. */
export function* rankingAgreement(
  first: Judge,
  second: Judge,
  pairs: readonly (readonly [string, string])[],
  options: ResamplingOptions = {},
): Steps<Agreement> {
  const judged: [number, number][] = [];
  for (const [word1, word2] of pairs) {
    const one = first(word1, word2);
    const other = one === undefined ? undefined : second(word1, word2);
    if (one !== undefined && other !== undefined) judged.push([one, other]);
    yield;
  }
  const ones = Float64Array.from(judged, (similarities) => similarities[0]);
  const others = Float64Array.from(judged, (similarities) => similarities[1]);
  const correlation = spearman(ones, others);
  const known = !Number.isNaN(correlation);
  const interval = known ? yield* bootstrapSpearman(ones, [others], options) : undefined;
  return {
    spearman: known ? correlation : undefined,
    low: interval?.low,
    high: interval?.high,
    used: judged.length,
    total: pairs.length,
  };
}

/** `count` pairs of two different words drawn at random (a pair may come twice). Needs two words at least. */
export function randomWordPairs(words: readonly string[], count: number, seed = 1): [string, string][] {
  const random = createRandom(seed, 4);
  return Array.from({ length: count }, () => {
    const first = random.below(words.length);
    const second = (first + 1 + random.below(words.length - 1)) % words.length;
    return [words[first]!, words[second]!];
  });
}
