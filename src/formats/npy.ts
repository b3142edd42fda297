// NumPy's .npy: a header with type, order and shape, then the numbers (numpy.lib.format, versions 1 to 3). It holds no words:
// those stand beside it (word-list.ts).
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import type { ByteSource } from './io/byte-source.ts';
import { checkLength, expectEnd, type NumberType, readFloatRows, skip, writeFloatRows } from './io/float-rows.ts';
import { malformed } from './io/malformed.ts';
import { npyHeader } from './io/npy-array.ts';
import { finishRows } from './io/rows.ts';
import { readWordList, wordListFile } from './io/word-list.ts';

const NAME = 'npy';
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LONGEST_HEADER = 1 << 16;
const numberTypes: Record<string, NumberType> = { '<f2': 'F16', '<f4': 'F32', '<f8': 'F64' };

export const npy: VectorFormat = {
  name: NAME,
  title: 'NumPy array (.npy) with its words beside it',
  extensions: ['.npy'],
  detect: (head) => MAGIC.every((byte, at) => head[at] === byte),
  read,
  write,
  beside: (path, vectors) => [wordListFile(path, vectors)],
};

/** Throws `file-missing` without its words, `file-malformed` on another shape or type, or one that its words don't fit. */
async function read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors> {
  const start = await source.peek(12);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const where = `${source.name} at byte 0`;
  const major = start[6] ?? 0;
  if (start.length < 12 || major < 1 || major > 3) {
    throw malformed(where, `version ${major} of the .npy format, expected 1 to 3`, 'save it again with numpy.save');
  }
  const preamble = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER)
    throw malformed(where, `a header of ${length} bytes, expected at most ${LONGEST_HEADER}`);
  const offset = preamble + length;
  const head = await source.peek(offset);
  if (head.length < offset) throw malformed(where, `a header of ${length} bytes, but ${head.length - preamble} follow`);
  const text = Buffer.from(head.subarray(preamble)).toString('latin1');
  const descr = /'descr': *'([^']*)'/.exec(text)?.[1];
  const shape = /'shape': *\((\d{1,15}), *(\d{1,15}),? *\)/.exec(text);
  const type = descr === undefined ? undefined : numberTypes[descr];
  if (type === undefined) {
    throw malformed(where, `numbers of type ${descr ?? 'unknown'}, expected <f4, <f8 or <f2`, 'save it as float32');
  }
  const byColumns = /'fortran_order': *True/.test(text);
  const [rows, dimensions] = [Number(shape?.[1]), Number(shape?.[2])];
  if (shape === null || byColumns || !(rows > 0 && dimensions > 0 && dimensions <= 1 << 24)) {
    const found = `${/'shape': *(\([^)]*\))/.exec(text)?.[1] ?? 'unknown'}${byColumns ? ' by columns' : ''}`;
    const hint = 'save it with numpy.save(FILE, numpy.ascontiguousarray(matrix))';
    throw malformed(where, `an array of shape ${found}, expected (words, dimensions) by rows`, hint);
  }
  checkLength(source, { rows, dimensions, type, offset });
  const words = await readWordList(source.name, rows, options);
  await skip(source, offset, 0);
  const kept = await readFloatRows(source, { words, dimensions, type, offset }, options);
  await expectEnd(source, offset + rows * dimensions * (type === 'F64' ? 8 : type === 'F32' ? 4 : 2), `${rows} rows`);
  return finishRows(kept, source.name, NAME);
}

async function write(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  await sink.write(npyHeader('<f4', [vectors.words.length, vectors.dimensions]));
  await writeFloatRows(vectors, sink, options);
}
