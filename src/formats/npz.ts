// Reads and writes a sparse matrix with words: FILE.npz in the format of scipy.sparse.save_npz and load_npz (CSR), and
// next to it FILE.npz.words with the word of each row, one per line.
import { checkOptionKinds, checkText } from '../base/check.ts';
import { malformedAt } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { finishInTurns, STEP_WORK, type Steps } from '../base/steps.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import { nonzeros, type SparseMatrix, type SparseVectors } from '../vectors/sparse-matrix.ts';
import { createWordIndex } from '../vectors/word-index.ts';
import { rememberIndex } from '../vectors/word-vectors.ts';
import type { ReadOptions } from './format.ts';
import { npyHeader } from './io/npy-header.ts';
import { anyNumbers, type NumberMember, openNumbers, readText, room, wholeNumbers } from './io/npy-member.ts';
import { readWordList, wordListFile } from './io/word-list.ts';
import { piecesOf, writeZip, type ZipMember } from './io/zip-archive.ts';
import { openZip, type ZipArchive } from './io/zip-members.ts';
import { isTooWide, narrowSteps, tidySteps } from './tidy-rows.ts';

/** The two files of a sparse matrix, to write together. Throws `usage` for a word that the list cannot contain. */
export function npzFiles(path: string, { words, matrix }: SparseVectors): OutputFile[] {
  return [{ path, content: (sink) => writeNpz(matrix, sink) }, wordListFile(path, { words })];
}

/** Writes the matrix as scipy does, uncompressed: data, indices, indptr, format, shape. */
async function writeNpz(matrix: SparseMatrix, sink: ByteSink): Promise<void> {
  const { rows, columns, starts, indices, values } = matrix;
  const count = nonzeros(matrix);
  const wide = count > 0x7fffffff;
  const indptr = wide ? BigInt64Array.from(starts, BigInt) : Int32Array.from(starts);
  const member = (name: string, descr: string, shape: number[], array: ArrayBufferView): ZipMember => {
    return { name: `${name}.npy`, pieces: [npyHeader(descr, shape), ...piecesOf(array)] };
  };
  await writeZip(
    [
      member('indices', '<i4', [count], indices.subarray(0, count)),
      member('indptr', wide ? '<i8' : '<i4', [rows + 1], indptr),
      member('format', '|S3', [], Buffer.from('csr')),
      member('shape', '<i8', [2], BigInt64Array.from([BigInt(rows), BigInt(columns)])),
      member('data', values instanceof Float32Array ? '<f4' : '<f8', [count], values.subarray(0, count)),
    ],
    sink,
  );
}

/** Sparse vectors read from a file. */
export interface LoadedSparseVectors extends SparseVectors {
  source: string;
  /** Rows skipped because their word occurred before. */
  duplicates: number;
}

/**
 * Reads FILE.npz and the words next to it. Sorts the entries of each row, adds up duplicates and removes zeros. If
 * there are far more columns than rows or entries, removes empty columns and renumbers the rest: no query depends on
 * column numbers.
 *
 * Throws `file-missing` (also for the words), `file-unreadable`, `file-malformed`, `out-of-memory`, `interrupted`.
 */
export async function loadSparseVectors(path: string, options: ReadOptions = {}): Promise<LoadedSparseVectors> {
  checkText(path, 'the path');
  checkOptionKinds('loadSparseVectors', options);
  let done = 0;
  const archive = await openZip(path, (bytes) => {
    done += bytes;
    options.onProgress?.({ phase: 'load', done, total: archive.bytes, unit: 'bytes' });
  });
  try {
    const [rows, columns] = await readShape(archive, path);
    // The words come first, because their number bounds the memory, whatever sizes the archive gives.
    const lines = await readWordList(path, rows, options);
    const matrix = await readMatrix(archive, rows, columns, path, options.signal);
    const words: string[] = [];
    const index = createWordIndex(words);
    const isKept = Uint8Array.from(lines, (word) => (index.add(word) ? 1 : 0));
    const tidy = await finishInTurns(
      tidySteps(matrix, (row) => isKept[row] === 1),
      options.signal,
    );
    rememberIndex(words, index);
    return { words, matrix: tidy, source: path, duplicates: rows - words.length };
  } finally {
    await archive.close();
  }
}

const MOST = { rows: 2 ** 31, columns: 2 ** 53 }; // limits of the index types

async function readShape(archive: ZipArchive, path: string): Promise<[rows: number, columns: number]> {
  const format = await archive.read('format.npy', readText);
  if (format !== 'csr') {
    const found = `a sparse matrix in the format ${quotable(format)}, expected csr`;
    throw malformedAt(path, found, 'save it with matrix.tocsr()');
  }
  const [rows, columns] = await archive.read('shape.npy', async (member) =>
    (await openNumbers(member, 2)).fill(new Float64Array(2), undefined),
  );
  if (!(rows! >= 1 && rows! <= MOST.rows && columns! >= 1 && columns! <= MOST.columns)) {
    throw malformedAt(path, `a matrix of ${rows} rows and ${columns} columns, expected at least one of each`);
  }
  return [rows!, columns!];
}

async function readMatrix(
  archive: ZipArchive,
  rows: number,
  columns: number,
  path: string,
  signal: AbortSignal | undefined,
): Promise<SparseMatrix> {
  const numbers = <T>(
    name: string,
    length: number,
    types: readonly string[],
    use: (member: NumberMember) => Promise<T>,
  ) => archive.read(`${name}.npy`, async (member) => use(await openNumbers(member, length, types)));
  const starts = await numbers('indptr', rows + 1, wholeNumbers, (member) =>
    member.fill(room(Float64Array, rows + 1), signal),
  );
  await finishInTurns(checkStartsSteps(starts, path), signal);
  const entries = starts[rows];
  const values = await numbers('data', entries, anyNumbers, (member) =>
    member.fill(member.type === '<f4' ? room(Float32Array, entries) : room(Float64Array, entries), signal),
  );
  const wide = isTooWide(rows, columns, entries);
  const found = await numbers('indices', entries, wholeNumbers, (member) =>
    member.fill(wide ? room(Float64Array, entries) : room(Int32Array, entries), signal),
  );
  await finishInTurns(checkColumnsSteps(found, columns, path), signal);
  if (!(found instanceof Float64Array)) return { rows, columns, starts, indices: found, values };
  return { rows, starts, values, ...(await finishInTurns(narrowSteps(found), signal)) };
}

function* checkStartsSteps(starts: Float64Array, path: string): Steps<void> {
  if (starts[0] !== 0) throw malformedAt(path, `row 0 starts at entry ${starts[0]}, expected 0`);
  for (let row = 1; row < starts.length; row++) {
    if (starts[row] < starts[row - 1]) throw malformedAt(path, `row ${row - 1} ends before it starts`);
    if (row % STEP_WORK === 0) yield;
  }
}

function* checkColumnsSteps(indices: Int32Array | Float64Array, columns: number, path: string): Steps<void> {
  for (let k = 0; k < indices.length; k++) {
    const column = indices[k];
    if (column < 0 || column >= columns) throw malformedAt(path, `entry ${k} is in column ${column} of ${columns}`);
    if (k % STEP_WORK === 0) yield;
  }
}
