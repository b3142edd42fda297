// Answers analogy questions, a is to b as c is to ?, by 3CosAdd (Mikolov, Yih & Zweig 2013; Levy & Goldberg 2014, eq.
// 1): argmax_d cos(d, b - a + c) over unit vectors, without a, b and c; or by 3CosMul (cos-mul.ts).

import { BestRows } from '../algebra/best-rows.ts';
import { dotProducts } from '../algebra/dot-products.ts';
import { checkList } from '../base/check.ts';
import { queryDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { cosMul, cosMulOf } from '../vectors/cos-mul.ts';
import { inverseNorm, inverseNormSteps, withNorms } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { rowOf, rowsOf, vectorOf, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import { nearestSteps } from './nearest.ts';
import { atOnce, checkAsked, clamp, inSlices, inTurns, type Search, searchOf } from './search.ts';
import { bestByProduct, nearestToSum } from './sparse-nearest.ts';

/** A word that answers an analogy. */
export interface Answer {
  word: string;
  /** With 'add' the cosine with b - a + c, -1 .. 1; with 'mul' the quotient, 0 or more. */
  score: number;
}

/** a is to b as c is to ...? */
export type AnalogyQuestion = readonly [a: string, b: string, c: string];

/** How many answers, from which words, by which method. */
export interface AnalogyOptions {
  /** Answers per question, at least 1. */
  k?: number | undefined;
  /** Answers come only from this many first words; 0: all. The words of the question may be any. */
  restrictVocab?: number | undefined;
  /** 'add': 3CosAdd, the default; 'mul': 3CosMul. */
  method?: 'add' | 'mul' | undefined;
}

/**
 * The k best answers to each question, best first, as gensim's most_similar(positive=[b, c], negative=[a]), or with
 * 'mul' as most_similar_cosmul. A question with a vector that contains NaN or infinity, or whose sum is zero, has no
 * answers.
 *
 * Throws `word-unknown`, and `usage` for k below 1 or questions without three words.
 */
export const analogies = atOnce(analogiesSteps);

/** `analogies` that yields to the event loop every 20 ms. Rejects as `analogies` throws, and with `interrupted`. */
export const analogiesAsync = inTurns(analogiesSteps);

function* analogiesSteps(
  given: WordVectors | SparseVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions = {},
): Steps<Answer[][]> {
  checkAsked(given, options);
  checkAnalogies(questions, options);
  const search = searchOf(given.words.length, options, queryDefaults.answers);
  const vectors = withNorms(given);
  const isProduct = options.method === 'mul';
  if ('dimensions' in vectors) {
    return isProduct ? yield* byProduct(vectors, questions, search) : yield* byOffset(vectors, questions, options);
  }
  const found: Answer[][] = [];
  for (const abc of questions.map((question) => question.map((word) => rowOf(vectors, word)))) {
    const best = isProduct
      ? yield* bestByProduct(vectors, abc, search)
      : yield* nearestToSum(vectors, abc, [-1, 1, 1], search);
    found.push(best.map(([row, score]) => ({ word: vectors.words[row], score: isProduct ? score : clamp(score) })));
    yield;
  }
  return found;
}

function* byOffset(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  { k = queryDefaults.answers, restrictVocab }: AnalogyOptions,
): Steps<Answer[][]> {
  const rows = questions.map((question) => rowsOf(vectors, question));
  const inverse = yield* inverseNormSteps(vectors);
  const found = yield* inSlices(rows.length, (first, end) => {
    const exclude = rows.slice(first, end);
    const queries = questions.slice(first, end).map((question) => offset(vectors, inverse, question));
    return nearestSteps(vectors, queries, { k, restrictVocab, exclude });
  });
  return found.map((answers) => answers.map(({ word, similarity }) => ({ word, score: similarity })));
}

/** (D) b - a + c of unit vectors. A zero row adds nothing. */
function offset(vectors: WordVectors, inverse: Float64Array, question: AnalogyQuestion): Float64Array {
  const { dimensions } = vectors;
  const [a, b, c] = question.map((word) => vectorOf(vectors, word)) as [Float32Array, Float32Array, Float32Array];
  const [ofA, ofB, ofC] = question.map((word, at) => {
    const row = wordIndex(vectors).get(word);
    return row === undefined ? inverseNorm([a, b, c][at], 0, dimensions) : inverse[row];
  }) as [number, number, number];
  const sum = new Float64Array(dimensions);
  for (let column = 0; column < dimensions; column++) {
    sum[column] = b[column] * ofB - a[column] * ofA + c[column] * ofC;
  }
  return sum;
}

const BLOCK = 256; // rows whose products with a, b and c are in the cache

function* byProduct(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  { limit, k }: Search,
): Steps<Answer[][]> {
  const { matrix, dimensions, words } = vectors;
  const exclude = questions.map((question) => rowsOf(vectors, question));
  const inverse = yield* inverseNormSteps(vectors);
  const definition = cosMulOf(vectors);
  const products = [0, 1, 2].map(() => new Float64Array(BLOCK));
  const found: Answer[][] = [];
  let work = 0;
  for (const [number, question] of questions.entries()) {
    const asked = question.map((word) => Float64Array.from(vectorOf(vectors, word)));
    const [a, b, c] = asked.map((vector) => inverseNorm(vector, 0, dimensions)) as [number, number, number];
    const rows = exclude[number];
    const best = new BestRows(k);
    // A separate function, because engines compile loops in plain functions better than in generators.
    const scoreBlock = (first: number, last: number) => {
      for (const at of [0, 1, 2]) dotProducts(matrix, dimensions, first, last, asked[at], products[at]);
      const [ofA, ofB, ofC] = products as [Float64Array, Float64Array, Float64Array];
      for (let row = first, at = 0; row < last; row++, at++) {
        const norm = inverse[row];
        const cosine = (product: number, length: number) => (norm === 0 ? 0 : product * norm * length);
        const score = cosMul(definition, cosine(ofA[at], a), cosine(ofB[at], b), cosine(ofC[at], c));
        // NaN fails the comparison, which skips such rows.
        if (score > best.worst && !rows.includes(row)) best.add(row, score);
      }
    };
    for (let first = 0; first < limit; first += BLOCK) {
      const last = Math.min(first + BLOCK, limit);
      scoreBlock(first, last);
      work += 3 * (last - first) * dimensions;
      if (work < STEP_WORK) continue;
      work = 0;
      yield;
    }
    found.push(best.sorted().map(([row, score]) => ({ word: words[row], score })));
  }
  return found;
}

/** Throws `usage` unless each question has three words, and for an unknown method. */
function checkAnalogies(questions: readonly AnalogyQuestion[], { method }: AnalogyOptions): void {
  checkList(questions, 'questions', 'questions [a, b, c]');
  for (const question of questions) {
    if (Array.isArray(question) && question.length === 3) continue;
    const observed = `the question ${JSON.stringify(question)}, expected three words`;
    throw usage(observed, "ask [['man', 'king', 'woman']]: man is to king as woman is to ...");
  }
  if (method === undefined || method === 'add' || method === 'mul') return;
  throw usage(`the method '${String(method)}', expected 'add' or 'mul'`, 'choose one of them');
}
