// Unpacks from a wheel the C library and the few headers that the addon needs (0.6 GB of its 10,000 entries), as
// streams.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import { W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';

const library = /^tensorflow\/libtensorflow[^/]*$/;
const bundledLibrary = /^[^/]+\.libs\/[^/]+$/; // shared libraries the wheel's builder added, such as OpenMP's on arm64
const header = /^tensorflow\/include\/(.*)$/;
const neededHeader = /^(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/c\/|tsl\/platform\/ctstring).*\.h$/;

/** The path of an entry below the target folder, or undefined if it is not needed. */
export function targetOf(name: string): string | undefined {
  if (library.test(name) || bundledLibrary.test(name)) return join('lib', basename(name));
  const inside = header.exec(name)?.[1];
  if (inside === undefined || !neededHeader.test(inside)) return undefined;
  const path = normalize(inside);
  return path.startsWith('..') ? undefined : join('include', path);
}

/**
 * Unpacks libraries to `target`/lib and headers to `target`/include.
 * @throws W2vError 'setup-failed' if the file is not a zip or contains no libtensorflow.
 */
export async function unpackWheel(
  wheel: string,
  target: string,
  options: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const wanted: { entry: Entry; path: string }[] = [];
  const archive = await openPromise(wheel, { autoClose: false }).catch((cause: unknown) => {
    throw notAWheel(wheel, String((cause as Error).message), cause);
  });
  try {
    for await (const entry of archive.eachEntry()) {
      const path = targetOf(entry.fileName);
      if (path !== undefined) wanted.push({ entry, path: join(target, path) });
    }
    if (!wanted.some(({ entry }) => library.test(entry.fileName))) throw notAWheel(wheel, 'it holds no libtensorflow');
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    let done = 0;
    for (const { entry, path } of wanted) {
      await mkdir(dirname(path), { recursive: true });
      const source = await archive.openReadStreamPromise(entry);
      source.on('data', (chunk: Buffer) => {
        done += chunk.length;
        options.onProgress?.({ phase: 'unpack', done, total, unit: 'bytes' });
      });
      const sink = createWriteStream(path, { mode: 0o755 });
      await pipeline(source, sink, options.signal ? { signal: options.signal } : {});
    }
  } finally {
    archive.close();
  }
}

function notAWheel(path: string, reason: string, cause?: unknown): W2vError {
  return new W2vError('setup-failed', `${path} cannot be unpacked: ${reason}`, 'run w2v setup --force', { cause });
}
