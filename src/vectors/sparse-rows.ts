// Computes norms and inner products of sparse rows.
import { finish, STEP_WORK, type Steps } from '../steps.ts';
import { inverseNorm } from './norms.ts';
import type { SparseMatrix, SparseVectors } from './sparse-matrix.ts';

/** (V) 1 / norm of each row, 0 for an empty row, NaN if a value is not finite; computed unless the vectors keep them. */
export function inverseNorms(vectors: SparseVectors): Float64Array {
  return vectors.norms?.inverse ?? finish(inverseNormSteps(vectors));
}

export function* inverseNormSteps({ matrix, norms }: SparseVectors): Steps<Float64Array> {
  if (norms?.inverse !== undefined) return norms.inverse;
  const { rows, starts } = matrix;
  const inverse = new Float64Array(rows);
  let pause = STEP_WORK;
  for (let row = 0; row < rows; row++) {
    inverse[row] = normOfRow(matrix, row);
    if (starts[row + 1]! < pause) continue;
    pause += STEP_WORK;
    yield;
  }
  if (norms !== undefined) norms.inverse = inverse;
  return inverse;
}

/** The inverse norm of one row, for a question about few rows. */
export function inverseNormOf({ matrix, norms }: SparseVectors, row: number): number {
  return norms?.inverse?.[row] ?? normOfRow(matrix, row);
}

function normOfRow({ starts, values }: SparseMatrix, row: number): number {
  return inverseNorm(values, starts[row]!, starts[row + 1]! - starts[row]!);
}

/** The inner product of a row with a dense vector (C). */
export function productWith({ matrix: { starts, indices, values } }: SparseVectors, row: number, dense: Float64Array) {
  let sum = 0;
  for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * dense[indices[k]!]!;
  return sum;
}

/** Adds `scale` times a row to a dense vector (C). */
export function addRow(
  { matrix: { starts, indices, values } }: SparseVectors,
  row: number,
  scale: number,
  dense: Float64Array,
): void {
  for (let k = starts[row]!; k < starts[row + 1]!; k++) dense[indices[k]!]! += values[k]! * scale;
}

/**
 * Cosine of two rows with sorted columns, summed in doubles; 0 if either is empty, undefined if a value is not finite.
 */
export function sparseCosine(vectors: SparseVectors, row1: number, row2: number): number | undefined {
  const { starts, indices, values } = vectors.matrix;
  let sum = 0;
  let one = starts[row1]!;
  let other = starts[row2]!;
  while (one < starts[row1 + 1]! && other < starts[row2 + 1]!) {
    const step = indices[one]! - indices[other]!;
    if (step === 0) sum += values[one++]! * values[other++]!;
    else if (step < 0) one++;
    else other++;
  }
  const cosine = sum * inverseNormOf(vectors, row1) * inverseNormOf(vectors, row2);
  return Number.isNaN(cosine) ? undefined : Math.max(-1, Math.min(1, cosine));
}
