// One way to ask, whatever the vectors are: dense (training, SVD) or sparse (PPMI, counts), as hyperwords has it (Levy et
// al. 2015), so that both routes are compared by the same means.
import { type AnalogyOptions, type AnalogyQuestion, type Answer, analogies } from './analogy.ts';
import { type Expression, nearestExpressions } from './expression.ts';
import { type NearestOptions, type Neighbor, nearest, nearestWords } from './nearest.ts';
import { type Centrality, oddOneOut } from './odd-one-out.ts';
import { similarity } from './similarity.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import {
  sparseAnalogies,
  sparseNearestExpressions,
  sparseNearestWords,
  sparseOddOneOut,
  sparseSimilarity,
} from './sparse-questions.ts';
import type { WordVectors } from './word-vectors.ts';

type WithoutExclude = Omit<NearestOptions, 'exclude'>;

export interface Questions {
  /** V words, in the order of the file. */
  words: string[];
  /** The k nearest of each word, the word itself left out. Throws `word-unknown`, and `usage` on a k below 1. */
  nearestWords(words: readonly string[], options?: WithoutExclude): Neighbor[][];
  /** The k nearest of each word or sum of words, these words left out. Throws as `nearestWords`. */
  nearestExpressions(expressions: readonly Expression[], options?: WithoutExclude): Neighbor[][];
  /** The k nearest to vectors of D numbers; undefined where the rows are sparse. Throws `usage`. */
  nearestVectors: ((queries: readonly ArrayLike<number>[], options?: WithoutExclude) => Neighbor[][]) | undefined;
  /** Cosine of two words, -1 .. 1; undefined where one holds NaN or infinity. Throws `word-unknown`. */
  similarity(first: string, second: string): number | undefined;
  /** The k best answers to each question. Throws `word-unknown`. */
  analogies(questions: readonly AnalogyQuestion[], options?: AnalogyOptions): Answer[][];
  /** The words by their likeness to all of them, the odd one first. Throws `word-unknown`, `usage` on fewer than three. */
  oddOneOut(words: readonly string[]): Centrality[];
}

export function questionsOf(vectors: WordVectors | SparseVectors): Questions {
  if ('dimensions' in vectors) {
    return {
      words: vectors.words,
      nearestWords: (words, options) => nearestWords(vectors, words, options),
      nearestExpressions: (expressions, options) => nearestExpressions(vectors, expressions, options),
      nearestVectors: (queries, options) => nearest(vectors, queries, options),
      similarity: (first, second) => similarity(vectors, first, second),
      analogies: (questions, options) => analogies(vectors, questions, options),
      oddOneOut: (words) => oddOneOut(vectors, words),
    };
  }
  return {
    words: vectors.words,
    nearestWords: (words, options) => sparseNearestWords(vectors, words, options),
    nearestExpressions: (expressions, options) => sparseNearestExpressions(vectors, expressions, options),
    nearestVectors: undefined,
    similarity: (first, second) => sparseSimilarity(vectors, first, second),
    analogies: (questions, options) => sparseAnalogies(vectors, questions, options),
    oddOneOut: (words) => sparseOddOneOut(vectors, words),
  };
}
