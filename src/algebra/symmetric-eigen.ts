// Eigenvalues and eigenvectors of a dense symmetric matrix: Householder tridiagonalisation, then QL with implicit
// shifts (EISPACK's tred2 and tql2: Martin, Reinsch & Wilkinson 1968; Bowdler, Martin, Reinsch & Wilkinson 1968; laid
// out as in JAMA). O(n^3), in steps of one column or one sweep, O(n^2) each. The matrix of eigenvectors is kept
// transposed, so that every inner loop runs along a row.
import type { Steps } from '../base/steps.ts';

export interface SymmetricEigen {
  /** (n) in decreasing order. */
  values: Float64Array;
  /** (n, n) row-major: row i is the eigenvector of values[i], of length 1. */
  vectors: Float64Array;
}

/** Eigenvalues and eigenvectors of an (n, n) row-major symmetric matrix, which is not changed. */
export function* symmetricEigen(matrix: Float64Array, n: number): Steps<SymmetricEigen> {
  const v = matrix.slice();
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  yield* tridiagonalize(v, d, e, n);
  yield* diagonalize(v, d, e, n);
  return sorted(v, d, n);
}

/** v = Q^T with Q^T A Q tridiagonal: its diagonal in d, its subdiagonal in e (from index 1). */
function* tridiagonalize(v: Float64Array, d: Float64Array, e: Float64Array, n: number): Steps<void> {
  d.set(v.subarray((n - 1) * n, n * n));
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      const f = d[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      reflect(v, d, e, n, i, h);
    }
    d[i] = h;
    yield;
  }
  for (let i = 0; i + 1 < n; i++) {
    accumulate(v, d, n, i);
    yield;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1];
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
  e[0] = 0;
}

/** The leading (i, i) block A -> (I - u u^T / h) A (I - u u^T / h), u = d[0 .. i); its lower triangle only. */
function reflect(v: Float64Array, d: Float64Array, e: Float64Array, n: number, i: number, h: number): void {
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const f = d[j];
    const row = j * n;
    v[i * n + j] = f;
    let g = e[j] + v[row + j] * f;
    for (let k = j + 1; k < i; k++) {
      const a = v[row + k];
      g += a * d[k];
      e[k] += a * f;
    }
    e[j] = g;
  }
  let f = 0;
  for (let j = 0; j < i; j++) {
    e[j] /= h;
    f += e[j] * d[j];
  }
  const half = f / (h + h);
  for (let j = 0; j < i; j++) e[j] -= half * d[j];
  for (let j = 0; j < i; j++) {
    const a = d[j];
    const b = e[j];
    const row = j * n;
    for (let k = j; k < i; k++) v[row + k] -= a * e[k] + b * d[k];
    d[j] = v[row + i - 1];
    v[row + i] = 0;
  }
}

/** Multiplies the reflection kept in row i + 1 into the rows before it. */
function accumulate(v: Float64Array, d: Float64Array, n: number, i: number): void {
  const u = (i + 1) * n;
  v[i * n + n - 1] = v[i * n + i];
  v[i * n + i] = 1;
  const h = d[i + 1];
  if (h !== 0) {
    for (let k = 0; k <= i; k++) d[k] = v[u + k] / h;
    for (let j = 0; j <= i; j++) {
      const row = j * n;
      let g = 0;
      for (let k = 0; k <= i; k++) g += v[u + k] * v[row + k];
      for (let k = 0; k <= i; k++) v[row + k] -= g * d[k];
    }
  }
  v.fill(0, u, u + i + 1);
}

/** Replaces d with the eigenvalues of the tridiagonal matrix and rotates the rows of v into the eigenvectors. */
function* diagonalize(v: Float64Array, d: Float64Array, e: Float64Array, n: number): Steps<void> {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (Math.abs(e[m]) > Number.EPSILON * largest) m++;
    while (m > l) {
      shift += sweep(v, d, e, n, l, m);
      yield;
      if (!(Math.abs(e[l]) > Number.EPSILON * largest)) break;
    }
    d[l] += shift;
    e[l] = 0;
  }
}

/** One QL sweep over rows l .. m; returns the shift subtracted from the diagonal. */
function sweep(v: Float64Array, d: Float64Array, e: Float64Array, n: number, l: number, m: number): number {
  let g = d[l];
  let p = (d[l + 1] - g) / (2 * e[l]);
  let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
  d[l] = e[l] / (p + r);
  d[l + 1] = e[l] * (p + r);
  const next = d[l + 1];
  const shift = g - d[l];
  for (let i = l + 2; i < n; i++) d[i] -= shift;
  p = d[m];
  const below = e[l + 1];
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    g = c * e[i];
    const h = c * p;
    r = Math.hypot(p, e[i]);
    e[i + 1] = s * r;
    s = e[i] / r;
    c = p / r;
    p = c * d[i] - s * g;
    d[i + 1] = h + s * (c * g + s * d[i]);
    rotate(v, i * n, n, c, s);
  }
  p = (-s * s2 * c3 * below * e[l]) / next;
  e[l] = s * p;
  d[l] = c * p;
  return shift;
}

function rotate(v: Float64Array, row: number, n: number, c: number, s: number): void {
  for (let k = row; k < row + n; k++) {
    const a = v[k];
    const b = v[k + n];
    v[k + n] = s * a + c * b;
    v[k] = c * a - s * b;
  }
}

function sorted(v: Float64Array, d: Float64Array, n: number): SymmetricEigen {
  const order = Int32Array.from(d, (_, i) => i).sort((i, j) => d[j] - d[i] || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => d[i]), vectors };
}
