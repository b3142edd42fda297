// The sparse matrix type, compressed sparse rows (CSR): row i has indices[k], values[k] for k in starts[i] ..
// starts[i+1]-1.
import { STEP_WORK, type Steps } from '../base/steps.ts';
import type { WordList } from './word-vectors.ts';

/** A matrix by rows (CSR): only entries that are not 0 are stored. */
export interface SparseMatrix {
  rows: number;
  columns: number;
  /**
   * (rows + 1) start of each row; the last is the number of stored entries. Doubles, which are exact far beyond 2^31.
   */
  starts: Float64Array<ArrayBufferLike>;
  /** (nonzeros) column of each entry, increasing within a row. */
  indices: Int32Array<ArrayBufferLike>;
  /** (nonzeros) none of them 0. */
  values: Float64Array<ArrayBufferLike> | Float32Array<ArrayBufferLike>;
}

export function nonzeros(matrix: SparseMatrix): number {
  return matrix.starts[matrix.rows] as number;
}

/** (rows) sum of each row, from left to right in doubles. */
export function* rowSums({ rows, starts, values }: SparseMatrix): Steps<Float64Array> {
  const sums = new Float64Array(rows);
  const sumOf = (row: number) => {
    let sum = 0;
    for (let k = starts[row] as number; k < (starts[row + 1] as number); k++) sum += values[k] as number;
    return sum;
  };
  let pause = STEP_WORK;
  for (let row = 0; row < rows; row++) {
    sums[row] = sumOf(row);
    if ((starts[row + 1] as number) < pause) continue;
    pause += STEP_WORK;
    yield;
  }
  return sums;
}

/** (columns) sum of each column, from top to bottom in doubles. */
export function* columnSums({ rows, columns, starts, indices, values }: SparseMatrix): Steps<Float64Array> {
  const sums = new Float64Array(columns);
  const add = (from: number, end: number) => {
    for (let k = from; k < end; k++) {
      const column = indices[k] as number;
      sums[column] = (sums[column] as number) + (values[k] as number);
    }
  };
  const total = starts[rows] as number;
  for (let from = 0; from < total; from += STEP_WORK) {
    add(from, Math.min(total, from + STEP_WORK));
    yield;
  }
  return sums;
}

/** Words with one sparse row each (PPMI or counts); the sparse counterpart of WordVectors. */
export interface SparseVectors extends WordList {
  /** Row i belongs to words[i]. */
  matrix: SparseMatrix;
}
