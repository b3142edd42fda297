// The spill file: a temporary file for counts that do not fit in memory; all threads read and write it by position.
import { readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openTemporaryFile, temporaryFileError } from '../../files/temporary-file.ts';

export interface SpillFile {
  file: number;
  directory: string;
}

const use = (directory: string) => {
  return { directory, holds: 'counts that do not fit in memory', room: 'free disk space, give more { memory }' };
};

/** Throws `file-unwritable`. */
export function openSpillFile(directory: string = tmpdir()): SpillFile {
  return { file: openTemporaryFile(use(directory)), directory };
}

/** Reads or writes all of bytes[from .. from + length) at `position` of the file. Throws `file-unwritable`. */
export function transfer(
  way: 'read' | 'write',
  { file, directory }: SpillFile,
  bytes: Uint8Array,
  from: number,
  length: number,
  position: number,
): void {
  try {
    for (let done = 0; done < length; ) {
      const piece = [file, bytes, from + done, length - done, position + done] as const;
      const moved = way === 'read' ? readSync(...piece) : writeSync(...piece);
      if (moved === 0) throw new Error('unexpected end of file');
      done += moved;
    }
  } catch (error) {
    throw temporaryFileError(use(directory), error);
  }
}
