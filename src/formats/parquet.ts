// Apache Parquet, a column `word` (string) and a column `vector` (list of float): what pyarrow, pandas, DuckDB and Polars read.
// The library that reads and writes it is loaded only when it is needed.

import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import type { ByteSource } from './io/byte-source.ts';
import { malformed } from './io/malformed.ts';
import { createRows, finishRows, keepRow, nextRow } from './io/rows.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'parquet';
const MAGIC = [0x50, 0x41, 0x52, 0x31];
const GROUP_NUMBERS = 1 << 21;
const READ_BYTES = 1 << 20;

export const parquet: VectorFormat = {
  name: NAME,
  title: 'Parquet',
  extensions: ['.parquet'],
  detect: (head) => MAGIC.every((byte, at) => head[at] === byte),
  read,
  write,
};

/**
 * The first column of strings (`word`, if there is one) and the first of lists of numbers (`vector`). Throws `file-malformed`
 * with the row where a vector is missing or of another length.
 */
async function read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const { file, close } = await openBuffer(source);
  try {
    const metadata = await orMalformed(source, 'the footer', () => parquetMetadataAsync(file));
    const tree = await orMalformed(source, 'the schema', async () => parquetSchema(metadata));
    const wordColumn = columnNamed(tree, ['word', 'words', 'token', 'text'], isText);
    const vectorColumn = columnNamed(tree, ['vector', 'embedding', 'embeddings', 'vectors'], isList);
    if (wordColumn === undefined || vectorColumn === undefined) {
      const names = tree.children.map((child) => child.element.name).join(', ');
      throw malformed(
        source.name,
        `the columns ${names || '(none)'}, expected word (string) and vector (list of float)`,
      );
    }
    const total = rowsPromised(metadata, source);
    let rows: ReturnType<typeof createRows> | undefined;
    let row = 0;
    for (const group of metadata.row_groups) {
      throwIfAborted(options.signal);
      const count = Number(group.num_rows);
      if (count === 0) continue;
      let words: unknown[] = [];
      let vectors: unknown[] = [];
      await orMalformed(source, `rows ${row + 1} to ${row + count}`, () =>
        parquetRead({
          ...{ file, metadata, compressors, rowStart: row, rowEnd: row + count, columns: [wordColumn, vectorColumn] },
          onComplete(found) {
            words = found.map((values) => values[0]);
            vectors = found.map((values) => values[1]);
          },
        }),
      );
      if (words.length !== count) throw malformed(source.name, `${words.length} rows in a group, expected ${count}`);
      for (let at = 0; at < count; at++, row++) {
        const where = `${source.name}, row ${row + 1}`;
        const word = words[at];
        const vector = vectors[at] as ArrayLike<unknown>;
        if (typeof word !== 'string') throw malformed(where, `no word in the column ${wordColumn}`);
        rows ??= createRows(vector?.length || 1, Math.min(total, 16 + file.byteLength / (vector?.length || 1)));
        if (vector?.length !== rows.dimensions || rows.dimensions > 1 << 24) {
          throw malformed(
            where,
            `a vector of ${vector?.length ?? 'no'} numbers, expected ${rows.dimensions} as in row 1`,
          );
        }
        const to = nextRow(rows);
        for (let column = 0; column < rows.dimensions; column++) {
          const value = vector[column];
          if (typeof value !== 'number')
            throw malformed(where, `number ${column + 1} is ${String(value)}, expected a float`);
          rows.matrix[to + column] = value;
        }
        keepRow(rows, word);
      }
      options.onProgress?.({ phase: 'load', done: row, total, unit: 'words' });
    }
    if (rows === undefined) throw malformed(source.name, 'no rows, expected at least one');
    return finishRows(rows, source.name, NAME);
  } finally {
    await close();
  }
}

function rowsPromised(metadata: FileMetaData, source: ByteSource): number {
  let rows = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    if (count < 0n || count > 1n << 31n)
      throw malformed(source.name, `a group of ${count} rows, expected at most 2^31`);
    rows += Number(count);
  }
  return rows;
}

const isText = (tree: SchemaTree) =>
  tree.children.length === 0 && tree.element.type === 'BYTE_ARRAY' && tree.element.repetition_type !== 'REPEATED';
const isList = (tree: SchemaTree) =>
  tree.element.converted_type === 'LIST' || tree.element.logical_type?.type === 'LIST';

function columnNamed(root: SchemaTree, names: string[], fits: (tree: SchemaTree) => boolean): string | undefined {
  const fitting = root.children.filter(fits).map((child) => child.element.name);
  return names.find((name) => fitting.includes(name)) ?? fitting[0];
}

/** What hyparquet unpacks itself is Snappy. */
const compressors = {
  GZIP: (bytes: Uint8Array, length: number) => gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes: Uint8Array, length: number) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
};

async function orMalformed<T>(source: ByteSource, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof W2vError) throw error;
    throw malformed(source.name, `${what} cannot be read as Parquet (${(error as Error).message})`);
  }
}

/** Parquet begins at the end: the file by position, or, where it came through gzip or a pipe, all of it in memory. */
async function openBuffer(source: ByteSource): Promise<{ file: AsyncBuffer; close(): Promise<void> }> {
  if (source.contentBytes !== undefined) {
    const handle: FileHandle = await open(source.name, 'r');
    const byteLength = source.contentBytes;
    const slice = async (start: number, end = byteLength) => {
      const from = start < 0 ? byteLength + start : start;
      const length = Math.min(end, byteLength) - from;
      if (!(from >= 0 && length >= 0)) throw new Error(`bytes ${from} to ${end} of ${byteLength} are asked for`);
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const { bytesRead } = await handle.read(bytes, at, length - at, from + at);
        if (bytesRead === 0) throw new Error('the file has become shorter');
        at += bytesRead;
      }
      return bytes.buffer;
    };
    return { file: { byteLength, slice }, close: () => handle.close() };
  }
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.allocUnsafeSlow(READ_BYTES);
    const got = await source.read(part, 0, part.length);
    parts.push(part.subarray(0, got));
    if (got < part.length) break;
  }
  const whole = Buffer.concat(parts);
  const bytes = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer;
  return {
    file: { byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) },
    close: async () => undefined,
  };
}

/** Row groups of about two million numbers, so that memory stays small; floats as they are, for no packing makes them smaller. */
async function write(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  const { words, matrix, dimensions } = vectors;
  checkWords(words, undefined, 'the Parquet format');
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter(1 << 16);
  const passOn = async () => {
    await sink.write(bytes.getBytes());
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: 'w2v',
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'vector', converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
  });
  const groupRows = Math.max(1, Math.floor(GROUP_NUMBERS / dimensions));
  for (let first = 0; first < words.length; first += groupRows) {
    throwIfAborted(options.signal);
    const last = Math.min(words.length, first + groupRows);
    const lists: number[][] = [];
    for (let row = first; row < last; row++) {
      lists.push(Array.from(matrix.subarray(row * dimensions, (row + 1) * dimensions)));
    }
    await writer.write({
      columnData: [
        { name: 'word', data: words.slice(first, last), encoding: 'PLAIN' },
        { name: 'vector', data: lists, encoding: 'PLAIN' },
      ],
      rowGroupSize: groupRows,
    });
    await passOn();
    options.onProgress?.({ phase: 'write', done: last, total: words.length, unit: 'words' });
  }
  await writer.finish();
  await passOn();
}
