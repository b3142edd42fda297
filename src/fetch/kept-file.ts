// Cached files with known content: each is verified by size and SHA-256 at every use, and written atomically.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { makeFolder } from '../files/make-folder.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { writeFiles } from '../files/write-files.ts';
import { isCode } from './cache.ts';

export interface KeptFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * Whether the file exists with the expected bytes.
 *
 * Throws `file-unreadable` if its name exists but is not a regular file.
 */
export async function isWhole({ path: file, bytes, sha256 }: KeptFile): Promise<boolean> {
  try {
    const found = await stat(file);
    if (!found.isFile()) {
      const observed = `${quotable(file)} is ${found.isDirectory() ? 'a folder' : 'not a regular file'}, expected a file`;
      throw new W2vError('file-unreadable', observed, 'remove it, then run the command again');
    }
    return found.size === bytes && (await sha256OfFile(file)) === sha256;
  } catch (error) {
    // A file without read permission counts as missing; fetching it reports a permission error.
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return false;
    throw error;
  }
}

/** Stores the file; safe for two processes at the same time. Throws `file-unwritable`, `interrupted`. */
export async function keepFile(file: string, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  await makeFolder(path.dirname(file), 0o700);
  await writeFiles([{ path: file, content: (sink) => sink.write(bytes) }], { force: true, signal });
}
