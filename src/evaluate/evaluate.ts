// Vectors against test sets in one call: word pairs (Spearman's correlation with people) and analogies (share answered right).
import type { OnProgress } from '../progress.ts';
import { type AnalogiesResult, type AnalogyMethod, evaluateAnalogies } from './analogies.ts';
import { type Vectors, vectorJudge } from './judge.ts';
import type { LookupOptions } from './lookup.ts';
import { type AnalogySet, readAnalogies } from './read-analogies.ts';
import { type PairSet, readPairs } from './read-pairs.ts';
import type { ResamplingOptions } from './resampling.ts';
import { evaluateWordPairs, type WordPairsResult } from './word-pairs.ts';

export interface EvaluateOptions extends LookupOptions, ResamplingOptions {
  /** Files of word pairs with people's scores, or such sets at hand. */
  pairs?: readonly (string | PairSet)[];
  /** Files of analogy questions, or such sets at hand. */
  analogies?: readonly (string | AnalogySet)[];
  methods?: readonly AnalogyMethod[];
  /** Items with a missing word: left out, or counted as similarity 0 and as wrong. */
  missing?: 'skip' | 'zero';
  onProgress?: OnProgress;
}

export interface Evaluation {
  /** One a set, in the order given. */
  pairs: WordPairsResult[];
  /** One a set and method, in the order given. */
  analogies: AnalogiesResult[];
}

/** Throws `file-missing`, `file-unreadable` and `file-malformed` about the test files, and `interrupted`. */
export async function evaluate(vectors: Vectors, options: EvaluateOptions): Promise<Evaluation> {
  const { pairs = [], analogies = [], ...rest } = options;
  const pairSets = await Promise.all(pairs.map((set) => (typeof set === 'string' ? readPairs(set) : set)));
  const analogySets = await Promise.all(analogies.map((set) => (typeof set === 'string' ? readAnalogies(set) : set)));
  const judge = vectorJudge(vectors, rest);
  return {
    pairs: pairSets.map((set) => evaluateWordPairs(judge, set, rest)),
    analogies: analogySets.flatMap((set) =>
      evaluateAnalogies(vectors, set, { ...rest, missing: rest.missing === 'zero' ? 'wrong' : 'skip' }),
    ),
  };
}
