// Weights that a reader has set by hand, in place of random ones.
import { type Matrix, mapped } from './matrix.ts';

/** `W_in 0 2` -> the number in row 0, column 2 of W_in. */
export type Edits = Readonly<Record<string, number>>;

/** Largest absolute value: beyond it the gradient check loses its accuracy. */
export const LARGEST_WEIGHT = 1000;

export function editKey(matrix: string, row: number, column: number): string {
  return `${matrix} ${row} ${column}`;
}

/** The matrix `name` with the reader's numbers in it; cells outside the matrix are ignored. */
export function edited(name: string, matrix: Matrix, edits: Edits): Matrix {
  const { columns } = matrix;
  return mapped(matrix, (value, i) => edits[editKey(name, Math.floor(i / columns), i % columns)] ?? value);
}
