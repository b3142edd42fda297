// Computes the cosine similarity cos(u, v) = u . v / (|u| |v|).
import { checkNumbers } from '../check.ts';
import { inverseNorm } from '../vectors/norms.ts';
import { vectorOf, type WordVectors } from '../vectors/word-vectors.ts';

/**
 * Cosine of two vectors of equal length, -1 .. 1, summed in doubles. 0 if either is zero; undefined if either contains
 * NaN or infinity.
 */
export function cosine(u: ArrayLike<number>, v: ArrayLike<number>): number | undefined {
  checkNumbers(u, 'the first vector');
  checkNumbers(v, 'the second vector');
  const lengths = inverseNorm(u, 0, u.length) * inverseNorm(v, 0, v.length);
  if (lengths === 0) return 0;
  if (Number.isNaN(lengths)) return undefined;
  let sum = 0;
  for (let at = 0; at < u.length; at++) sum += u[at]! * v[at]!;
  return Math.max(-1, Math.min(1, sum * lengths));
}

/** Cosine of two words' vectors; undefined if a vector contains NaN or infinity. Throws `word-unknown`. */
export function similarity(vectors: WordVectors, first: string, second: string): number | undefined {
  return cosine(vectorOf(vectors, first), vectorOf(vectors, second));
}
