// The nearest rows of sparse vectors (PPMI, counts), by the rules of dense ones: cosine, without the rows asked, equal
// scores in the order of the file. Both are so compared in the same way (as in hyperwords, Levy et al. 2015).

import { BestRows } from '../algebra/best-rows.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { cosMul, cosMulOf } from '../vectors/cos-mul.ts';
import { inverseNormOf, inverseNormSteps } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { addRow, productWith } from '../vectors/sparse-rows.ts';
import { clamp, type ScoredRows, type Search } from './search.ts';

/** The cosine of each row with the mean of their unit rows; NaN if one contains NaN or infinity. */
export function centralities(vectors: SparseVectors, rows: readonly number[]): number[] {
  const inverse = rows.map((row) => inverseNormOf(vectors, row));
  const sum = new Float64Array(vectors.matrix.columns);
  rows.forEach((row, at) => {
    addRow(vectors, row, inverse[at], sum);
  });
  const length = lengthOf(sum);
  return rows.map((row, at) => (length === 0 ? 0 : clamp((productWith(vectors, row, sum) * inverse[at]) / length)));
}

/** The rows with the best products (3CosMul) of each question's rows a, b and c. */
export function* bestByProduct(
  vectors: SparseVectors,
  abc: readonly number[],
  { limit, k }: Search,
): Steps<ScoredRows> {
  const definition = cosMulOf(vectors);
  const inverse = yield* inverseNormSteps(vectors);
  const [a, b, c] = abc.map((row) => {
    const query = new Float64Array(vectors.matrix.columns);
    addRow(vectors, row, inverse[row], query);
    return query;
  }) as [Float64Array, Float64Array, Float64Array];
  const cosine = (row: number, query: Float64Array) => productWith(vectors, row, query) * inverse[row];
  const score = (row: number) => cosMul(definition, cosine(row, a), cosine(row, b), cosine(row, c));
  return yield* scored(vectors, new BestRows(k), abc, limit, 3, score);
}

/** The rows nearest to a sum of unit rows; a sum without a direction has no results. */
export function* nearestToSum(
  vectors: SparseVectors,
  rows: readonly number[],
  signs: readonly number[],
  { limit, k }: Search,
): Steps<ScoredRows> {
  const inverse = yield* inverseNormSteps(vectors);
  const query = new Float64Array(vectors.matrix.columns);
  rows.forEach((row, at) => {
    addRow(vectors, row, signs[at] * inverse[row], query);
  });
  const length = lengthOf(query);
  if (!(length > 0)) return [];
  const cosine = (row: number) => (productWith(vectors, row, query) * inverse[row]) / length;
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
    const most = starts[first] + first + STEP_WORK / products;
    let row = first;
    for (; row < limit && starts[row] + row < most; row++) {
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
