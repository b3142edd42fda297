// Text packed with gzip, unpacked while it is read.
import { pipeline, Readable, type TransformOptions } from 'node:stream';
import { createGunzip, type ZlibOptions } from 'node:zlib';
import { W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';

const READ = 1 << 18; // bytes taken in at a time
const UNPACK = 1 << 18; // bytes a chunk of unpacked text

export function startsLikeGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Throws `file-malformed` where it cannot be unpacked. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  // Room for two chunks beyond the one in hand: the unpacking thread works on while this one reads them.
  const options: ZlibOptions & TransformOptions = { chunkSize: UNPACK, readableHighWaterMark: 2 * UNPACK };
  const unpacker = createGunzip(options);
  pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: READ }), unpacker, () => {});
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw new W2vError(
      'file-malformed',
      `${quotable(name)} starts like gzip but cannot be unpacked: ${(cause as Error).message}`,
      `check it with: gzip -t ${quotable(name)}`,
      { cause },
    );
  }
}

/** Gzip inside gzip is a mistake of who packed it. */
export function packedTwice(name: string): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is packed with gzip twice, expected text inside`,
    `unpack it once: gzip -dc < ${quotable(name)} > NEW.gz`,
  );
}
