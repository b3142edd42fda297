// Computes inner products of sparse rows.
import { inverseNormOf } from './norms.ts';
import type { SparseVectors } from './sparse-matrix.ts';

/** The inner product of a row with a dense vector (C). */
export function productWith({ matrix: { starts, indices, values } }: SparseVectors, row: number, dense: Float64Array) {
  let sum = 0;
  for (let k = starts[row]; k < starts[row + 1]; k++) sum += values[k] * dense[indices[k]];
  return sum;
}

/** Adds `scale` times a row to a dense vector (C). */
export function addRow(
  { matrix: { starts, indices, values } }: SparseVectors,
  row: number,
  scale: number,
  dense: Float64Array,
): void {
  for (let k = starts[row]; k < starts[row + 1]; k++) dense[indices[k]] += values[k] * scale;
}

/**
 * Cosine of two rows with sorted columns, summed in doubles; 0 if either is empty, undefined if a value is not finite.
 */
export function sparseCosine(vectors: SparseVectors, row1: number, row2: number): number | undefined {
  const { starts, indices, values } = vectors.matrix;
  let sum = 0;
  let one = starts[row1];
  let other = starts[row2];
  while (one < starts[row1 + 1] && other < starts[row2 + 1]) {
    const step = indices[one] - indices[other];
    if (step === 0) sum += values[one++] * values[other++];
    else if (step < 0) one++;
    else other++;
  }
  const cosine = sum * inverseNormOf(vectors, row1) * inverseNormOf(vectors, row2);
  return Number.isNaN(cosine) ? undefined : Math.max(-1, Math.min(1, cosine));
}
