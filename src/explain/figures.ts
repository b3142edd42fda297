// Numbers inside formulas, sentences and tables.
import { thousands } from '../base/format-numbers.ts';
import type { Cell } from './blocks.ts';

/** With the given number of decimals; never "-0.00". */
export function fixed(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A factor or term of a formula, in brackets if negative. */
export function term(value: number, digits = 3): string {
  const text = fixed(value, digits);
  return text.startsWith('-') ? `(${text})` : text;
}

/** a1 b1 + a2 b2 + ... with the numbers. */
export function dotInNumbers(a: ArrayLike<number>, b: ArrayLike<number>, digits = 3): string {
  return Array.from(a, (value, d) => `${term(value, digits)} × ${term(b[d], digits)}`).join(' + ');
}

/** Rounded to the given decimals, so that a reader can check by hand. */
export function rounded(value: number, digits = 3): number {
  return Number(fixed(value, digits));
}

/** A cell of a table, the same in the terminal and in the page: 1,000; 0.143; nothing where it is blank. */
export function cellText(cell: Cell, digits = 0): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  return digits === 0 && Number.isInteger(cell) ? thousands(cell) : fixed(cell, digits);
}

/** Decimals of a matrix's numbers: none if all are whole. */
export function digitsOf(matrix: readonly (readonly number[])[]): number {
  return matrix.every((row) => row.every(Number.isInteger)) ? 0 : 4;
}
