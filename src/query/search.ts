// What all questions share, of dense and of sparse vectors: types, the validation of options, and the two forms.

import { queryDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { checkOptionNames } from '../base/option-names.ts';
import { finish, finishInTurns, type Steps } from '../base/steps.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

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

/** A question as steps, from which both forms are made. */
type Question<V, Q, O, A> = (vectors: V, asked: Q, options?: O) => Steps<A>;

/** The form that answers before it returns. */
export function atOnce<V, Q, O, A>(question: Question<V, Q, O, A>): (vectors: V, asked: Q, options?: O) => A {
  return (vectors, asked, options) => finish(question(vectors, asked, options));
}

/** The form that yields to the event loop every 20 ms. Rejects as the other throws, and with `interrupted`. */
export function inTurns<V, Q, O, A>(
  question: Question<V, Q, O, A>,
): (vectors: V, asked: Q, options?: O & Interruptible) => Promise<A> {
  return async (vectors, asked, options) => finishInTurns(question(vectors, asked, options), options?.signal);
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

/** Option names of all queries together, to detect misspelled ones. */
const optionNames = ['k', 'restrictVocab', 'exclude', 'index', 'method', 'signal', 'onProgress', 'smallest'];

/** Throws `usage` unless these are vectors and the options those of a question. */
export function checkAsked(vectors: WordVectors | SparseVectors, options: object): void {
  checkAnyVectors(vectors);
  checkOptionNames('a question', options, optionNames);
}

/** Throws `usage` for k below 1 and for a restrictVocab that is not a whole number of 0 or more. */
export function searchOf(
  words: number,
  options: { k?: number | undefined; restrictVocab?: number | undefined },
  defaultK = queryDefaults.neighbors,
): Search {
  checkOptionNames('a question', options, optionNames);
  const { k = defaultK, restrictVocab = 0 } = options;
  if (!Number.isInteger(k) || k < 1) {
    throw usage(`k is ${k}, expected a whole number of at least 1`, 'request at least one result');
  }
  if (!Number.isInteger(restrictVocab) || restrictVocab < 0) {
    const observed = `restrictVocab is ${restrictVocab}, expected a whole number of 0 or more`;
    throw usage(observed, 'give 0 for results from all words');
  }
  const limit = restrictVocab === 0 ? words : Math.min(restrictVocab, words);
  return { limit, k: Math.min(k, limit) };
}

/** A cosine without what rounding adds to -1 .. 1. */
export function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
