// The questions of dense vectors (training, SVD) and of sparse vectors (PPMI, counts) as promises, for programs that do
// other work meanwhile.
import { finishInTurns, type Steps } from '../base/steps.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import { withNorms } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordList, WordVectors } from '../vectors/word-vectors.ts';
import { type AnalogyOptions, type AnalogyQuestion, type Answer, analogiesAsync } from './analogy.ts';
import { type Expression, type Flaw, flawOf } from './expression.ts';
import { type NearestWordsOptions, nearestAsync, nearestExpressionsAsync, nearestWordsAsync } from './nearest.ts';
import { type Centrality, oddOneOut } from './odd-one-out.ts';
import type { Interruptible, Neighbor } from './search.ts';
import { similarity } from './similarity.ts';

/**
 * The questions as promises, which yield to the event loop every 20 ms; `signal` stops the work. They reject as the
 * synchronous functions throw, and with `interrupted`.
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

/**
 * The questions of dense or sparse vectors as promises, which let other work run. The norms of the rows are computed once
 * and kept: after a change of the matrix ask for the questions again.
 */
export function asyncQuestionsOf(given: WordVectors | SparseVectors): AsyncQuestions {
  checkAnyVectors(given);
  const vectors = withNorms(given);
  return {
    words: vectors.words,
    ...(vectors.source === undefined ? {} : { source: vectors.source }),
    ...(vectors.subwords && { subwords: vectors.subwords }),
    dimensions: 'dimensions' in vectors ? vectors.dimensions : undefined,
    nearestWords: (words, options) => nearestWordsAsync(vectors, words, options),
    nearestExpressions: (expressions, options) => nearestExpressionsAsync(vectors, expressions, options),
    nearestVectors: 'dimensions' in vectors ? (queries, options) => nearestAsync(vectors, queries, options) : undefined,
    similarities: async (pairs, { signal } = {}) =>
      finishInTurns(
        eachOf(pairs, ([first, second]) => similarity(vectors, first, second)),
        signal,
      ),
    analogies: (questions, options) => analogiesAsync(vectors, questions, options),
    oddOnesOut: async (groups, { signal } = {}) =>
      finishInTurns(
        eachOf(groups, (words) => oddOneOut(vectors, words)),
        signal,
      ),
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
