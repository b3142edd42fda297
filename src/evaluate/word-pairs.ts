// How well similarities agree with people's: Spearman's rank correlation over the pairs of a test set.
import type { Steps } from '../steps.ts';
import type { Judge } from './judge.ts';
import { bootstrapSpearman } from './rank-resampling.ts';
import type { PairSet } from './read-pairs.ts';
import type { ResamplingOptions } from './resampling.ts';
import { deviation, mean, spearman } from './statistics.ts';

export interface WordPairsOptions extends ResamplingOptions {
  /** What becomes of a pair the judge can't answer: left out, or counted as similarity 0 (gensim's dummy4unknown). */
  missing?: 'skip' | 'zero' | undefined;
}

export interface WordPairsResult {
  set: string;
  /** -1 .. 1, a mean where there are several seeds; undefined where fewer than two pairs are used or all have one similarity. */
  spearman: number | undefined;
  /** Percentile bootstrap interval over the pairs and the seeds. */
  low: number | undefined;
  high: number | undefined;
  /** How many seeds the figures are means of, and the standard deviation of `spearman` over them; undefined for one. */
  seeds: number;
  deviation: number | undefined;
  /** (seeds) `spearman` of each; NaN where it has none. */
  values: number[];
  /** Pairs that count in `spearman`: those answered or, with 'zero', all of them. */
  used: number;
  total: number;
  /** Pairs every seed had an answer to, whichever the policy. */
  answered: number;
  /** (seeds, total) similarities of the pairs in the order of the set; NaN where there was no answer. */
  runs: Float64Array[];
}

/** (total) the judge's similarity of each pair in the order of the set; NaN where it has no answer. */
export function* answerPairs(judge: Judge, { pairs }: PairSet): Steps<Float64Array> {
  const similarities = new Float64Array(pairs.length);
  for (const [at, { first, second }] of pairs.entries()) {
    similarities[at] = judge(first, second) ?? Number.NaN;
    yield;
  }
  return similarities;
}

/**
 * Spearman's correlation of similarities with the scores of a test set; with several runs (seeds), of their mean. With vectors as
 * the judge (`vectorJudge`) it is that of gensim 4's `evaluate_word_pairs` on the same options. gensim computes cosines in 32
 * bits, this in 64: pairs that differ by less than 1e-7 may change places.
 */
export function* scoreWordPairs(
  set: PairSet,
  runs: readonly Float64Array[],
  options: WordPairsOptions = {},
): Steps<WordPairsResult> {
  const places = usedPlaces(runs, options.missing);
  const gold = Float64Array.from(places, (at) => set.pairs[at]!.score);
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

/** The pairs that count: those that all runs answered or, with 'zero', all of them. */
export function usedPlaces(runs: readonly Float64Array[], missing: WordPairsOptions['missing'] = 'skip'): number[] {
  const all = Array.from(runs[0]!, (_, at) => at);
  return missing === 'zero' ? all : all.filter((at) => runs.every((run) => !Number.isNaN(run[at]!)));
}

/** The similarities at some places; 0 where there was no answer. */
export function similaritiesAt(run: Float64Array, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (at) => run[at]! || 0);
}
