// Checks of vectors that come from the user's program, dense or sparse.
import { usage } from '../base/errors.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import { checkVectors, type WordVectors } from './word-vectors.ts';

/** Throws `usage` unless the matrix has a row for each word. */
export function checkSparse(vectors: SparseVectors): void {
  const { words, matrix } = vectors ?? {};
  if (Array.isArray(words) && matrix?.starts !== undefined && matrix.rows === words.length) return;
  const hint = 'give what countMatrix or ppmiMatrix makes; dense vectors go to saveVectors';
  throw usage('these are not sparse vectors, with a row for each word', hint);
}

/** Throws `usage` unless they are word vectors, dense or sparse. */
export function checkAnyVectors(vectors: WordVectors | SparseVectors): void {
  const matrix: unknown = vectors?.matrix;
  if (typeof matrix === 'object' && matrix !== null && 'starts' in matrix) checkSparse(vectors as SparseVectors);
  else checkVectors(vectors as WordVectors);
}
