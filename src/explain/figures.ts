// Numbers inside formulas and sentences.

/** With the given number of decimals; never "-0.00". */
export function fixed(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A factor or term of a formula: negative ones in brackets. */
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
