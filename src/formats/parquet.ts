// Apache Parquet with a column `word` (string) and a column `vector` (list of float), as pyarrow, pandas, DuckDB and
// Polars read it. The reader, and the library for writing, are loaded only when needed.

import { throwIfAborted } from '../base/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, RowOptions, VectorFormat } from './format.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'parquet';
const MAGIC = [0x50, 0x41, 0x52, 0x31];
const GROUP_NUMBERS = 1 << 21;

export const parquet: VectorFormat = {
  name: NAME,
  title: 'Parquet',
  extensions: ['.parquet'],
  detect: (head) => MAGIC.every((byte, at) => head[at] === byte),
  read,
  write,
};

async function read(source: ByteSource, options: RowOptions): Promise<LoadedVectors> {
  const { readParquet } = await import('./parquet/read-parquet.ts');
  return readParquet(source, NAME, options);
}

/** Row groups of about two million numbers keep memory small; floats are not compressed, because it saves nothing. */
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
