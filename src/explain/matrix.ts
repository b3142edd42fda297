// Small dense matrices in double precision, row by row. Everything src/explain computes is one: a scalar is (1, 1), a
// vector one row. Meant to be read and checked, not to be fast; runs in a browser too.
import { usage } from '../base/errors.ts';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** (rows * columns), row after row. */
  readonly values: Float64Array;
}

/** (rows, columns) of zeros, or of `value`. */
export function filled(rows: number, columns: number, value = 0): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns).fill(value) };
}

/** (n, m) from n lists of m numbers. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) };
}

/** (1, 1) */
export function scalar(value: number): Matrix {
  return matrixOf([[value]]);
}

/** (rows, columns) with the number `next` gives for each cell, row after row. */
export function generated(rows: number, columns: number, next: (index: number) => number): Matrix {
  const values = new Float64Array(rows * columns); // Float64Array.from takes thirty times as long
  for (let index = 0; index < values.length; index++) values[index] = next(index);
  return { rows, columns, values };
}

export function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}

/** Row number `row`, (columns), a view. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

export function toRows(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, row) => [...rowOf(matrix, row)]);
}

/** Cell by cell, of one matrix or of two of the same shape. */
export function mapped(matrix: Matrix, of: (value: number, index: number) => number): Matrix {
  return generated(matrix.rows, matrix.columns, (index) => of(matrix.values[index], index));
}

/** The sum of two matrices of the same shape. */
export function added(a: Matrix, b: Matrix): Matrix {
  expectShape(b, a.rows, a.columns);
  return mapped(a, (value, index) => value + b.values[index]);
}

/** (n, m) -> (m, n) */
export function transposed(matrix: Matrix): Matrix {
  const { rows, columns, values } = matrix;
  const result = filled(columns, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result.values[j * rows + i] = values[i * columns + j];
  }
  return result;
}

/** (n, m) times (m, k) -> (n, k): n * m * k multiplications. */
export function product(a: Matrix, b: Matrix): Matrix {
  expectShape(b, a.columns, b.columns);
  const result = filled(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    const target = rowOf(result, i);
    for (let j = 0; j < a.columns; j++) addTo(target, rowOf(b, j), a.values[i * a.columns + j]);
  }
  return result;
}

/** (n, m) -> (1, m), the sum of the rows. */
export function rowsSummed(matrix: Matrix): Matrix {
  const result = filled(1, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) addTo(result.values, rowOf(matrix, row));
  return result;
}

/** target += factor * row, number by number. */
export function addTo(target: Float64Array, row: Float64Array, factor = 1): void {
  for (let d = 0; d < target.length; d++) target[d] += factor * row[d];
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}

export function shapeOf(matrix: Matrix): string {
  return `(${matrix.rows}, ${matrix.columns})`;
}

/** Throws `usage` if a matrix is not (rows, columns). */
export function expectShape(matrix: Matrix, rows: number, columns: number): void {
  if (matrix.rows === rows && matrix.columns === columns) return;
  const observed = `a matrix is ${shapeOf(matrix)}: (${rows}, ${columns}) expected`;
  throw usage(observed, 'check the shapes along the edges of the graph');
}
