// Reads and writes a row-major matrix of floats, as in .npy, .safetensors and fastText's .bin.

import { malformedAt, throwIfAborted } from '../../base/errors.ts';
import type { ByteSource } from '../../files/byte-source.ts';
import type { ByteSink } from '../../files/output.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import type { ReadOptions, RowOptions } from '../format.ts';
import { createRows, keepRow, nextRow, type Rows } from './rows.ts';

const CHUNK = 4 << 20;

/** Little-endian number types: IEEE 754 with 16, 32 and 64 bits, and bfloat16 (the upper half of a float32). */
export type NumberType = 'F16' | 'F32' | 'F64' | 'BF16';

export const bytesOf: Record<NumberType, number> = { F16: 2, F32: 4, F64: 8, BF16: 2 };

export interface FloatRows {
  words: readonly string[];
  /** Rows of other words are left out; not together with `unnamed`. */
  only?: RowOptions['only'];
  /** Rows after the rows of the words, kept in the matrix without a word; default 0. */
  unnamed?: number;
  /**
   * Called for each of them in order, with its number among those that are kept: rows of zeros are not, and have -1.
   */
  onUnnamed?: (row: number) => void;
  dimensions: number;
  type: NumberType;
  /** Byte offset of the numbers, which is the position of `source`; for messages. */
  offset: number;
}

/**
 * Reads V x D numbers as float32 (F64 is rounded to nearest). Throws `file-malformed` with the byte if the file ends
 * too early; memory grows with the file, regardless of the sizes in the header.
 */
export async function readFloatRows(source: ByteSource, what: FloatRows, options: ReadOptions): Promise<Rows> {
  const { words, dimensions, type, offset } = what;
  const total = words.length + (what.unnamed ?? 0);
  const rowBytes = dimensions * bytesOf[type];
  const promised = checkLength(source, { rows: total, dimensions, type, offset });
  const likely = Math.max(1, Math.floor((4 * (source.fileBytes ?? 1 << 24)) / rowBytes));
  const capacity = source.contentBytes === undefined ? Math.min(total, likely) : total;
  const rows = createRows(dimensions, capacity, { wordsThere: true, only: what.only });
  const chunkRows = Math.max(1, Math.min(total, Math.floor(CHUNK / rowBytes)));
  const bytes = Buffer.allocUnsafeSlow(chunkRows * rowBytes);
  const convert = converters[type](bytes);
  for (let first = 0; first < total; first += chunkRows) {
    throwIfAborted(options.signal);
    const count = Math.min(chunkRows, total - first);
    const got = await source.read(bytes, 0, count * rowBytes);
    if (got < count * rowBytes) {
      const end = offset + first * rowBytes + got;
      throw malformedAt(`${source.name} at byte ${end}`, `the file ends here, but ${promised} from byte ${offset} on`);
    }
    for (let row = 0; row < count; row++) {
      const to = nextRow(rows);
      convert(row * dimensions, rows.matrix, to, dimensions);
      if (first + row < words.length) keepRow(rows, words[first + row]);
      else if (what.onUnnamed === undefined) rows.count++;
      else {
        const isKept = rows.matrix.subarray(to, to + dimensions).some((value) => value !== 0);
        what.onUnnamed(isKept ? rows.count++ - words.length : -1);
      }
    }
    options.onProgress?.({
      phase: 'load',
      done: source.fileBytesRead(),
      total: source.fileBytes ?? 0,
      unit: 'bytes',
    });
  }
  return rows;
}

/** Throws `file-malformed` if the file is too short for its numbers. Returns the expected size for error messages. */
export function checkLength(
  source: ByteSource,
  { rows, dimensions, type, offset }: Pick<FloatRows, 'dimensions' | 'type' | 'offset'> & { rows: number },
): string {
  const needed = rows * dimensions * bytesOf[type];
  const promised = `${rows} rows x ${dimensions} numbers take ${needed} bytes`;
  if (source.contentBytes !== undefined && offset + needed > source.contentBytes) {
    const there = Math.max(0, source.contentBytes - offset);
    throw malformedAt(`${source.name} at byte ${offset}`, `${promised}, but ${there} bytes follow`);
  }
  return promised;
}

type Convert = (from: number, matrix: Float32Array, to: number, count: number) => void;

const converters: Record<NumberType, (bytes: Buffer) => Convert> = {
  F32: ({ buffer }) => {
    const bits = new Uint8Array(buffer);
    // As bytes, because copying a float may change the bits of a NaN; one view per row, because views end at 4 GB.
    return (from, matrix, to, count) =>
      new Uint8Array(matrix.buffer, matrix.byteOffset + 4 * to, 4 * count).set(
        bits.subarray(4 * from, 4 * (from + count)),
      );
  },
  F64: ({ buffer }) => {
    const values = new Float64Array(buffer);
    return (from, matrix, to, count) => matrix.set(values.subarray(from, from + count), to);
  },
  BF16: ({ buffer }) => {
    const halves = new Uint16Array(buffer);
    return (from, matrix, to, count) => {
      const bits = new Uint32Array(matrix.buffer, matrix.byteOffset + 4 * to, count);
      for (let at = 0; at < count; at++) bits[at] = halves[from + at] << 16;
    };
  },
  F16: ({ buffer }) => {
    const halves = new Uint16Array(buffer);
    return (from, matrix, to, count) => {
      for (let at = 0; at < count; at++) matrix[to + at] = halfToNumber(halves[from + at]);
    };
  },
};

/** The value of an IEEE 754 half: 1 sign bit, 5 exponent bits, 10 fraction bits. Exact in a float32. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Skips `count` bytes of content. Throws `file-malformed` if there are fewer. */
export async function skip(source: ByteSource, count: number, offset: number): Promise<void> {
  const bytes = new Uint8Array(Math.min(count, CHUNK));
  for (let left = count; left > 0; ) {
    const wanted = Math.min(left, bytes.length);
    const got = await source.read(bytes, 0, wanted);
    if (got < wanted) {
      const end = offset + count - left + got;
      throw malformedAt(
        `${source.name} at byte ${end}`,
        `the file ends here, expected numbers from byte ${offset + count} on`,
      );
    }
    left -= got;
  }
}

/** Throws `file-malformed` unless the content ends at `offset`, the position of `source`. */
export async function expectEnd(source: ByteSource, offset: number, what: string): Promise<void> {
  if ((await source.peek(1)).length > 0) {
    throw malformedAt(`${source.name} at byte ${offset}`, `bytes after the last of ${what}`);
  }
}

/** Writes the matrix row by row as float32 in native byte order. */
export async function writeFloatRows(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  const { words, matrix, dimensions } = vectors;
  const rowBytes = 4 * dimensions;
  const chunkRows = Math.max(1, Math.floor(CHUNK / rowBytes));
  for (let first = 0; first < words.length; first += chunkRows) {
    throwIfAborted(options.signal);
    const count = Math.min(chunkRows, words.length - first);
    await sink.write(new Uint8Array(matrix.buffer, matrix.byteOffset + first * rowBytes, count * rowBytes));
    options.onProgress?.({ phase: 'write', done: first + count, total: words.length, unit: 'words' });
  }
}
