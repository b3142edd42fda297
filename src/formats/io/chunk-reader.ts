// Reads exact numbers of bytes from a stream of chunks.

/** Fills target[offset .. offset + count - 1]; returns the number of bytes read, fewer only at the end. */
export type Read = (target: Uint8Array, offset: number, count: number) => Promise<number>;

/** `failed` makes the error to throw for an error of the stream after the given number of bytes. */
export function chunkReader(
  chunks: AsyncIterable<Uint8Array>,
  failed: (error: unknown, bytes: number) => unknown,
): { read: Read } {
  const stream = chunks[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  let bytes = 0;
  return {
    async read(target, offset, count) {
      let got = 0;
      while (got < count) {
        if (held.length === 0) {
          const step = await stream.next().catch((error: unknown) => {
            throw failed(error, bytes);
          });
          if (step.done) break;
          held = step.value;
          bytes += held.length;
        }
        const taken = Math.min(count - got, held.length);
        target.set(held.subarray(0, taken), offset + got);
        held = held.subarray(taken);
        got += taken;
      }
      return got;
    },
  };
}
