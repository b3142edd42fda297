// One way to ask, whatever the vectors are: dense (training, SVD) or sparse (PPMI, counts), as hyperwords has it (Levy et
// al. 2015), so that both routes are compared by the same means.
import { type AnalogyOptions, type AnalogyQuestion, type Answer, analogies } from './analogy.ts';
import { type NearestOptions, type Neighbor, nearestWords } from './nearest.ts';
import { similarity } from './similarity.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import { sparseAnalogies, sparseNearestWords, sparseSimilarity } from './sparse-questions.ts';
import type { WordVectors } from './word-vectors.ts';

export interface Questions {
  /** V words, in the order of the file. */
  words: string[];
  /** The k nearest of each word, the word itself left out. Throws `word-unknown`, and `usage` on a k below 1. */
  nearestWords(words: readonly string[], options?: Omit<NearestOptions, 'exclude'>): Neighbor[][];
  /** Cosine of two words, -1 .. 1; undefined where one holds NaN or infinity. Throws `word-unknown`. */
  similarity(first: string, second: string): number | undefined;
  /** The k best answers to each question by 3CosAdd. Throws `word-unknown`. */
  analogies(questions: readonly AnalogyQuestion[], options?: AnalogyOptions): Answer[][];
}

export function questionsOf(vectors: WordVectors | SparseVectors): Questions {
  if ('dimensions' in vectors) {
    return {
      words: vectors.words,
      nearestWords: (words, options) => nearestWords(vectors, words, options),
      similarity: (first, second) => similarity(vectors, first, second),
      analogies: (questions, options) => analogies(vectors, questions, options),
    };
  }
  return {
    words: vectors.words,
    nearestWords: (words, options) => sparseNearestWords(vectors, words, options),
    similarity: (first, second) => sparseSimilarity(vectors, first, second),
    analogies: (questions, options) => sparseAnalogies(vectors, questions, options),
  };
}
