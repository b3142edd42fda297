// Computes the cosine similarity cos(u, v) = u . v / (|u| |v|).
import { checkNumbers } from '../base/check.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import { inverseNorm } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { sparseCosine } from '../vectors/sparse-rows.ts';
import { rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';

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
  for (let at = 0; at < u.length; at++) sum += u[at] * v[at];
  return Math.max(-1, Math.min(1, sum * lengths));
}

/**
 * Cosine of two words' vectors, 0 if either is zero; undefined if one contains NaN or infinity. Throws `word-unknown`.
 */
export function similarity(vectors: WordVectors | SparseVectors, first: string, second: string): number | undefined {
  checkAnyVectors(vectors);
  if ('dimensions' in vectors) return cosine(vectorOf(vectors, first), vectorOf(vectors, second));
  return sparseCosine(vectors, rowOf(vectors, first), rowOf(vectors, second));
}
