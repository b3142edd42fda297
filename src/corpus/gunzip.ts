// Decompresses gzip text while it is read.
import { pipeline, Readable, type TransformOptions } from 'node:stream';
import { createGunzip, type ZlibOptions } from 'node:zlib';
import { W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';

const READ = 1 << 18; // compressed bytes per read
const UNPACK = 1 << 18; // bytes per chunk of decompressed text

export function startsLikeGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Throws `file-malformed` if the data cannot be decompressed. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  // Room for two chunks beyond the current one, so that decompression continues while this thread reads.
  const options: ZlibOptions & TransformOptions = { chunkSize: UNPACK, readableHighWaterMark: 2 * UNPACK };
  const unpacker = createGunzip(options);
  pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: READ }), unpacker, () => {});
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw new W2vError(
      'file-malformed',
      `${quotable(name)} starts like gzip but cannot be decompressed: ${(cause as Error).message}`,
      `check it with: gzip -t ${quotable(name)}`,
      { cause },
    );
  }
}

/** Gzip inside gzip is almost certainly a mistake, so it is an error. */
export function packedTwice(name: string): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is compressed with gzip twice, expected text inside`,
    `decompress it once: gzip -dc < ${quotable(name)} > NEW.gz`,
  );
}
