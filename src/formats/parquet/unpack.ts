// Decompresses the pages of a Parquet file (Snappy, gzip, Brotli or none).
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { outOfMemory } from '../io/allocate.ts';
import { malformed } from '../io/malformed.ts';
import type { Codec } from './footer.ts';
import { unpackSnappy } from './snappy.ts';

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
    throw malformed(where, observed, 'write the file again with one of these, such as compression="snappy"');
  }
  if (size === 0) return new Uint8Array(0);
  let content: Uint8Array;
  try {
    content = unpacker(bytes, size);
  } catch (error) {
    if (isAllocation(error)) throw outOfMemory(where, size, error);
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_BUFFER_TOO_LARGE' ? `more than ${size} bytes` : message;
    throw malformed(where, `damaged ${codec} data (${reason})`);
  }
  if (content.length !== size) throw malformed(where, `${content.length} decompressed bytes, expected ${size}`);
  return content;
}

/** Whether memory ran out: V8 throws a RangeError, zlib an error with a code. */
function isAllocation(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    /allocation failed/i.test(String(message)) || code === 'Z_MEM_ERROR' || code === 'ERR_MEMORY_ALLOCATION_FAILED'
  );
}
