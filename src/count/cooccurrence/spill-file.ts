// Where counts that do not fit the memory go: a temporary file that all threads read and write by position.
import { readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openTemporaryFile, temporaryFileError } from '../../files/temporary-file.ts';

export interface SpillFile {
  file: number;
  directory: string;
}

const use = (directory: string) => {
  return { directory, holds: 'counts that do not fit the memory', room: 'free some room, give more { memory }' };
};

/** Throws `file-unwritable`. */
export function openSpillFile(directory: string = tmpdir()): SpillFile {
  return { file: openTemporaryFile(use(directory)), directory };
}

/** Reads or writes bytes[from .. from + length) at `position` of the file, all of them. Throws `file-unwritable`. */
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
      if (moved === 0) throw new Error('it ended early');
      done += moved;
    }
  } catch (error) {
    throw temporaryFileError(use(directory), error);
  }
}
