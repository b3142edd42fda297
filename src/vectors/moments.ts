// The mean and the covariance of rows that are made as they are needed, so that no matrix of them has to exist: with x
// a row and m the mean of all n,
//   C = (1/n) sum x x^T - m m^T
// The products are those of a compiled kernel (src/kernels/rows/dot-products.assembly.ts) in float32 for blocks of
// rows, and are summed up in doubles.
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';

export interface Moments {
  /** (D) */
  mean: Float64Array;
  /** (D, D) row-major. */
  covariance: Float64Array;
  /** Rows that count. */
  count: number;
}

/** Writes a row to `target`, D numbers; false for a row that does not count. */
export type MakeRow = (row: number, target: Float64Array) => boolean;

/** to[q, j] = sum over d of queries[q, d] * block[d, j]; see the kernel for the shapes. */
export interface Kernel {
  multiply(queries: number, block: number, to: number, from: number, end: number, D: number, columns: number): void;
}

/** Rows of a block. */
export const BLOCK_ROWS = 512;

/** Of `rows` rows of D numbers. */
export function* momentsOf(rows: number, D: number, makeRow: MakeRow, onProgress?: OnProgress): Steps<Moments> {
  const height = 4 * Math.ceil(D / 4);
  const columns = 8 * Math.ceil(D / 8);
  const blockAt = 1024;
  const transposedAt = blockAt + 4 * BLOCK_ROWS * columns;
  const productsAt = transposedAt + 4 * height * BLOCK_ROWS;
  const memory = sharedMemory(productsAt + 4 * height * columns);
  const { multiply } = startKernel('dot-products', { memory }) as unknown as Kernel;
  const block = new Float32Array(memory.buffer, blockAt, BLOCK_ROWS * columns);
  const transposed = new Float32Array(memory.buffer, transposedAt, height * BLOCK_ROWS);
  const products = new Float32Array(memory.buffer, productsAt, height * columns);
  const mean = new Float64Array(D);
  const covariance = new Float64Array(D * D);
  const made = new Float64Array(D);
  let count = 0;
  const take = (first: number) => {
    block.fill(0);
    transposed.fill(0);
    for (let row = first; row < Math.min(rows, first + BLOCK_ROWS); row++) {
      if (!makeRow(row, made)) continue;
      count++;
      for (let column = 0; column < D; column++) {
        const value = made[column];
        block[(row - first) * columns + column] = value;
        transposed[column * BLOCK_ROWS + row - first] = value;
        mean[column] += value;
      }
    }
    multiply(transposedAt, blockAt, productsAt, 0, height, BLOCK_ROWS, columns);
    for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) covariance[i * D + j] += products[i * columns + j];
  };
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    onProgress?.({ phase: 'pca', done: first, total: rows, unit: 'words' });
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
