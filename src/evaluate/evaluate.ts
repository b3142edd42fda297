// Evaluates vectors on test sets in one call: word pairs (Spearman's correlation with human ratings) and analogies
// (accuracy).

import { checkFields, checkList } from '../base/check.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns } from '../base/steps.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import type { AnalogyMethod } from './analogies.ts';
import type { AnalogiesResult } from './analogy-scores.ts';
import { compareSystems, vectorSystem } from './compare-files.ts';
import { type AnalogySet, readAnalogies } from './read-analogies.ts';
import { type PairSet, readPairs } from './read-pairs.ts';
import type { ResamplingOptions } from './resampling.ts';
import type { Vectors } from './similarity-measure.ts';
import type { WordPairsResult } from './word-pairs.ts';

/** The test sets, how words are looked up, and how intervals are computed. */
export interface EvaluateOptions extends ResamplingOptions {
  /** Files of word pairs with human similarity ratings, or parsed sets. */
  pairs?: readonly (string | PairSet)[];
  /** Files of analogy questions, or parsed sets. */
  analogies?: readonly (string | AnalogySet)[];
  methods?: readonly AnalogyMethod[];
  /** Analogies: questions and answers use only this many first words; default 30,000, 0: all. Pairs use all words. */
  restrictVocab?: number;
  /**
   * Compare words in upper case (default true); among several spellings the first (most frequent) in the file counts.
   */
  caseInsensitive?: boolean;
  /** Items with a missing word: skip them, or count them as similarity 0 and as wrong. */
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

/** The scores of one file of vectors. */
export interface Evaluation {
  /** One per set, in the given order. */
  pairs: WordPairsResult[];
  /** One per set and method, in the given order. */
  analogies: AnalogiesResult[];
}

/**
 * Scores vectors and yields to the event loop every 20 ms. Throws `file-missing`, `file-unreadable` and
 * `file-malformed` for the test files, `usage` for options out of range, and `interrupted`.
 */
export async function evaluate(vectors: Vectors, options: EvaluateOptions): Promise<Evaluation> {
  checkOptionNames('evaluate', options, optionNames);
  checkAnyVectors(vectors);
  checkSets('pairs', options.pairs, { pairs: 'list' });
  checkSets('analogies', options.analogies, { sections: 'list' });
  const { pairs = [], analogies = [], signal, ...rest } = options;
  const sets = {
    pairs: await Promise.all(pairs.map((set) => (typeof set === 'string' ? readPairs(set, signal) : set))),
    analogies: await Promise.all(analogies.map((set) => (typeof set === 'string' ? readAnalogies(set, signal) : set))),
  };
  const { caseInsensitive } = rest;
  const system = vectorSystem(vectors.source ?? 'vectors', vectors, { caseInsensitive });
  const { scores } = await finishInTurns(compareSystems([system], sets, rest), signal);
  return { pairs: scores[0].pairs, analogies: scores[0].analogies };
}

/** Throws `usage` unless the sets are a list, each the path of a file or a parsed set. */
function checkSets(name: string, sets: readonly unknown[] | undefined, fields: Record<string, string>): void {
  if (sets === undefined) return;
  checkList(sets, name, 'paths or parsed sets');
  for (const set of sets) {
    if (typeof set !== 'string')
      checkFields(set, `a set of ${name}`, { name: 'string', ...fields }, 'give a path, or parse it');
  }
}
