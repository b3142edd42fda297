// Numbers that a reader has put in place of those that were drawn.
import { type Matrix, mapped } from './matrix.ts';

/** `W_in 0 2` -> the number in row 0, column 2 of W_in. */
export type Edits = Readonly<Record<string, number>>;

export function editKey(matrix: string, row: number, column: number): string {
  return `${matrix} ${row} ${column}`;
}

/** The matrix `name` with the reader's numbers in it; cells that it does not have are passed over. */
export function edited(name: string, matrix: Matrix, edits: Edits): Matrix {
  const { columns } = matrix;
  return mapped(matrix, (value, i) => edits[editKey(name, Math.floor(i / columns), i % columns)] ?? value);
}
