// Opens a file for reading and turns system errors into errors with a hint.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { W2vError } from '../../errors.ts';
import { systemErrors } from '../../files/system-errors.ts';

/** Throws `usage` for an empty name, `file-missing`, or `file-unreadable` without permission. */
export async function openFile(path: string, flags: number = constants.O_RDONLY): Promise<FileHandle> {
  if (path === '') throw new W2vError('usage', 'the name of a file is empty', 'name a file');
  try {
    return await open(path, flags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const hint = path === '-' ? 'for standard input name /dev/stdin' : 'check the path';
      throw new W2vError('file-missing', `${path} does not exist`, hint, { cause: error });
    }
    throw unreadable(path, error);
  }
}

/** Opens a regular file only: a pipe may block forever, a device may never end. Throws as `openFile`. */
export async function openPlainFile(path: string): Promise<{ handle: FileHandle; found: Stats }> {
  const handle = await openFile(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await handle.stat();
  if (found.isFile()) return { handle, found };
  await handle.close();
  throw new W2vError('file-unreadable', `${path} is not a regular file`, 'replace it by a regular file, or remove it');
}

export function unreadable(path: string, error: unknown): W2vError {
  const code = (error as NodeJS.ErrnoException).code;
  const [why, hint] = systemErrors[code ?? ''] ?? [code ?? String(error), 'check the file and the disk it is on'];
  return new W2vError('file-unreadable', `${path} cannot be read: ${why}`, hint, { cause: error });
}
