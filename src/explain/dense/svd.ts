// The singular value decomposition of a small dense matrix, A = U S V^T, by one-sided Jacobi rotations (Hestenes 1958;
// Demmel & Veselic 1992): rotate pairs of columns until all are orthogonal. They are then u_i s_i, and their lengths
// the s_i.
import { dot, filled, type Matrix, rowOf, transposed } from '../matrix.ts';

export interface DenseSvd {
  /**
   * (n, n), column i belongs to singularValues[i]; the largest |component| of each is positive. Beyond the rank it is
   * 0.
   */
  u: Matrix;
  /** (n) in decreasing order. */
  singularValues: number[];
}

const SWEEPS = 60; // about ten are needed
const PRECISION = 1e-15;
const ZERO = 1e-12; // of the largest singular value

/** Of an (n, n) matrix. */
export function denseSvd(a: Matrix): DenseSvd {
  const n = a.columns;
  const columns = transposed(a); // its rows are the columns of A
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) turned = turn(rowOf(columns, i), rowOf(columns, j)) || turned;
    }
    if (!turned) break;
  }
  const lengths = Array.from({ length: n }, (_, i) => Math.sqrt(dot(rowOf(columns, i), rowOf(columns, i))));
  const order = lengths.map((_, i) => i).sort((i, j) => lengths[j] - lengths[i]);
  const u = filled(n, n);
  for (const [place, i] of order.entries()) {
    if (lengths[i] <= ZERO * lengths[order[0]]) continue;
    const column = rowOf(columns, i);
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) + ZERO ? value : most), 0);
    for (let row = 0; row < n; row++) u.values[row * n + place] = (Math.sign(largest) * column[row]) / lengths[i];
  }
  return { u, singularValues: order.map((i) => lengths[i]) };
}

/** Makes two columns orthogonal; returns whether they were not. */
function turn(x: Float64Array, y: Float64Array): boolean {
  const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)];
  if (Math.abs(xy) <= PRECISION * Math.sqrt(xx * yy)) return false;
  const zeta = (yy - xx) / (2 * xy);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let d = 0; d < x.length; d++) {
    const before = x[d];
    x[d] = cosine * before - sine * y[d];
    y[d] = sine * before + cosine * y[d];
  }
  return true;
}
