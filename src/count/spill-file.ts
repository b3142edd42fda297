// A temporary file that is unlinked at once: whatever happens to the process, nothing is left behind.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { W2vError } from '../errors.ts';

/** An open descriptor that every thread of this process may read and write by position. */
export function openSpillFile(): number {
  const path = join(tmpdir(), `w2v-count-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(path, 'wx+', 0o600);
    try {
      unlinkSync(path);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return file;
  } catch (error) {
    throw spillError(error);
  }
}

/** What a failed read or write of the spill file means to the user. */
export function spillError(error: unknown): W2vError {
  const reason = error instanceof Error ? error.message : String(error);
  return new W2vError(
    'file-unwritable',
    `counts that do not fit the memory cannot be kept in ${tmpdir()}: ${reason}`,
    'free room there, set TMPDIR to a folder on a larger disk, or give more --memory',
    { cause: error },
  );
}
