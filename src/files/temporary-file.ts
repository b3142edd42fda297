// Opens the temporary files of the corpus and the counts. They are unlinked as soon as they are open, so nothing is
// left behind, even after kill -9. Also explains errors of creating or filling one.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { systemErrors } from './system-errors.ts';

/** The content of a temporary file and how to need less space, for messages. */
export interface TemporaryUse {
  directory: string;
  /** `the ids of the corpus` */
  holds: string;
  /** `free disk space (4 bytes for each word of the corpus)` */
  room: string;
  /** What else to do, if it is not the choice of `temporaryDirectory`. */
  other?: string;
}

/** An open descriptor that all threads of this process can read and write by position. Throws `file-unwritable`. */
export function openTemporaryFile(use: TemporaryUse): number {
  const path = join(use.directory, `w2v-${randomBytes(8).toString('hex')}`);
  try {
    const file = openSync(path, 'wx+', 0o600);
    try {
      unlinkSync(path);
      return file;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  } catch (cause) {
    throw temporaryFileError(use, cause);
  }
}

const another = 'name another folder for temporary files ({ temporaryDirectory })';

/** The error that explains a failed open, read or write of a temporary file. */
export function temporaryFileError(use: TemporaryUse, cause: unknown): W2vError {
  const { directory, holds, room, other = another } = use;
  if (cause instanceof W2vError) return cause;
  const { errno, message } = cause as NodeJS.ErrnoException;
  let { code } = cause as NodeJS.ErrnoException;
  if (errno !== undefined && Math.abs(errno) === constants.errno.EDQUOT) code = 'EDQUOT'; // 'UNKNOWN' to Node
  const full = `${room}, or ${other}`;
  const [why] = {
    ...systemErrors,
    ENOENT: ['the folder does not exist'],
    ENOTDIR: ['it is not a folder'],
  }[code ?? ''] ?? [message ?? String(cause)];
  const hint =
    {
      ENOENT: `create it, or ${other}`,
      ENOSPC: full,
      EDQUOT: full,
      EFBIG: `raise the limit (ulimit -f), or ${other}`,
      EMFILE: systemErrors.EMFILE![1],
    }[code ?? ''] ?? other;
  return new W2vError('file-unwritable', `${holds} cannot be kept in ${quotable(directory)}: ${why}`, hint, { cause });
}
