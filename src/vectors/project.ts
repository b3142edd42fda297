// Rows times axes, after the mean is subtracted: the coordinates of PCA. The products are those of a compiled kernel
// (src/kernels/rows/dot-products.assembly.ts) in float32, for blocks of rows.
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';
import { BLOCK_ROWS, type Kernel, type MakeRow } from './moments.ts';

export interface Projection {
  /** (D) */
  mean: Float64Array;
  /** (K, D) row-major. */
  axes: Float64Array;
  onProgress?: OnProgress | undefined;
}

/** Fills `target`, (N, K), with the coordinates (row - mean) . axis of N rows; NaN for a row that cannot be made. */
export function* projectSteps(
  target: Float32Array,
  makeRow: MakeRow,
  { mean, axes, onProgress }: Projection,
): Steps<void> {
  const D = mean.length;
  const K = axes.length / D;
  const rows = target.length / K;
  const height = 4 * Math.ceil(K / 4);
  const axesAt = 1024;
  const blockAt = axesAt + 4 * height * D;
  const productsAt = blockAt + 4 * D * BLOCK_ROWS;
  const memory = sharedMemory(productsAt + 4 * height * BLOCK_ROWS);
  const { multiply } = startKernel('dot-products', { memory }) as unknown as Kernel;
  new Float32Array(memory.buffer, axesAt, axes.length).set(axes);
  const block = new Float32Array(memory.buffer, blockAt, D * BLOCK_ROWS);
  const products = new Float32Array(memory.buffer, productsAt, height * BLOCK_ROWS);
  const made = new Float64Array(D);
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    onProgress?.({ phase: 'combine', done: first, total: rows, unit: 'words' });
    const count = Math.min(BLOCK_ROWS, rows - first);
    for (let row = 0; row < count; row++) {
      if (!makeRow(first + row, made)) made.fill(Number.NaN);
      for (let column = 0; column < D; column++) block[column * BLOCK_ROWS + row] = made[column] - mean[column];
    }
    multiply(axesAt, blockAt, productsAt, 0, height, D, BLOCK_ROWS);
    for (let row = 0; row < count; row++) {
      for (let axis = 0; axis < K; axis++) target[(first + row) * K + axis] = products[axis * BLOCK_ROWS + row];
    }
    yield;
  }
}
