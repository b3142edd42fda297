// PCA of the unit rows, the geometry of cosines: with u a row of length 1 and m the mean of all,
//   C = (1/n) sum u u^T - m m^T,  coordinates (u - m) . e_1, (u - m) . e_2
// with e_1 and e_2 the eigenvectors of C with the largest eigenvalues. An eigenvector has no sign of its own: its
// largest component is made positive.

import { symmetricEigen } from '../algebra/symmetric-eigen.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { momentsOf } from '../vectors/moments.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

const ROWS = 512; // between two pauses

/** (V, 2) the coordinates of each word; 0 for one without a direction, and beyond D axes. */
export function* principalCoordinates(vectors: WordVectors, onProgress?: OnProgress): Steps<Float64Array> {
  const { matrix, dimensions, words } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const coordinates = new Float64Array(words.length * 2);
  const unitRow = (row: number, target: Float64Array) => {
    const scale = inverse[row];
    if (!(scale > 0)) return false;
    for (let column = 0; column < dimensions; column++) target[column] = matrix[row * dimensions + column] * scale;
    return true;
  };
  const { mean, covariance, count } = yield* momentsOf(words.length, dimensions, unitRow, onProgress);
  if (count === 0) return coordinates;
  const { vectors: eigenvectors } = yield* symmetricEigen(covariance, dimensions);
  const kept = Math.min(2, dimensions);
  const directions = Array.from({ length: kept }, (_, axis) =>
    signed(eigenvectors.subarray(axis * dimensions, (axis + 1) * dimensions)),
  );
  const offsets = directions.map((direction) => product(direction, mean, 0, dimensions));
  for (let row = 0; row < words.length; row++) {
    const scale = inverse[row];
    if (!(scale > 0)) continue;
    for (let axis = 0; axis < kept; axis++) {
      const along = product(directions[axis], matrix, row * dimensions, dimensions);
      coordinates[row * 2 + axis] = along * scale - offsets[axis];
    }
    if (row % ROWS === 0) yield;
  }
  return coordinates;
}

function signed(direction: Float64Array): Float64Array {
  let largest = 0;
  for (const component of direction) if (Math.abs(component) > Math.abs(largest)) largest = component;
  return largest < 0 ? direction.map((component) => -component) : direction;
}

function product(direction: Float64Array, values: ArrayLike<number>, start: number, length: number): number {
  let sum = 0;
  for (let column = 0; column < length; column++) sum += direction[column] * values[start + column];
  return sum;
}
