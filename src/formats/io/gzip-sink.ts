// A sink that packs what is written to it with gzip and passes it on.

import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import type { ByteSink } from '../../files/output.ts';

/** Runs `content` with a sink that packs into `sink`; fulfilled when all of it is passed on. */
export async function writeGzipped(sink: ByteSink, content: (packed: ByteSink) => Promise<void>): Promise<void> {
  const gzip = createGzip({ chunkSize: 1 << 18 });
  const passedOn = (async () => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  })();
  // Marked as handled: it is awaited below, whichever side fails first.
  passedOn.catch(() => undefined);
  try {
    await content({
      async write(bytes) {
        // A copy: the caller may reuse the bytes before they are packed.
        if (!gzip.write(Buffer.from(bytes))) await Promise.race([once(gzip, 'drain'), passedOn]);
      },
    });
    gzip.end();
    await passedOn;
  } finally {
    gzip.destroy();
  }
}
