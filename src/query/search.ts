// Types shared by all searches, dense and sparse, and the validation of their options.

import { W2vError } from '../errors.ts';
import { checkOptionNames } from '../option-names.ts';
import type { Steps } from '../steps.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';

/** A word near to a query. */
export interface Neighbor {
  word: string;
  /** Cosine, -1 .. 1. */
  similarity: number;
}

/** Row and score, best first. */
export type ScoredRows = [row: number, score: number][];

export interface Search {
  /** Results come from rows 0 .. limit - 1. */
  limit: number;
  /** Results per query, at most `limit`. */
  k: number;
}

/** Further options of the asynchronous forms. */
export interface Interruptible {
  /** Stops the work within about 20 ms; the promise is then rejected with `interrupted`. */
  signal?: AbortSignal | undefined;
}

const SLICE = 1024;

/** Answers the questions slice by slice, so that not all query vectors are in memory at once. */
export function* inSlices<A>(questions: number, answer: (first: number, end: number) => Steps<A[]>): Steps<A[]> {
  const answers: A[] = [];
  for (let first = 0; first < questions; first += SLICE) {
    for (const each of yield* answer(first, Math.min(first + SLICE, questions))) answers.push(each);
  }
  return answers;
}

/** Option names of all queries together, to detect misspelt ones. */
const optionNames = ['k', 'restrictVocab', 'exclude', 'index', 'method', 'signal', 'onProgress', 'smallest'];

/** Throws `usage` unless these are dense vectors and the options those of a question. */
export function checkAsked(vectors: WordVectors, options: object): void {
  checkVectors(vectors);
  checkOptionNames('a question', options, optionNames);
}

/** Throws `usage` for k below 1 and for a restrictVocab that is not a whole number of 0 or more. */
export function searchOf(words: number, options: { k: number; restrictVocab?: number | undefined }): Search {
  checkOptionNames('a question', options, optionNames);
  const { k, restrictVocab = 0 } = options;
  if (!Number.isInteger(k) || k < 1) {
    throw new W2vError('usage', `k is ${k}, expected a whole number of at least 1`, 'request at least one result');
  }
  if (!Number.isInteger(restrictVocab) || restrictVocab < 0) {
    const observed = `restrictVocab is ${restrictVocab}, expected a whole number of 0 or more`;
    throw new W2vError('usage', observed, 'give 0 for results from all words');
  }
  const limit = restrictVocab === 0 ? words : Math.min(restrictVocab, words);
  return { limit, k: Math.min(k, limit) };
}
