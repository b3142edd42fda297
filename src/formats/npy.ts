// NumPy's .npy format: a header with type, order and shape, then the numbers (numpy.lib.format, versions 1 to 3). The
// words are in a second file next to it (word-list.ts).

import { malformedAt } from '../base/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, RowOptions, VectorFormat } from './format.ts';
import { checkLength, expectEnd, type NumberType, readFloatRows, writeFloatRows } from './io/float-rows.ts';
import { looksLikeNpy, npyHeader, readNpyHeader } from './io/npy-header.ts';
import { finishRows } from './io/rows.ts';
import { readWordList, wordListFile } from './io/word-list.ts';

const NAME = 'npy';
const numberTypes: Record<string, NumberType> = { '<f2': 'F16', '<f4': 'F32', '<f8': 'F64' };

export const npy: VectorFormat = {
  name: NAME,
  title: 'NumPy array (.npy) with a word list next to it',
  extensions: ['.npy'],
  detect: looksLikeNpy,
  read,
  write,
  beside: (path, vectors) => [wordListFile(path, vectors)],
};

/** Throws `file-missing` without the words, `file-malformed` for another shape or type, or if the words do not fit. */
async function read(source: ByteSource, options: RowOptions): Promise<LoadedVectors> {
  const where = `${source.name} at byte 0`;
  const { descr, shape, tuple, byColumns, length: offset } = await readNpyHeader(source.read, where);
  const type = descr === undefined ? undefined : numberTypes[descr];
  if (type === undefined) {
    throw malformedAt(where, `numbers of type ${descr ?? 'unknown'}, expected <f4, <f8 or <f2`, 'save it as float32');
  }
  const [rows = 0, dimensions = 0] = shape ?? [];
  if (shape?.length !== 2 || byColumns || !(rows > 0 && dimensions > 0 && dimensions <= 1 << 24)) {
    const hint = 'save it with numpy.save(FILE, numpy.ascontiguousarray(matrix))';
    const found = `an array of shape ${tuple}${byColumns ? ' by columns' : ''}`;
    throw malformedAt(where, `${found}, expected (words, dimensions) by rows`, hint);
  }
  checkLength(source, { rows, dimensions, type, offset });
  const words = await readWordList(source.name, rows, options);
  const kept = await readFloatRows(source, { words, dimensions, type, offset, only: options.only }, options);
  await expectEnd(source, offset + rows * dimensions * (type === 'F64' ? 8 : type === 'F32' ? 4 : 2), `${rows} rows`);
  return finishRows(kept, source.name, NAME);
}

async function write(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  await sink.write(npyHeader('<f4', [vectors.words.length, vectors.dimensions]));
  await writeFloatRows(vectors, sink, options);
}
