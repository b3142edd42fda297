// The words two or more files have in common, the ground on which their neighbours can be compared.
import { W2vError } from '../errors.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';

/**
 * Each file with only the words that all of them have, in the order of the first (most frequent first, if it is so), so
 * that row i is the same word in all. At most `limit` words (0: all). Throws `usage` if they share fewer than two.
 */
export function alignVectors(files: readonly WordVectors[], limit = 0): WordVectors[] {
  const [first, ...others] = files;
  const shared = (first?.words ?? []).filter((word) => others.every((file) => wordIndex(file).has(word)));
  if (limit > 0) shared.length = Math.min(limit, shared.length);
  if (shared.length < 2) {
    const names = files.map((file, at) => file.source ?? `file ${at + 1}`).join(' and ');
    const count = shared.length === 0 ? 'no word' : `one word only ('${shared[0]}')`;
    throw new W2vError('usage', `${names} share ${count}`, 'compare vectors of the same language and letter case');
  }
  return files.map((file) => {
    const { matrix, dimensions } = file;
    const index = wordIndex(file);
    const rows = new Float32Array(shared.length * dimensions);
    shared.forEach((word, at) => {
      const row = index.get(word)!;
      rows.set(matrix.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    });
    return { ...file, words: shared, matrix: rows };
  });
}
