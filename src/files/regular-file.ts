// Opens a file that nobody named, such as a lock or a checkpoint: only a regular file is read. No link is followed, and
// a FIFO, which would be waited for, is none.
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';

/** Throws system errors, `ELOOP` for what is no regular file. */
export async function openRegular(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants; // Windows lacks two of them
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw Object.assign(new Error('not a file'), { code: 'ELOOP' });
}

/** Throws system errors, `ELOOP` for what is no regular file. */
export async function readRegular(path: string): Promise<string> {
  const handle = await openRegular(path);
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** @throws W2vError 'file-unwritable' if there is something of this name that is no regular file, such as a link */
export async function requireRegular(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const what = found.isSymbolicLink() ? 'a link' : found.isDirectory() ? 'a folder' : 'not a file';
  throw new W2vError('file-unwritable', `${quotable(path)} is ${what}, expected a file`, 'remove it');
}
