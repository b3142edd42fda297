// One query interface for dense vectors (training, SVD) and sparse vectors (PPMI, counts), as in hyperwords (Levy et
// al. 2015), so that all are compared in the same way. Each query has a synchronous and an asynchronous form.
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { withNorms } from '../vectors/row-norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordList, WordVectors } from '../vectors/word-vectors.ts';
import { analogiesSteps } from './analogy.ts';
import type { AnalogyOptions, AnalogyQuestion, Answer } from './answers.ts';
import { type Expression, nearestExpressionsSteps } from './expression.ts';
import { type Flaw, flawOf } from './flaws.ts';
import { type NearestWordsOptions, nearestSteps, nearestWordsSteps } from './nearest.ts';
import { type Centrality, oddOneOut } from './odd-one-out.ts';
import type { Interruptible, Neighbor } from './search.ts';
import { similarity } from './similarity.ts';
import {
  sparseAnalogiesSteps,
  sparseNearestExpressionsSteps,
  sparseNearestWordsSteps,
  sparseOddOneOut,
  sparseSimilarity,
} from './sparse-questions.ts';

/** Queries of dense and of sparse vectors, in one form. */
export interface Questions {
  /** V words, in the order of the file. */
  words: string[];
  /** The k nearest words to each word, without the word itself. Throws `word-unknown`, and `usage` for k below 1. */
  nearestWords(words: readonly string[], options?: NearestWordsOptions): Neighbor[][];
  /** The k nearest words to each word or sum of words, without these words. Throws as `nearestWords`. */
  nearestExpressions(expressions: readonly Expression[], options?: NearestWordsOptions): Neighbor[][];
  /** The k nearest words to vectors of D numbers; undefined for sparse rows. Throws `usage`. */
  nearestVectors: ((queries: readonly ArrayLike<number>[], options?: NearestWordsOptions) => Neighbor[][]) | undefined;
  /** Cosine of two words, -1 .. 1; undefined if a vector contains NaN or infinity. Throws `word-unknown`. */
  similarity(first: string, second: string): number | undefined;
  /** The k best answers to each question. Throws `word-unknown`, and `usage` for k below 1. */
  analogies(questions: readonly AnalogyQuestion[], options?: AnalogyOptions): Answer[][];
  /** The words by similarity to their mean, the odd one first. Throws `word-unknown`, `usage` for fewer than three. */
  oddOneOut(words: readonly string[]): Centrality[];
}

/**
 * The same queries as promises, which yield to the event loop every 20 ms; `signal` stops the work. They reject as the
 * methods of `Questions` throw, and with `interrupted`.
 */
export interface AsyncQuestions extends WordList {
  /** D; undefined for sparse rows. */
  dimensions: number | undefined;
  nearestWords(words: readonly string[], options?: NearestWordsOptions & Interruptible): Promise<Neighbor[][]>;
  nearestExpressions(
    expressions: readonly Expression[],
    options?: NearestWordsOptions & Interruptible,
  ): Promise<Neighbor[][]>;
  nearestVectors:
    | ((queries: readonly ArrayLike<number>[], options?: NearestWordsOptions & Interruptible) => Promise<Neighbor[][]>)
    | undefined;
  /** The cosine of each pair of words. */
  similarities(pairs: readonly (readonly [string, string])[], options?: Interruptible): Promise<(number | undefined)[]>;
  analogies(questions: readonly AnalogyQuestion[], options?: AnalogyOptions & Interruptible): Promise<Answer[][]>;
  /** The words of each group, the odd one first. */
  oddOnesOut(groups: readonly (readonly string[])[], options?: Interruptible): Promise<Centrality[][]>;
  /** Why a word or a sum has no nearest words; undefined if its vector has a direction. Throws `word-unknown`. */
  flawOf(terms: Expression): Flaw | undefined;
}

/** Every query as steps, from which both forms are built. */
interface QuestionSteps {
  nearestWords(words: readonly string[], options: NearestWordsOptions): Steps<Neighbor[][]>;
  nearestExpressions(expressions: readonly Expression[], options: NearestWordsOptions): Steps<Neighbor[][]>;
  nearestVectors:
    | ((queries: readonly ArrayLike<number>[], options: NearestWordsOptions) => Steps<Neighbor[][]>)
    | undefined;
  similarity(first: string, second: string): number | undefined;
  analogies(questions: readonly AnalogyQuestion[], options: AnalogyOptions): Steps<Answer[][]>;
  oddOneOut(words: readonly string[]): Centrality[];
}

function stepsOf(given: WordVectors | SparseVectors): QuestionSteps {
  const vectors = withNorms(given);
  if ('dimensions' in vectors) {
    return {
      nearestWords: (words, options) => nearestWordsSteps(vectors, words, options),
      nearestExpressions: (expressions, options) => nearestExpressionsSteps(vectors, expressions, options),
      nearestVectors: (queries, options) => nearestSteps(vectors, queries, options),
      similarity: (first, second) => similarity(vectors, first, second),
      analogies: (questions, options) => analogiesSteps(vectors, questions, options),
      oddOneOut: (words) => oddOneOut(vectors, words),
    };
  }
  return {
    nearestWords: (words, options) => sparseNearestWordsSteps(vectors, words, options),
    nearestExpressions: (expressions, options) => sparseNearestExpressionsSteps(vectors, expressions, options),
    nearestVectors: undefined,
    similarity: (first, second) => sparseSimilarity(vectors, first, second),
    analogies: (questions, options) => sparseAnalogiesSteps(vectors, questions, options),
    oddOneOut: (words) => sparseOddOneOut(vectors, words),
  };
}

/**
 * The synchronous queries of dense or sparse vectors. The norms of the rows are computed once and kept: after a change of
 * the matrix ask for the questions again.
 */
export function questionsOf(vectors: WordVectors | SparseVectors): Questions {
  const steps = stepsOf(vectors);
  const { nearestVectors } = steps;
  return {
    words: vectors.words,
    nearestWords: (words, options = {}) => finish(steps.nearestWords(words, options)),
    nearestExpressions: (expressions, options = {}) => finish(steps.nearestExpressions(expressions, options)),
    nearestVectors: nearestVectors && ((queries, options = {}) => finish(nearestVectors(queries, options))),
    similarity: steps.similarity,
    analogies: (questions, options = {}) => finish(steps.analogies(questions, options)),
    oddOneOut: steps.oddOneOut,
  };
}

/** The queries of dense or sparse vectors as promises, which let other work run; they keep the norms as `questionsOf`. */
export function asyncQuestionsOf(vectors: WordVectors | SparseVectors): AsyncQuestions {
  const steps = stepsOf(vectors);
  const { nearestVectors } = steps;
  return {
    words: vectors.words,
    ...(vectors.source === undefined ? {} : { source: vectors.source }),
    ...(vectors.subwords && { subwords: vectors.subwords }),
    dimensions: 'dimensions' in vectors ? vectors.dimensions : undefined,
    nearestWords: async (words, { signal, ...options } = {}) => {
      return finishInTurns(steps.nearestWords(words, options), signal);
    },
    nearestExpressions: async (expressions, { signal, ...options } = {}) => {
      return finishInTurns(steps.nearestExpressions(expressions, options), signal);
    },
    nearestVectors:
      nearestVectors &&
      (async (queries, { signal, ...options } = {}) => finishInTurns(nearestVectors(queries, options), signal)),
    similarities: async (pairs, { signal } = {}) => {
      const each = eachOf(pairs, ([first, second]) => steps.similarity(first, second));
      return finishInTurns(each, signal);
    },
    analogies: async (questions, { signal, ...options } = {}) => {
      return finishInTurns(steps.analogies(questions, options), signal);
    },
    oddOnesOut: async (groups, { signal } = {}) => finishInTurns(eachOf(groups, steps.oddOneOut), signal),
    flawOf: (terms) => flawOf(vectors, terms),
  };
}

function* eachOf<Q, A>(questions: readonly Q[], answer: (question: Q) => A): Steps<A[]> {
  const answers: A[] = [];
  for (const question of questions) {
    answers.push(answer(question));
    yield;
  }
  return answers;
}
