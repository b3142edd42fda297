// Where counts that do not fit the memory go: a nameless temporary file.
import { tmpdir } from 'node:os';
import { openNamelessFile } from '../corpus/nameless-file.ts';
import { W2vError } from '../errors.ts';

/** An open descriptor that every thread of this process may read and write by position. Throws `file-unwritable`. */
export function openSpillFile(directory = tmpdir()): number {
  try {
    return openNamelessFile(directory);
  } catch (error) {
    throw spillError(error);
  }
}

/** What a failed read or write of the spill file means to the user. */
export function spillError(error: unknown): W2vError {
  const reason = error instanceof Error ? error.message : String(error);
  return new W2vError(
    'file-unwritable',
    `counts that do not fit the memory cannot be kept in a temporary file: ${reason}`,
    'free room there, name a folder on a larger disk (--temporary DIR), or give more --memory',
    { cause: error },
  );
}
