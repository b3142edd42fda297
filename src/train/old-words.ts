// Words of the vectors that a training starts from, beside those of its text. Words that the text lacks can be kept
// with their vectors, after those of the text; they take no part in the training.
import { malformed } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { rowVector, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import type { InitialVectors } from './initial-vectors.ts';

/** Rows of `vectors` that are no word's of the vocabulary; of a word that is there twice, the first row. */
export function lackingRows({ vectors, rows }: InitialVectors): number[] {
  const used = new Set(rows);
  const index = wordIndex(vectors);
  const lacking: number[] = [];
  for (const [row, word] of vectors.words.entries()) {
    if (!used.has(row) && index.get(word) === row) lacking.push(row);
  }
  return lacking;
}

/** @throws W2vError 'file-malformed' (a vector with NaN or infinity) */
export function requireFiniteVectors(vectors: WordVectors, rows: readonly number[]): void {
  for (const row of rows) {
    if (rowVector(vectors, row).every(Number.isFinite)) continue;
    const observed = `${vectors.source ?? 'initVectors'}: the vector of '${quotable(vectors.words[row])}' holds NaN or infinity`;
    throw malformed(observed, 'start from other vectors');
  }
}

/** `trained` (V, D), and after it the words of `old` in `rows`, with their vectors; without `old`, zeros. */
export function withWords(
  trained: WordVectors,
  words: readonly string[],
  old?: { vectors: WordVectors; rows: readonly number[] },
): WordVectors {
  const { dimensions: D } = trained;
  const V = trained.words.length;
  const matrix = new Float32Array((V + words.length) * D);
  matrix.set(trained.matrix);
  if (old) for (const [i, row] of old.rows.entries()) matrix.set(rowVector(old.vectors, row), (V + i) * D);
  return { words: [...trained.words, ...words], matrix, dimensions: D };
}
