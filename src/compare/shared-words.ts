// Restricts two or more sets of vectors to their shared words, so that neighbors are comparable.
import { malformed } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { Steps } from '../base/steps.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { type WordList, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';

/**
 * Restricts each file to the words that all files have, in the order of the first file, so that row i is the same word
 * in all. At most `limit` words (0: all), plus those of `also` at any rank. Throws `usage` if fewer than two words are
 * shared.
 */
export function* alignVectors(
  files: readonly Vectors[],
  limit = 0,
  also: ReadonlySet<string> = new Set(),
): Steps<Vectors[]> {
  const shared = sharedWords(files).filter((word, at) => limit === 0 || at < limit || also.has(word));
  const aligned: Vectors[] = [];
  for (const file of files) aligned.push(yield* pickWords(file, shared));
  return aligned;
}

/** The rows of these words, which the file must have; the file itself if these are its words. */
export function* pickWords(file: Vectors, words: string[]): Steps<Vectors> {
  yield;
  if (words.length === file.words.length && words.every((word, row) => word === file.words[row])) return file;
  const index = wordIndex(file);
  const rows = words.map((word) => index.get(word)!);
  return 'dimensions' in file ? yield* pickDense(file, words, rows) : yield* pickSparse(file, words, rows);
}

/** The words that all files have, in the order of the first. Throws `file-malformed` if there are fewer than two. */
export function sharedWords(files: readonly WordList[]): string[] {
  const [first, ...others] = files;
  const shared = (first?.words ?? []).filter((word) => others.every((file) => wordIndex(file).has(word)));
  if (shared.length < 2) {
    const names = files.map((file, at) => file.source ?? `file ${at + 1}`).join(' and ');
    const count = shared.length === 0 ? 'no word' : `one word only ('${quotable(shared[0])}')`;
    throw malformed(`${names} share ${count}`, 'compare vectors of the same language and letter case');
  }
  return shared;
}

const ROWS = 10_000; // copied between yields

function* pickDense(file: WordVectors, words: string[], rows: number[]): Steps<WordVectors> {
  const { dimensions } = file;
  const matrix = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) {
    matrix.set(file.matrix.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    if (at % ROWS === 0) yield;
  }
  return { ...file, words, matrix };
}

/** Keeps all columns (contexts), so that the vector of each word is unchanged. */
function* pickSparse(file: SparseVectors, words: string[], rows: number[]): Steps<SparseVectors> {
  const { starts, indices, values, columns } = file.matrix;
  const picked = new Float64Array(rows.length + 1);
  rows.forEach((row, at) => {
    picked[at + 1] = picked[at] + starts[row + 1] - starts[row];
  });
  const total = picked[rows.length];
  const matrix = {
    rows: rows.length,
    columns,
    starts: picked,
    indices: new Int32Array(total),
    values: values instanceof Float32Array ? new Float32Array(total) : new Float64Array(total),
  };
  for (const [at, row] of rows.entries()) {
    matrix.indices.set(indices.subarray(starts[row], starts[row + 1]), picked[at]);
    matrix.values.set(values.subarray(starts[row], starts[row + 1]), picked[at]);
    if (at % ROWS === 0) yield;
  }
  return { ...file, words, matrix };
}
