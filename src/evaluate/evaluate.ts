// Vectors against test sets in one call: word pairs (Spearman's correlation with people) and analogies (share answered right).
import { checkOptionNames, namesOf } from '../option-names.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns } from '../steps.ts';
import type { AnalogiesResult, AnalogyMethod } from './analogies.ts';
import { compareContestants, vectorContestant } from './compare-files.ts';
import type { Vectors } from './judge.ts';
import { type AnalogySet, readAnalogies } from './read-analogies.ts';
import { type PairSet, readPairs } from './read-pairs.ts';
import type { ResamplingOptions } from './resampling.ts';
import type { WordPairsResult } from './word-pairs.ts';

export interface EvaluateOptions extends ResamplingOptions {
  /** Files of word pairs with people's scores, or such sets at hand. */
  pairs?: readonly (string | PairSet)[];
  /** Files of analogy questions, or such sets at hand. */
  analogies?: readonly (string | AnalogySet)[];
  methods?: readonly AnalogyMethod[];
  /** Analogies: questions and answers come from the first so many words; 30,000 unless given, 0: all. Pairs use all words. */
  restrictVocab?: number;
  /** Words are compared in upper case, unless false; of several spellings the first in the file (the most frequent) counts. */
  caseInsensitive?: boolean;
  /** Items with a missing word: left out, or counted as similarity 0 and as wrong. */
  missing?: 'skip' | 'zero';
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

const optionNames = namesOf<EvaluateOptions>({
  pairs: true,
  analogies: true,
  methods: true,
  restrictVocab: true,
  caseInsensitive: true,
  missing: true,
  resamples: true,
  permutations: true,
  level: true,
  seed: true,
  onProgress: true,
  signal: true,
});

export interface Evaluation {
  /** One a set, in the order given. */
  pairs: WordPairsResult[];
  /** One a set and method, in the order given. */
  analogies: AnalogiesResult[];
}

/**
 * Scores vectors; the event loop has a turn every 20 ms. Throws `file-missing`, `file-unreadable` and `file-malformed` about the
 * test files, `usage` on options out of range, and `interrupted`.
 */
export async function evaluate(vectors: Vectors, options: EvaluateOptions): Promise<Evaluation> {
  checkOptionNames('evaluate', options, optionNames);
  const { pairs = [], analogies = [], signal, ...rest } = options;
  const sets = {
    pairs: await Promise.all(pairs.map((set) => (typeof set === 'string' ? readPairs(set, signal) : set))),
    analogies: await Promise.all(analogies.map((set) => (typeof set === 'string' ? readAnalogies(set, signal) : set))),
  };
  const { caseInsensitive } = rest;
  const contestant = vectorContestant(vectors.source ?? 'vectors', vectors, { caseInsensitive });
  const { scores } = await finishInTurns(compareContestants([contestant], sets, rest), signal);
  return { pairs: scores[0]!.pairs, analogies: scores[0]!.analogies };
}
