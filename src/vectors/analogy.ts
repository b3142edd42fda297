// a is to b as c is to ? by 3CosAdd (Mikolov, Yih & Zweig 2013; Levy & Goldberg 2014, eq. 1):
// argmax_d cos(d, b - a + c) over unit vectors, a, b and c themselves left out; or by 3CosMul (analogy-mul.ts).
import { queryDefaults } from '../defaults.ts';
import { analogiesByProduct } from './analogy-mul.ts';
import { nearest } from './nearest.ts';
import { inverseNorms } from './norms.ts';
import { rowOf, type WordVectors } from './word-vectors.ts';

export interface Answer {
  word: string;
  /** By 'add' the cosine with b - a + c, -1 .. 1; by 'mul' the quotient, 0 or more. */
  score: number;
}

export type AnalogyQuestion = readonly [a: string, b: string, c: string];

export interface AnalogyOptions {
  /** Answers a question, at least 1. */
  k?: number | undefined;
  /** Answers come from the first so many words only; 0: all. The words asked about may stand anywhere. */
  restrictVocab?: number | undefined;
  /** 'add': 3CosAdd, the default; 'mul': 3CosMul. */
  method?: 'add' | 'mul' | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The k best answers to each question, best first; the same as gensim's most_similar(positive=[b, c], negative=[a]),
 * or by 'mul' most_similar_cosmul.
 * A question about a vector with NaN or infinity, or whose sum is zero, has no answers.
 *
 * Throws `word-unknown`.
 */
export function analogies(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions = {},
): Answer[][] {
  const rows = questions.map((question) => question.map((word) => rowOf(vectors, word)));
  if (options.method === 'mul') return analogiesByProduct(vectors, rows, options);
  const queries = rows.map(([a, b, c]) => offset(vectors, a!, b!, c!));
  const found = nearest(vectors, queries, { ...options, k: options.k ?? queryDefaults.answers, exclude: rows });
  return found.map((answers) => answers.map(({ word, similarity }) => ({ word, score: similarity })));
}

/** The answers to one question. Throws `word-unknown`. */
export function analogy(vectors: WordVectors, a: string, b: string, c: string, options: AnalogyOptions = {}): Answer[] {
  return analogies(vectors, [[a, b, c]], options)[0]!;
}

/** (D) b - a + c of the unit vectors. A zero row adds nothing. */
function offset(vectors: WordVectors, a: number, b: number, c: number): Float64Array {
  const { matrix, dimensions } = vectors;
  const inverse = inverseNorms(vectors);
  const sum = new Float64Array(dimensions);
  for (let column = 0; column < dimensions; column++) {
    const from = matrix[a * dimensions + column]! * inverse[a]!;
    const to = matrix[b * dimensions + column]! * inverse[b]!;
    sum[column] = to - from + matrix[c * dimensions + column]! * inverse[c]!;
  }
  return sum;
}
