// Normalizes CSR rows: scipy may write the entries of a row in any order, a column more than once (values add up), and
// zeros. Also removes unwanted rows.
import { STEP_WORK, type Steps } from '../base/steps.ts';
import type { SparseMatrix } from '../vectors/sparse-matrix.ts';

/** Above this number, empty columns are removed: a query needs memory for each column. */
const MOST_COLUMNS = 1 << 20;
const COLUMNS_A_ROW = 8;
const LARGEST_INDEX = 2 ** 31 - 1;

/** Whether to renumber the columns: there are many more columns than rows or entries. */
export function isTooWide(rows: number, columns: number, entries: number): boolean {
  return columns > Math.min(LARGEST_INDEX, Math.max(MOST_COLUMNS, COLUMNS_A_ROW * rows, entries));
}

/** Renumbers the non-empty columns from 0 in their order; returns their number. */
export function* narrowSteps(wide: Float64Array): Steps<{ indices: Int32Array; columns: number }> {
  const sorted = wide.slice().sort();
  yield;
  let columns = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (k === 0 || sorted[k] !== sorted[columns - 1]) sorted[columns++] = sorted[k];
  }
  yield;
  const indices = new Int32Array(wide.length);
  for (let k = 0; k < wide.length; k++) {
    let [low, high] = [0, columns - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < wide[k]) low = middle + 1;
      else high = middle;
    }
    indices[k] = low;
    if (k % STEP_WORK === 0) yield;
  }
  return { indices, columns };
}

/**
 * Normalizes the rows in place: in each row columns increase without duplicates, and no value is 0. Keeps only rows for
 * which `isKept` is true.
 */
export function* tidySteps(matrix: SparseMatrix, isKept: (row: number) => boolean): Steps<SparseMatrix> {
  const { rows, columns, starts, indices, values } = matrix;
  let kept = 0;
  let to = 0;
  let start = 0;
  let pause = STEP_WORK;
  for (let row = 0; row < rows; row++) {
    const end = starts[row + 1];
    if (isKept(row)) {
      if (!rises(indices, start, end)) sortRow(matrix, start, end);
      to = addUp(matrix, start, end, to);
      starts[++kept] = to;
    }
    start = end;
    if (end + row < pause) continue;
    pause = end + row + STEP_WORK;
    yield;
  }
  const shape = { rows: kept, columns, starts: starts.subarray(0, kept + 1) };
  // A little unused space is not worth a copy, which would need the memory twice.
  if (to >= 0.9 * indices.length) return { ...shape, indices: indices.subarray(0, to), values: values.subarray(0, to) };
  return { ...shape, indices: indices.slice(0, to), values: values.slice(0, to) };
}

function rises(indices: Int32Array, start: number, end: number): boolean {
  for (let k = start + 1; k < end; k++) if (indices[k] <= indices[k - 1]) return false;
  return true;
}

/** Stable for equal columns, so that their sum is the same on every machine. */
function sortRow({ columns, indices, values }: SparseMatrix, start: number, end: number): void {
  const size = end - start;
  const order =
    columns * size <= Number.MAX_SAFE_INTEGER
      ? Float64Array.from({ length: size }, (_, at) => indices[start + at] * size + at)
          .sort()
          .map((key) => key % size)
      : Float64Array.from({ length: size }, (_, at) => at).sort(
          (one, other) => indices[start + one] - indices[start + other] || one - other,
        );
  const [oldIndices, oldValues] = [indices.slice(start, end), values.slice(start, end)];
  for (let at = 0; at < size; at++) {
    indices[start + at] = oldIndices[order[at]];
    values[start + at] = oldValues[order[at]];
  }
}

/** Writes a sorted row at `to`, which is at most the start of the row; returns its end. */
function addUp({ indices, values }: SparseMatrix, start: number, end: number, to: number): number {
  let at = to;
  for (let k = start; k < end; ) {
    const column = indices[k];
    let value = values[k++];
    for (; k < end && indices[k] === column; k++) value += values[k];
    if (value === 0) continue;
    indices[at] = column;
    values[at++] = value;
  }
  return at;
}
