// The Rayleigh-Ritz step: with a basis K of a subspace, T = K^T (A^T A) K and S = K^T K, the best approximations in it
// of the eigenvectors of A^T A are the columns of K M with T M = S M diag(values) and M^T S M = I. S = I up to
// rounding, which this takes out: with S = L L^T (Cholesky) and L^-1 T L^-T = N diag(values) N^T, M = L^-T N.

import { symmetricEigen } from '../../algebra/symmetric-eigen.ts';
import type { Steps } from '../../base/steps.ts';

export interface RitzPairs {
  /** (m) in decreasing order. */
  values: Float64Array;
  /** (count, m) row-major: row i is column i of M. */
  vectors: Float64Array;
}

/** The `count` greatest Ritz values with their vectors; T and S, (m, m) symmetric, are overwritten. */
export function* ritzPairs(t: Float64Array, s: Float64Array, m: number, count: number): Steps<RitzPairs> {
  yield* cholesky(s, m);
  yield* solveRows(s, t, m, m); // T L^-T, whose transpose is L^-1 T
  transpose(t, m);
  yield;
  yield* solveRows(s, t, m, m);
  const { values, vectors } = yield* symmetricEigen(t, m);
  const chosen = vectors.slice(0, count * m);
  yield* solveRowsBack(s, chosen, m, count);
  return { values, vectors: chosen };
}

const DEPENDENT = 1e-4; // a column of K that is this near to the span of those before it, squared, or 0

/** S = L L^T, L in place in the lower triangle; an infinite pivot leaves a column of K out of the basis. */
function* cholesky(s: Float64Array, m: number): Steps<void> {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = s[i * m + j];
      for (let k = 0; k < j; k++) sum -= s[i * m + k] * s[j * m + k];
      if (i !== j) s[i * m + j] = sum / s[j * m + j];
      else s[i * m + i] = sum > DEPENDENT ? Math.sqrt(sum) : Number.POSITIVE_INFINITY;
    }
    yield;
  }
}

/** Each row b of B becomes x with L x = b. */
function* solveRows(l: Float64Array, b: Float64Array, m: number, rows: number): Steps<void> {
  for (let row = 0; row < rows; row++) {
    const x = b.subarray(row * m, (row + 1) * m);
    for (let i = 0; i < m; i++) {
      let sum = x[i];
      for (let k = 0; k < i; k++) sum -= l[i * m + k] * x[k];
      x[i] = sum / l[i * m + i];
    }
    yield;
  }
}

/** Each row b of B becomes x with L^T x = b. */
function* solveRowsBack(l: Float64Array, b: Float64Array, m: number, rows: number): Steps<void> {
  for (let row = 0; row < rows; row++) {
    const x = b.subarray(row * m, (row + 1) * m);
    for (let i = m - 1; i >= 0; i--) {
      const value = x[i] / l[i * m + i];
      x[i] = value;
      for (let k = 0; k < i; k++) x[k] -= value * l[i * m + k];
    }
    yield;
  }
}

function transpose(matrix: Float64Array, m: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const value = matrix[i * m + j];
      matrix[i * m + j] = matrix[j * m + i];
      matrix[j * m + i] = value;
    }
  }
}
