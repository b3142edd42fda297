// Computes the SHA-256 of files and bytes in hexadecimal, which verifies everything that w2v downloads.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads the file in parts. Throws system errors, also where the signal ends it. */
export async function sha256OfFile(path: string, signal?: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  return hash.digest('hex');
}

const BATCH = 4096; // values

/**
 * As `hash.update(JSON.stringify(values))`, but in pieces: of 30 million words it would be longer than a string may be.
 */
export function updateWithList(hash: Hash, values: ArrayLike<string | number>): void {
  hash.update('[');
  for (let first = 0; first < values.length; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, values.length - first) }, (_, at) => values[first + at]);
    hash.update((first > 0 ? ',' : '') + JSON.stringify(batch).slice(1, -1));
  }
  hash.update(']');
}
