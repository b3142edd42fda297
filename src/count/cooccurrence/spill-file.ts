// The spill file: a temporary file for counts that do not fit in memory; all threads read and write it by position.
import { createHash } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openTemporaryFile, type TemporaryUse, temporaryFileError } from '../../files/temporary-file.ts';

export interface SpillFile extends TemporaryUse {
  file: number;
}

/** Throws `file-unwritable`. */
export function openSpillFile(directory: string = tmpdir()): SpillFile {
  const holds = 'counts that do not fit in memory';
  const use = { directory, holds, room: 'free disk space, give more { memory }' };
  return { file: openTemporaryFile(use), ...use };
}

const PIECE = 1 << 22; // bytes

/** SHA-256 (hex) of the bytes `from` .. `to` - 1. Throws as `transfer` does. */
export async function hashOfPart(spill: SpillFile, from: number, to: number): Promise<string> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(Math.min(PIECE, to - from));
  for (let at = from; at < to; at += buffer.length) {
    const length = Math.min(buffer.length, to - at);
    transfer('read', spill, buffer, 0, length, at);
    hash.update(buffer.subarray(0, length));
    await new Promise(setImmediate); // lets Ctrl-C and the progress display run
  }
  return hash.digest('hex');
}

/** Reads or writes all of bytes[from .. from + length) at `position` of the file. Throws `file-unwritable`. */
export function transfer(
  way: 'read' | 'write',
  spill: SpillFile,
  bytes: Uint8Array,
  from: number,
  length: number,
  position: number,
): void {
  try {
    for (let done = 0; done < length; ) {
      const piece = [spill.file, bytes, from + done, length - done, position + done] as const;
      const moved = way === 'read' ? readSync(...piece) : writeSync(...piece);
      if (moved === 0) throw new Error('unexpected end of file');
      done += moved;
    }
  } catch (error) {
    throw temporaryFileError(spill, error);
  }
}
