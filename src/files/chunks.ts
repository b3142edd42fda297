// Bytes that come in chunks: until a signal fires, decompressed, and read in exact numbers.
import { pipeline, Readable, type TransformOptions } from 'node:stream';
import { createGunzip, type ZlibOptions } from 'node:zlib';
import { malformedAt, throwIfAborted, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';

const READ = 1 << 18; // compressed bytes per read
const UNPACK = 1 << 20; // bytes per chunk of decompressed text

/** Bytes of the UTF-8 byte order mark at the start of `head`, or 0. */
export const utf8MarkLength = ([a, b, c]: Uint8Array): number => (a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);

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
    yield* unpacker as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    const shown = quotable(name);
    const observed = `the gzip data is truncated or damaged (${(cause as Error).message})`;
    throw malformedAt(shown, observed, `check it with: gzip -t ${shown}`, { cause });
  }
}

/** The chunks of `input` until the signal fires; then stops at once, even if the next chunk never arrives. */
export async function* untilAborted<T>(input: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  if (!signal) {
    yield* input;
    return;
  }
  const iterator = input[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      throwIfAborted(signal);
      const next = await orAborted(iterator.next(), signal);
      ended = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // An iterator that waits for its next chunk would not react to return().
    if (signal.aborted && 'destroy' in input) (input as { destroy(): void }).destroy();
    else if (!ended && !signal.aborted) await iterator.return?.();
  }
}

/** `work`, or `interrupted` as soon as the signal fires. Removes its listener, because the signal may live long. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      try {
        throwIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Fills target[offset .. offset + count - 1]; returns the number of bytes read, fewer only at the end. */
export type Read = (target: Uint8Array, offset: number, count: number) => Promise<number>;

/** `failed` makes the error to throw for an error of the stream. `close` ends the stream, which has been read from. */
export function chunkReader(
  chunks: AsyncIterable<Uint8Array>,
  failed: (error: unknown) => unknown,
): { read: Read; close(): Promise<void> } {
  const stream = chunks[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  return {
    async read(target, offset, count) {
      let got = 0;
      while (got < count) {
        if (held.length === 0) {
          const step = await stream.next().catch((error: unknown) => {
            throw error instanceof W2vError ? error : failed(error);
          });
          if (step.done) break;
          held = step.value;
        }
        const taken = Math.min(count - got, held.length);
        target.set(held.subarray(0, taken), offset + got);
        held = held.subarray(taken);
        got += taken;
      }
      return got;
    },
    close: async () => void (await stream.return?.()),
  };
}
