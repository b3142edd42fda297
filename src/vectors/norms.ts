// Computes inverse norms of rows, so that a cosine is one inner product and one multiplication without a second,
// normalized matrix. Whoever asks many questions keeps them (`withNorms`), as gensim's KeyedVectors. Vectors that keep
// none are taken as they are at each call, because their owner may change the matrix.
import { finish, STEP_WORK, type Steps } from '../base/steps.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import type { RowNorms, WordVectors } from './word-vectors.ts';

/** The same vectors, which keep their norms. Those that keep them already are returned as they are. */
export function withNorms<V extends { norms?: RowNorms }>(vectors: V): V {
  return vectors.norms === undefined ? { ...vectors, norms: {} } : vectors;
}

/**
 * (V) 1 / |row|, computed unless the vectors keep them.
 *
 * 0 for a row of zeros, so that its similarity to everything is 0; NaN for a row with NaN or infinity, which has no
 * direction and is never a result.
 */
export function inverseNorms(vectors: WordVectors | SparseVectors): Float64Array {
  return finish(inverseNormSteps(vectors));
}

export function* inverseNormSteps(vectors: WordVectors | SparseVectors): Steps<Float64Array> {
  const { norms, words } = vectors;
  if (norms?.inverse !== undefined) return norms.inverse;
  const inverse = new Float64Array(words.length);
  const endOf = (row: number) =>
    'dimensions' in vectors ? (row + 1) * vectors.dimensions : vectors.matrix.starts[row + 1];
  let pause = STEP_WORK;
  for (let row = 0; row < words.length; row++) {
    inverse[row] = inverseNormOf(vectors, row);
    if (endOf(row) < pause) continue;
    pause += STEP_WORK;
    yield;
  }
  if (norms !== undefined) norms.inverse = inverse;
  return inverse;
}

/** 1 / |row| of one row, for a question about few. */
export function inverseNormOf(vectors: WordVectors | SparseVectors, row: number): number {
  const kept = vectors.norms?.inverse;
  if (kept !== undefined) return kept[row];
  if ('dimensions' in vectors) return inverse(squaresOfRow(vectors, row));
  const { starts, values } = vectors.matrix;
  return inverseNorm(values, starts[row], starts[row + 1] - starts[row]);
}

/** A loop of its own, because engines compile one over a single kind of array better. */
function squaresOfRow({ matrix, dimensions }: WordVectors, row: number): number {
  let sum = 0;
  for (let at = row * dimensions; at < (row + 1) * dimensions; at++) sum += matrix[at] * matrix[at];
  return sum;
}

/** 1 / |values[start .. start + length - 1]|; 0 for zeros, NaN if a number is not finite. */
export function inverseNorm(values: ArrayLike<number>, start: number, length: number): number {
  let sum = 0;
  for (let at = start; at < start + length; at++) sum += values[at] * values[at];
  return inverse(sum);
}

function inverse(squares: number): number {
  if (squares === 0) return 0;
  return squares < Number.POSITIVE_INFINITY ? 1 / Math.sqrt(squares) : Number.NaN;
}
