// Finds the word least similar to the others: the lowest cosine with the mean of their unit vectors (as in gensim's
// doesnt_match).
import { checkList } from '../base/check.ts';
import { malformed, usage } from '../base/errors.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import { inverseNorm } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { cosine } from './similarity.ts';
import { centralities } from './sparse-nearest.ts';

/** How near a word is to the mean of all words asked. */
export interface Centrality {
  word: string;
  /** Cosine with the mean of all the words' unit vectors, -1 .. 1. */
  similarity: number;
}

/**
 * The words with their similarities to the mean, lowest first. Throws `word-unknown`, and `usage` for fewer than three.
 */
export function oddOneOut(vectors: WordVectors | SparseVectors, words: readonly string[]): Centrality[] {
  checkAnyVectors(vectors);
  checkGroup(words);
  const cosines =
    'dimensions' in vectors
      ? cosinesToMean(words.map((word) => vectorOf(vectors, word)))
      : centralities(
          vectors,
          words.map((word) => rowOf(vectors, word)),
        );
  if (cosines.some(Number.isNaN)) {
    const observed = 'a vector of these words contains NaN or infinity, so they have no mean';
    throw malformed(observed, 'train or convert the file again');
  }
  const found = words.map((word, at) => ({ word, similarity: cosines[at] }));
  return found.sort((a, b) => a.similarity - b.similarity);
}

function cosinesToMean(rows: readonly Float32Array[]): number[] {
  const mean = new Float64Array(rows[0].length);
  for (const row of rows) {
    const scale = inverseNorm(row, 0, row.length) / rows.length;
    for (let column = 0; column < mean.length; column++) mean[column] += row[column] * scale;
  }
  return rows.map((row) => cosine(row, mean) ?? Number.NaN);
}

/** Throws `usage` for fewer than three words. */
export function checkGroup(words: readonly string[]): void {
  checkList(words, 'words', 'words');
  if (words.length >= 3) return;
  const observed = `${words.length} ${words.length === 1 ? 'word' : 'words'}, expected at least three`;
  throw usage(observed, 'give at least three words');
}
