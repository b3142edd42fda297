// Files kept in the per-user cache whose bytes are known beforehand: each is checked by size and SHA-256 whenever it is
// used, and written whole or not at all.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { W2vError } from '../errors.ts';
import { makeFolder } from '../files/make-folder.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { writeFiles } from '../files/write-files.ts';
import { quotable } from '../printable.ts';
import { isCode } from './cache.ts';

export interface KeptFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * Whether the file is there with the bytes it must have.
 *
 * Throws `file-unreadable` where something stands under its name that is no file.
 */
export async function isWhole({ path: file, bytes, sha256 }: KeptFile): Promise<boolean> {
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      const observed = `${quotable(file)} is ${found.isDirectory() ? 'a folder' : 'not a regular file'}, expected a file`;
      throw new W2vError('file-unreadable', observed, 'remove it, then run it again');
    }
    return found.size === bytes && (await sha256OfFile(file)) === sha256;
  } catch (error) {
    // What may not be looked at is as good as not there: fetching it says what may not be written.
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return false;
    throw error;
  }
}

/** Two processes that keep the same file at once both end with a whole one. Throws `file-unwritable`, `interrupted`. */
export async function keepFile(file: string, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  await makeFolder(path.dirname(file), 0o700);
  await writeFiles([{ path: file, content: (sink) => sink.write(bytes) }], { force: true, signal });
}
