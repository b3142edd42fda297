// A sink that compresses its input with gzip and passes it on.

import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { ByteSink } from '../../files/output.ts';

/** Runs `content` with a sink that compresses into `sink`; resolves when all output has been passed on. */
export async function writeGzipped(sink: ByteSink, content: (packed: ByteSink) => Promise<void>): Promise<void> {
  const gzip = createGzip({ chunkSize: 1 << 18 });
  const passedOn = (async () => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  })();
  // Avoids an unhandled rejection; the promise is awaited below, whichever side fails first.
  passedOn.catch(() => undefined);
  try {
    await content({
      async write(bytes) {
        // A copy, because the caller may reuse the bytes before they are compressed.
        if (!gzip.write(Buffer.from(bytes))) await Promise.race([once(gzip, 'drain'), passedOn]);
      },
    });
    gzip.end();
    await passedOn;
  } finally {
    gzip.destroy();
  }
}
