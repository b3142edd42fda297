// The words two or more files have in common, the ground on which their neighbours can be compared.
import { W2vError } from '../errors.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import type { Vectors } from './judge.ts';

/**
 * Each file with only the words that all of them have, in the order of the first (most frequent first, if it is so), so
 * that row i is the same word in all. At most `limit` words (0: all). Throws `usage` if they share fewer than two.
 */
export function alignVectors<Kind extends Vectors>(files: readonly Kind[], limit = 0): Kind[] {
  const [first, ...others] = files;
  const shared = (first?.words ?? []).filter((word) => others.every((file) => wordIndex(file).has(word)));
  if (limit > 0) shared.length = Math.min(limit, shared.length);
  if (shared.length < 2) {
    const names = files.map((file, at) => file.source ?? `file ${at + 1}`).join(' and ');
    const count = shared.length === 0 ? 'no word' : `one word only ('${shared[0]}')`;
    throw new W2vError('usage', `${names} share ${count}`, 'compare vectors of the same language and letter case');
  }
  return files.map((file) => {
    const index = wordIndex(file);
    const rows = shared.map((word) => index.get(word)!);
    return ('dimensions' in file ? pickDense(file, shared, rows) : pickSparse(file, shared, rows)) as Kind;
  });
}

function pickDense(file: WordVectors, words: string[], rows: number[]): WordVectors {
  const { dimensions } = file;
  const matrix = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    matrix.set(file.matrix.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  });
  return { ...file, words, matrix };
}

/** All contexts stay: a word is what it was, there are only fewer of them. */
function pickSparse(file: SparseVectors, words: string[], rows: number[]): SparseVectors {
  const { starts, indices, values, columns } = file.matrix;
  const picked = new Float64Array(rows.length + 1);
  rows.forEach((row, at) => {
    picked[at + 1] = picked[at]! + starts[row + 1]! - starts[row]!;
  });
  const total = picked[rows.length]!;
  const matrix = {
    rows: rows.length,
    columns,
    starts: picked,
    indices: new Int32Array(total),
    values: new Float32Array(total),
  };
  rows.forEach((row, at) => {
    matrix.indices.set(indices.subarray(starts[row]!, starts[row + 1]!), picked[at]!);
    matrix.values.set(values.subarray(starts[row]!, starts[row + 1]!), picked[at]!);
  });
  return { ...file, words, matrix };
}
