// Decompresses the pages of a Parquet file (Snappy, gzip, Brotli or none).
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { malformedAt } from '../../base/errors.ts';
import { noRoomFor } from '../io/allocate.ts';
import type { Codec } from './footer.ts';

const unpackers: Partial<Record<Codec, (bytes: Uint8Array, size: number) => Uint8Array>> = {
  none: (bytes) => bytes,
  Snappy: unpackSnappy,
  gzip: (bytes, size) => gunzipSync(bytes, { maxOutputLength: size }),
  Brotli: (bytes, size) => brotliDecompressSync(bytes, { maxOutputLength: size }),
};

/** Decompresses `bytes` to exactly `size` bytes. Throws `file-malformed` otherwise. */
export function unpack(bytes: Uint8Array, size: number, codec: Codec, where: string): Uint8Array {
  const unpacker = unpackers[codec];
  if (unpacker === undefined) {
    const observed = `compressed with ${codec}, expected Snappy, gzip, Brotli or no compression`;
    throw malformedAt(where, observed, 'write the file again with one of these, such as compression="snappy"');
  }
  if (size === 0) return new Uint8Array(0);
  let content: Uint8Array;
  try {
    content = unpacker(bytes, size);
  } catch (error) {
    if (isAllocation(error)) throw noRoomFor(where, size, error);
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_BUFFER_TOO_LARGE' ? `more than ${size} bytes` : message;
    throw malformedAt(where, `damaged ${codec} data (${reason})`);
  }
  if (content.length !== size) throw malformedAt(where, `${content.length} decompressed bytes, expected ${size}`);
  return content;
}

/** Whether memory ran out: V8 throws a RangeError, zlib an error with a code. */
function isAllocation(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    /allocation failed/i.test(String(message)) || code === 'Z_MEM_ERROR' || code === 'ERR_MEMORY_ALLOCATION_FAILED'
  );
}

// Decompresses Snappy (google/snappy, format_description.txt): literals, and copies of earlier output. Every step
// checks the bounds of input and output, so damaged data gives an error.

/** Decompresses exactly `size` bytes. Throws otherwise. */
export function unpackSnappy(packed: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  let at = 0;
  let to = 0;
  const next = (bytes: number) => {
    if (at + bytes > packed.length) throw new Error('unexpected end of data');
    let value = 0;
    for (let byte = 0; byte < bytes; byte++) value += packed[at++] * 2 ** (8 * byte);
    return value;
  };

  let promised = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = next(1);
    promised += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
    if (shift > 28) throw new Error('no length');
  }
  if (promised !== size) throw new Error(`a size of ${promised} bytes, expected ${size}`);

  while (at < packed.length) {
    const tag = next(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = short < 60 ? short + 1 : next(short - 59) + 1;
      if (length > packed.length - at || length > size - to) throw new Error(`a literal of ${length} bytes`);
      target.set(packed.subarray(at, at + length), to);
      at += length;
      to += length;
    } else {
      const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = kind === 1 ? (tag >> 5) * 256 + next(1) : next(kind === 2 ? 2 : 4);
      if (offset < 1 || offset > to || length > size - to)
        throw new Error(`a copy of ${length} bytes from ${offset} back`);
      // Byte by byte, because source and target of a copy may overlap.
      for (let byte = 0; byte < length; byte++, to++) target[to] = target[to - offset];
    }
  }
  if (to !== size) throw new Error(`${to} bytes, expected ${size}`);
  return target;
}
