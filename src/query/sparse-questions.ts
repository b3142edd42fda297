// The queries of nearest.ts, similarity.ts, analogy.ts and odd-one-out.ts for sparse rows (PPMI, counts), with the same
// rules: cosine, without the query words, equal scores in the order of the file. The interface is the same as for dense
// vectors, so that both are compared in the same way (as in hyperwords, Levy et al. 2015).
import { queryDefaults } from '../defaults.ts';
import { STEP_WORK, type Steps } from '../steps.ts';
import { BestRows } from '../vectors/best-rows.ts';
import { cosMul, cosMulOf } from '../vectors/cos-mul.ts';
import { type CosMul, withNorms } from '../vectors/row-norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { addRow, inverseNormOf, inverseNormSteps, productWith, sparseCosine } from '../vectors/sparse-rows.ts';
import { rowOf } from '../vectors/word-vectors.ts';
import { type AnalogyOptions, type AnalogyQuestion, type Answer, checkAnalogies } from './answers.ts';
import { checkExpressions, type Expression } from './expression.ts';
import type { NearestWordsOptions } from './nearest.ts';
import { type Centrality, checkGroup, oddFirst } from './odd-one-out.ts';
import { checkList, type Neighbor, type ScoredRows, type Search, searchOf } from './search.ts';

/** Cosine of two rows; 0 if either is empty, undefined if one contains NaN or infinity. Throws `word-unknown`. */
export function sparseSimilarity(vectors: SparseVectors, first: string, second: string): number | undefined {
  return sparseCosine(vectors, rowOf(vectors, first), rowOf(vectors, second));
}

/** The k nearest words to each word, without the word itself. Throws `word-unknown`, and `usage` for k below 1. */
export function* sparseNearestWordsSteps(
  vectors: SparseVectors,
  words: readonly string[],
  options: NearestWordsOptions = {},
): Steps<Neighbor[][]> {
  checkList(words, 'words', 'words');
  const expressions = words.map((word) => [{ word, sign: 1 }]);
  return yield* sparseNearestExpressionsSteps(vectors, expressions, options);
}

/** The same for sums and differences of words. */
export function* sparseNearestExpressionsSteps(
  vectors: SparseVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions = {},
): Steps<Neighbor[][]> {
  checkExpressions(expressions);
  const search = searchOf(vectors.words.length, { ...options, k: options.k ?? queryDefaults.neighbors });
  const rows = expressions.map((terms) => terms.map(({ word }) => rowOf(vectors, word)));
  const held = withNorms(vectors);
  const found: Neighbor[][] = [];
  for (const [at, terms] of expressions.entries()) {
    const signs = terms.map(({ sign }) => sign);
    const best = yield* nearestToSum(held, rows[at]!, signs, search);
    found.push(best.map(([row, score]) => ({ word: vectors.words[row]!, similarity: clamp(score) })));
    yield;
  }
  return found;
}

/** The word least similar to the others, as `oddOneOut`. */
export function sparseOddOneOut(vectors: SparseVectors, words: readonly string[]): Centrality[] {
  checkGroup(words);
  const rows = words.map((word) => rowOf(vectors, word));
  const inverse = rows.map((row) => inverseNormOf(vectors, row));
  const sum = new Float64Array(vectors.matrix.columns);
  rows.forEach((row, at) => {
    addRow(vectors, row, inverse[at]!, sum);
  });
  const length = lengthOf(sum);
  return oddFirst(
    words,
    rows.map((row, at) => (length === 0 ? 0 : clamp((productWith(vectors, row, sum) * inverse[at]!) / length))),
  );
}

/** The k best answers to each question, as `analogies`. Throws `word-unknown`, and `usage` for k below 1. */
export function* sparseAnalogiesSteps(
  vectors: SparseVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions = {},
): Steps<Answer[][]> {
  checkAnalogies(questions, options);
  const search = searchOf(vectors.words.length, { ...options, k: options.k ?? queryDefaults.answers });
  const rows = questions.map((question) => question.map((word) => rowOf(vectors, word)));
  const held = withNorms(vectors);
  const definition = cosMulOf(held);
  const found: Answer[][] = [];
  for (const abc of rows) {
    const best =
      options.method === 'mul'
        ? yield* bestByProduct(held, abc, definition, search)
        : yield* nearestToSum(held, abc, [-1, 1, 1], search);
    const isCosine = options.method !== 'mul';
    found.push(best.map(([row, score]) => ({ word: vectors.words[row]!, score: isCosine ? clamp(score) : score })));
    yield;
  }
  return found;
}

function* bestByProduct(
  vectors: SparseVectors,
  abc: readonly number[],
  definition: CosMul,
  { limit, k }: Search,
): Steps<ScoredRows> {
  const inverse = yield* inverseNormSteps(vectors);
  const [a, b, c] = abc.map((row) => {
    const query = new Float64Array(vectors.matrix.columns);
    addRow(vectors, row, inverse[row]!, query);
    return query;
  }) as [Float64Array, Float64Array, Float64Array];
  const cosine = (row: number, query: Float64Array) => productWith(vectors, row, query) * inverse[row]!;
  const score = (row: number) => cosMul(definition, cosine(row, a), cosine(row, b), cosine(row, c));
  return yield* scored(vectors, new BestRows(k), abc, limit, 3, score);
}

/** The rows nearest to a sum of unit rows; a sum without a direction has no results. */
function* nearestToSum(
  vectors: SparseVectors,
  rows: readonly number[],
  signs: readonly number[],
  { limit, k }: Search,
): Steps<ScoredRows> {
  const inverse = yield* inverseNormSteps(vectors);
  const query = new Float64Array(vectors.matrix.columns);
  rows.forEach((row, at) => {
    addRow(vectors, row, signs[at]! * inverse[row]!, query);
  });
  const length = lengthOf(query);
  if (!(length > 0)) return [];
  const cosine = (row: number) => (productWith(vectors, row, query) * inverse[row]!) / length;
  return yield* scored(vectors, new BestRows(k), rows, limit, 1, cosine);
}

/** Iterates over the rows with a pause every million products; each stored value needs `products`. */
function* scored(
  { matrix: { starts } }: SparseVectors,
  best: BestRows,
  excluded: readonly number[],
  limit: number,
  products: number,
  score: (row: number) => number,
): Steps<ScoredRows> {
  const left = new Set(excluded);
  /** Processes rows from `first` on, up to the given number of products; returns the next row. */
  const take = (first: number): number => {
    const most = starts[first]! + first + STEP_WORK / products;
    let row = first;
    for (; row < limit && starts[row]! + row < most; row++) {
      if (left.has(row)) continue;
      const found = score(row);
      // NaN fails the comparison, which skips such rows.
      if (found > best.worst) best.add(row, found);
    }
    return row;
  };
  for (let row = 0; row < limit; ) {
    row = take(row);
    yield;
  }
  return best.sorted();
}

function lengthOf(dense: Float64Array): number {
  let sum = 0;
  for (const value of dense) sum += value * value;
  return Math.sqrt(sum);
}

function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
