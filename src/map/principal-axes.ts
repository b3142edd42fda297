// PCA of the unit rows, the geometry of cosines: with u a row of length 1 and m the mean of all,
//   C = (1/n) sum u u^T - m m^T,  coordinates (u - m) . e_1, (u - m) . e_2
// with e_1 and e_2 the eigenvectors of C with the largest eigenvalues. The products are those of a compiled kernel
// (src/kernels/rows/dot-products.assembly.ts) in float32 for blocks of rows, and are summed up in doubles. An eigenvector
// has no sign of its own: its largest component is made positive.

import { symmetricEigen } from '../algebra/symmetric-eigen.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

interface Kernel {
  multiply(queries: number, block: number, to: number, from: number, end: number, D: number, columns: number): void;
}

const ROWS = 512;

/** (V, 2) the coordinates of each word; 0 for one without a direction, and beyond D axes. */
export function* principalCoordinates(vectors: WordVectors, onProgress?: OnProgress): Steps<Float64Array> {
  const { matrix, dimensions, words } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const coordinates = new Float64Array(words.length * 2);
  const { mean, covariance, count } = yield* momentsOf(vectors, inverse, onProgress);
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

interface Moments {
  /** (D) */
  mean: Float64Array;
  /** (D, D) */
  covariance: Float64Array;
  /** Rows with a direction. */
  count: number;
}

function* momentsOf(
  { matrix, dimensions: D, words }: WordVectors,
  inverse: Float64Array,
  onProgress: OnProgress | undefined,
): Steps<Moments> {
  const height = 4 * Math.ceil(D / 4);
  const columns = 8 * Math.ceil(D / 8);
  const blockAt = 1024;
  const transposedAt = blockAt + 4 * ROWS * columns;
  const productsAt = transposedAt + 4 * height * ROWS;
  const memory = sharedMemory(productsAt + 4 * height * columns);
  const { multiply } = startKernel('dot-products', { memory }) as unknown as Kernel;
  const block = new Float32Array(memory.buffer, blockAt, ROWS * columns);
  const transposed = new Float32Array(memory.buffer, transposedAt, height * ROWS);
  const products = new Float32Array(memory.buffer, productsAt, height * columns);
  const mean = new Float64Array(D);
  const covariance = new Float64Array(D * D);
  let count = 0;
  const take = (first: number) => {
    block.fill(0);
    transposed.fill(0);
    for (let row = first; row < Math.min(words.length, first + ROWS); row++) {
      const scale = inverse[row];
      if (!(scale > 0)) continue;
      count++;
      for (let column = 0; column < D; column++) {
        const value = matrix[row * D + column] * scale;
        block[(row - first) * columns + column] = value;
        transposed[column * ROWS + row - first] = value;
        mean[column] += value;
      }
    }
    multiply(transposedAt, blockAt, productsAt, 0, height, ROWS, columns);
    for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) covariance[i * D + j] += products[i * columns + j];
  };
  for (let first = 0; first < words.length; first += ROWS) {
    onProgress?.({ phase: 'pca', done: first, total: words.length, unit: 'words' });
    take(first);
    yield;
  }
  for (let i = 0; i < D; i++) mean[i] /= Math.max(1, count);
  for (let i = 0; i < D; i++) {
    for (let j = 0; j <= i; j++) {
      const value = covariance[i * D + j] / Math.max(1, count) - mean[i] * mean[j];
      covariance[i * D + j] = value;
      covariance[j * D + i] = value;
    }
  }
  return { mean, covariance, count };
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
