// Summarizes vectors: norms of the rows, and the numbers of zero and invalid rows.
import { checkVectors, type WordVectors } from './word-vectors.ts';

/** Norms of the rows, and the number of zero and invalid ones. */
export interface Summary {
  /** Euclidean norms of the rows without NaN or infinity; undefined if there are none. */
  norms: { min: number; mean: number; max: number } | undefined;
  /** Rows with NaN or infinity, which are never results. */
  notFinite: number;
  /** Rows of zeros, which have similarity 0 to everything. */
  zeros: number;
}

/** The norms of the rows, and the number of rows that are zero or invalid. */
export function summarize(vectors: WordVectors): Summary {
  checkVectors(vectors);
  const { words, matrix, dimensions } = vectors;
  let [min, sum, max] = [Number.POSITIVE_INFINITY, 0, 0];
  let [notFinite, zeros] = [0, 0];
  for (let row = 0; row < words.length; row++) {
    let squares = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) squares += matrix[at] * matrix[at];
    if (!(squares < Number.POSITIVE_INFINITY)) {
      notFinite++;
      continue;
    }
    const norm = Math.sqrt(squares);
    if (norm === 0) zeros++;
    min = Math.min(min, norm);
    max = Math.max(max, norm);
    sum += norm;
  }
  const finite = words.length - notFinite;
  return { norms: finite > 0 ? { min, mean: sum / finite, max } : undefined, notFinite, zeros };
}
