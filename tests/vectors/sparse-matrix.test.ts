import { expect, it } from 'vitest';
import { STEP_WORK, type Steps } from '../../src/base/steps.ts';
import { columnSums, rowSums } from '../../src/vectors/sparse-matrix.ts';

function stepsOf<T>(steps: Steps<T>): { taken: number; result: T } {
  for (let taken = 1; ; taken++) {
    const { done, value } = steps.next();
    if (done) return { taken, result: value as T };
  }
}

it('sums rows and columns, in steps', () => {
  const rows = 5;
  const cells = STEP_WORK; // a row
  const matrix = {
    ...{ rows, columns: 4 },
    starts: Float64Array.from({ length: rows + 1 }, (_, row) => row * cells),
    indices: Int32Array.from({ length: rows * cells }, (_, k) => k % 4),
    values: Float64Array.from({ length: rows * cells }, (_, k) => (k % 4) + Math.floor(k / cells)),
  };
  const byRow = stepsOf(rowSums(matrix));
  expect([...byRow.result]).toEqual([0, 1, 2, 3, 4].map((row) => cells * (1.5 + row)));
  const byColumn = stepsOf(columnSums(matrix));
  expect([...byColumn.result]).toEqual([0, 1, 2, 3].map((column) => (cells / 4) * (5 * column + 10)));
  expect(byRow.taken).toBeGreaterThanOrEqual(rows);
  expect(byColumn.taken).toBeGreaterThanOrEqual(rows);
});
