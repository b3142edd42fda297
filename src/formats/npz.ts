// A sparse matrix with its words: FILE.npz as scipy.sparse.save_npz writes it and load_npz reads it (CSR), and beside it
// FILE.npz.words, the words of the rows, one a line.
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import { nonzeros, type SparseMatrix, type SparseVectors } from '../vectors/sparse-matrix.ts';
import type { ReadOptions } from './format.ts';
import { malformed } from './io/malformed.ts';
import { npyHeader, parseNpy } from './io/npy-array.ts';
import { openZip, writeZip, type ZipMember } from './io/zip-archive.ts';

export function wordsPath(matrixPath: string): string {
  return `${matrixPath}.words`;
}

/** The two files of a sparse matrix, to be written together. Throws `usage` on a word that holds a line break. */
export function npzFiles(path: string, { words, matrix }: SparseVectors): OutputFile[] {
  const broken = words.find((word) => /[\r\n]/.test(word));
  if (broken !== undefined) {
    const what = `the word ${JSON.stringify(broken)} holds a line break, which ${wordsPath(path)} cannot`;
    throw new W2vError('usage', what, 'use another tokenizer');
  }
  return [
    { path, content: (sink) => writeNpz(matrix, sink) },
    { path: wordsPath(path), content: (sink) => sink.write(Buffer.from(words.map((word) => `${word}\n`).join(''))) },
  ];
}

/** Writes the matrix as scipy does, unpacked: data, indices, indptr, format, shape. */
export async function writeNpz(matrix: SparseMatrix, sink: ByteSink): Promise<void> {
  const { rows, columns, starts, indices, values } = matrix;
  const count = nonzeros(matrix);
  const wide = count > 0x7fffffff;
  const indptr = wide ? BigInt64Array.from(starts, BigInt) : Int32Array.from(starts);
  const member = (name: string, descr: string, shape: number[], array: ArrayBufferView): ZipMember => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    return { name: `${name}.npy`, pieces: [npyHeader(descr, shape), bytes] };
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

/** Whether a file begins as a ZIP archive does; of the files that w2v reads, only a .npz is one. */
export function looksLikeNpz(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/**
 * Reads FILE.npz and its words. Throws `file-missing` (also where the words are), `file-unreadable`, `file-malformed`.
 */
export async function loadSparseVectors(path: string, { signal }: ReadOptions = {}): Promise<SparseVectors> {
  const handle = await openFile(path, path);
  let matrix: SparseMatrix;
  try {
    const archive = await openZip(handle, path);
    const array = async (name: string) => {
      throwIfAborted(signal);
      return parseNpy(await archive.read(`${name}.npy`), `${path}: ${name}`).array;
    };
    const format = Buffer.from((await array('format')) as Uint8Array).toString('latin1');
    if (format !== 'csr') {
      throw malformed(path, `a sparse matrix in the format ${format}, expected csr`, 'save it with matrix.tocsr()');
    }
    const [rows, columns] = Array.from((await array('shape')) as BigInt64Array, Number) as [number, number];
    const values = await array('data');
    matrix = {
      ...{ rows, columns, starts: Float64Array.from(await array('indptr'), Number) },
      indices: toInt32(await array('indices')),
      values:
        values instanceof Float32Array || values instanceof Float64Array ? values : Float64Array.from(values, Number),
    };
  } finally {
    await handle.close();
  }
  checkMatrix(matrix, path);
  const words = await readWords(path);
  if (words.length !== matrix.rows) {
    throw malformed(wordsPath(path), `${words.length} words, but the matrix beside it has ${matrix.rows} rows`);
  }
  return { words, matrix, source: path };
}

function toInt32(array: ArrayLike<number | bigint>): Int32Array {
  return array instanceof Int32Array ? array : Int32Array.from(array, Number);
}

function checkMatrix(matrix: SparseMatrix, path: string): void {
  const { rows, columns, starts, indices, values } = matrix;
  const count = starts[rows];
  if (starts.length !== rows + 1 || starts[0] !== 0 || count !== indices.length || count !== values.length) {
    const lengths = `${starts.length} starts, ${indices.length} indices and ${values.length} values`;
    throw malformed(path, `${lengths} do not make a matrix of ${rows} rows and ${count} entries`);
  }
  for (let row = 0; row < rows; row++) {
    if ((starts[row + 1] as number) < (starts[row] as number))
      throw malformed(path, `row ${row} ends before it starts`);
  }
  for (let k = 0; k < indices.length; k++) {
    const column = indices[k] as number;
    if (column < 0 || column >= columns) throw malformed(path, `entry ${k} is in column ${column} of ${columns}`);
  }
}

async function readWords(path: string): Promise<string[]> {
  const handle = await openFile(wordsPath(path), path);
  await handle.close();
  const text = await readFile(wordsPath(path), 'utf8');
  const words = text.split(/\r?\n/);
  if (words.at(-1) === '') words.pop();
  return words;
}

async function openFile(path: string, matrixPath: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const hint =
        path === matrixPath ? 'check the path' : `it holds the words of ${matrixPath}: keep the two together`;
      throw new W2vError('file-missing', `${path} does not exist`, hint, { cause: error });
    }
    throw new W2vError('file-unreadable', `${path} cannot be read: ${code}`, 'check its permissions', { cause: error });
  }
}
