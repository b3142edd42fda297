// A temporary file that loses its name as soon as it is open: nothing stays behind, even after kill -9.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** An open descriptor that every thread of this process may read and write by position. Throws what the system throws. */
export function openNamelessFile(directory: string): number {
  const path = join(directory, `w2v-${randomBytes(8).toString('hex')}`);
  const file = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
