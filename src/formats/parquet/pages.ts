// Reads the pages of a column chunk: parses headers, checks sizes and decompresses contents.
import { malformedAt } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { PageBytes, RunReader } from './bits.ts';
import type { Chunk, Codec, Leaf } from './footer.ts';
import type { ParquetFile, ReadBytes } from './parquet-file.ts';
import { ThriftReader } from './thrift.ts';
import { unpack } from './unpack.ts';

const ENCODINGS: Record<number, Encoding> = {
  0: 'PLAIN',
  2: 'DICTIONARY',
  5: 'DELTA_BINARY_PACKED',
  6: 'DELTA_LENGTH_BYTE_ARRAY',
  7: 'DELTA_BYTE_ARRAY',
  8: 'DICTIONARY',
  9: 'BYTE_STREAM_SPLIT',
};
const RLE = 3;
const DATA = 0;
const DICTIONARY = 2;
const DATA_2 = 3;
const HEADER_BYTES = [1 << 12, 1 << 16, 1 << 24];
/** Largest compression ratios: deflate 1,032, Snappy 22; Brotli may compress a page of few values more. */
const BEST_PACKING = 1100;
const SMALL_PAGE = 1 << 24;

export type Encoding =
  | 'PLAIN'
  | 'DICTIONARY'
  | 'DELTA_BINARY_PACKED'
  | 'DELTA_LENGTH_BYTE_ARRAY'
  | 'DELTA_BYTE_ARRAY'
  | 'BYTE_STREAM_SPLIT';

/** Levels of some values; undefined if all are equal (no lists; no nulls). */
export interface Levels {
  /** Number of values including nulls and empty lists. */
  count: number;
  /** Number of values that are not null. */
  present: number;
  repetition: Uint8Array | undefined;
  definition: Uint8Array | undefined;
}

export interface Page {
  isDictionary: boolean;
  /** Number of values including nulls and empty lists. */
  count: number;
  /** The levels of the next values, `count` of them. */
  levels(count: number): Levels;
  encoding: Encoding;
  /** Positioned at the first value. */
  content: PageBytes;
}

interface Header {
  type: number;
  unpacked: number;
  packed: number;
  values: number;
  encoding: number;
  /** Version 1: encoding of the levels. */
  levels: number[];
  /** Version 2. */
  repetitionBytes: number;
  definitionBytes: number;
  isPacked: boolean;
}

/**
 * The data pages of a chunk, after its optional dictionary page. `most` returns how many values may still follow, given
 * the size of the file. Throws `file-malformed`.
 */
export async function* pagesOf(
  file: ParquetFile,
  { offset, values, codec }: Chunk,
  leaf: Leaf,
  most: () => number,
): AsyncGenerator<Page> {
  const read = file.reader();
  let position = offset;
  for (let done = 0; done < values; ) {
    const where = `${file.name} at byte ${position}: a page of the column ${quotable(leaf.column)}`;
    const { header, length } = await headerAt(file, read, position, where);
    const { packed, unpacked, values: count } = header;
    const left = file.end - position - length;
    if (!(packed >= 0 && packed <= left)) throw malformedAt(where, `${packed} bytes, but ${left} follow`);
    if (!(unpacked >= 0 && unpacked <= BEST_PACKING * packed + SMALL_PAGE)) {
      throw malformedAt(where, `${packed} compressed bytes for ${unpacked}, which is impossible`);
    }
    const bytes = await read(position + length, packed);
    position += length + packed;
    if (header.type !== DATA && header.type !== DATA_2 && header.type !== DICTIONARY) continue; // an index
    const isDictionary = header.type === DICTIONARY;
    const limit = isDictionary ? most() : Math.min(values - done, most());
    if (!(count >= 0 && count <= limit)) throw malformedAt(where, `${count} values, expected at most ${limit}`);
    if (!isDictionary) done += count;
    const content = header.type === DATA_2 ? bytes : unpack(bytes, unpacked, codec, where);
    yield header.type === DATA
      ? version1(header, new PageBytes(content, where), leaf)
      : header.type === DATA_2
        ? version2(header, content, leaf, codec, where)
        : { ...pageOf(header, where), isDictionary, content: new PageBytes(content, where) };
  }
}

async function headerAt(file: ParquetFile, read: ReadBytes, position: number, where: string) {
  if (position >= file.end) throw malformedAt(where, 'missing: the columns end here');
  for (const most of HEADER_BYTES) {
    const wanted = Math.min(most, file.end - position);
    const reader = new ThriftReader(await read(position, wanted), `${where}: its header`);
    try {
      return { header: readHeader(reader), length: reader.at };
    } catch (error) {
      if (wanted < most || most === HEADER_BYTES.at(-1)) throw error; // more bytes would not help
    }
  }
  throw new Error('unreachable');
}

function readHeader(reader: ThriftReader): Header {
  const header: Header = {
    ...{ type: -1, unpacked: -1, packed: -1, values: 0, encoding: -1, levels: [RLE, RLE] },
    ...{ repetitionBytes: 0, definitionBytes: 0, isPacked: true },
  };
  reader.struct((field, type) => {
    if (field === 1) header.type = reader.int(type);
    else if (field === 2) header.unpacked = reader.int(type);
    else if (field === 3) header.packed = reader.int(type);
    else if (field === 5 || field === 7) {
      reader.struct((inner, innerType) => {
        if (inner === 1) header.values = reader.int(innerType);
        else if (inner === 2) header.encoding = reader.int(innerType);
        else if (field === 5 && (inner === 3 || inner === 4)) header.levels[inner - 3] = reader.int(innerType);
      });
    } else if (field === 8) {
      reader.struct((inner, innerType) => {
        if (inner === 1) header.values = reader.int(innerType);
        else if (inner === 4) header.encoding = reader.int(innerType);
        else if (inner === 5) header.definitionBytes = reader.int(innerType);
        else if (inner === 6) header.repetitionBytes = reader.int(innerType);
        else if (inner === 7) header.isPacked = reader.flag(innerType);
      });
    }
  });
  return header;
}

function pageOf({ values, encoding }: Header, where: string): Omit<Page, 'isDictionary' | 'content'> {
  const known = ENCODINGS[encoding];
  if (known === undefined) throw malformedAt(where, `unsupported encoding ${encoding}`);
  const levels = (count: number) => ({ count, present: count, repetition: undefined, definition: undefined });
  return { count: values, levels, encoding: known };
}

/** Version 1: levels come first, each list with its length, compressed together with the values. */
function version1(header: Header, content: PageBytes, leaf: Leaf): Page {
  const levels = (most: number, how: number) => {
    if (most === 0) return undefined;
    if (how !== RLE) throw content.damaged(`levels in the encoding ${how}, expected ${RLE}`);
    return levelsIn(new PageBytes(content.take(content.uint32()), content.where), most);
  };
  const page = pageOf(header, content.where);
  const repetition = levels(leaf.repetition, header.levels[1]);
  return withLevels(page, leaf, repetition, levels(leaf.definition, header.levels[0]), content);
}

/** Version 2: levels come first, uncompressed, with their lengths in the header. */
function version2(header: Header, bytes: Uint8Array, leaf: Leaf, codec: Codec, where: string): Page {
  const { repetitionBytes, definitionBytes, isPacked, unpacked } = header;
  const page = pageOf(header, where);
  const all = new PageBytes(bytes, where);
  const levels = (most: number, length: number) => {
    const packed = new PageBytes(all.take(length), where);
    return most === 0 ? undefined : levelsIn(packed, most);
  };
  const repetition = levels(leaf.repetition, repetitionBytes);
  const definition = levels(leaf.definition, definitionBytes);
  const rest = all.take(all.left);
  const size = unpacked - repetitionBytes - definitionBytes;
  const content = isPacked && rest.length > 0 ? unpack(rest, size, codec, where) : rest;
  return withLevels(page, leaf, repetition, definition, new PageBytes(content, where));
}

type ReadLevels = (count: number) => Uint8Array;

function withLevels(
  page: Omit<Page, 'isDictionary' | 'content'>,
  leaf: Leaf,
  repetition: ReadLevels | undefined,
  definition: ReadLevels | undefined,
  content: PageBytes,
): Page {
  const levels = (count: number): Levels => {
    const defined = definition?.(count);
    let present = count;
    if (defined !== undefined) for (const level of defined) if (level !== leaf.definition) present--;
    return { count, present, repetition: repetition?.(count), definition: present === count ? undefined : defined };
  };
  return { ...page, levels, isDictionary: false, content };
}

function levelsIn(packed: PageBytes, most: number): ReadLevels {
  const reader = new RunReader(packed, 32 - Math.clz32(most));
  return (count) => {
    const levels = new Uint8Array(count);
    reader.read(levels);
    for (const level of levels) if (level > most) throw packed.damaged(`a level of ${level}, expected at most ${most}`);
    return levels;
  };
}
