// Computes inverse norms of rows, so that a cosine is one inner product and one multiplication without a second,
// normalized matrix.
import { finish, STEP_WORK, type Steps } from '../steps.ts';
import type { WordVectors } from './word-vectors.ts';

/**
 * (V) 1 / |row|, computed unless the vectors keep them.
 *
 * 0 for a row of zeros, so that its similarity to everything is 0; NaN for a row with NaN or infinity, which has no
 * direction and is never a result.
 */
export function inverseNorms(vectors: WordVectors): Float64Array {
  return vectors.norms?.inverse ?? finish(inverseNormSteps(vectors));
}

export function* inverseNormSteps({ matrix, dimensions, words, norms }: WordVectors): Steps<Float64Array> {
  if (norms?.inverse !== undefined) return norms.inverse;
  const rows = words.length;
  const inverse = new Float64Array(rows);
  const rowsOfStep = Math.max(1, Math.floor(STEP_WORK / Math.max(1, dimensions)));
  for (let row = 0; row < rows; row++) {
    inverse[row] = inverseNorm(matrix, row * dimensions, dimensions);
    if (row % rowsOfStep === 0) yield;
  }
  if (norms !== undefined) norms.inverse = inverse;
  return inverse;
}

/** 1 / |values[start .. start + length - 1]|; 0 for zeros, NaN if a number is not finite. */
export function inverseNorm(values: ArrayLike<number>, start: number, length: number): number {
  let sum = 0;
  for (let at = start; at < start + length; at++) sum += values[at]! * values[at]!;
  if (sum === 0) return 0;
  return sum < Number.POSITIVE_INFINITY ? 1 / Math.sqrt(sum) : Number.NaN;
}
