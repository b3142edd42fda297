// Dense arrays to and from sparse matrices, the naive way.
import type { SparseMatrix } from '../../src/vectors/sparse-matrix.ts';

export function dense({ rows, columns, starts, indices, values }: SparseMatrix): number[][] {
  const full = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let row = 0; row < rows; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) full[row][indices[k]] = values[k];
  }
  return full;
}

export function sparse(full: number[][]): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of full) {
    for (const [column, value] of row.entries()) {
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return {
    ...{ rows: full.length, columns: full[0]?.length ?? 0, starts: Float64Array.from(starts) },
    ...{ indices: Int32Array.from(indices), values: Float64Array.from(values) },
  };
}
