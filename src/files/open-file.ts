// Opens what is read: a file, pipe or terminal, as a handle or as a stream of bytes that can be destroyed at any time;
// and explains to the user why the system cannot.
import { constants, createReadStream, fstatSync, open, readFileSync, type Stats } from 'node:fs';
import { type FileHandle, open as openHandle, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import { missing, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { systemErrors } from './system-errors.ts';

export interface FoundFile {
  /** A string, or bytes if the name is not valid UTF-8. */
  path: string | Buffer;
  name: string;
  /** 'stream' is a pipe or a terminal: reading may block until another program writes. */
  kind: 'file' | 'stream' | 'device';
  /** Size in bytes; undefined if unknown. */
  size: number | undefined;
}

/**
 * The memory that the next bytes of a text should be read into, so that nobody must copy them; undefined if it is all
 * the same.
 */
export type ReadTarget = () => Promise<Uint8Array | undefined>;

const READ = 1 << 18; // bytes per read
const SMALL = 1 << 16; // bytes

/** What is there. Throws `file-missing` with `hint`, `file-unreadable`. */
export async function inspect(
  path: string | Buffer,
  hint?: string,
): Promise<'folder' | Omit<FoundFile, 'path' | 'name'>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    if (found.isFile()) return { kind: 'file', size: found.size };
    return { kind: found.isFIFO() || found.isCharacterDevice() ? 'stream' : 'device', size: undefined };
  } catch (cause) {
    throw unreadable(path.toString(), cause, hint);
  }
}

/** A single named file; a folder is `file-unreadable`. Throws as `inspect`. */
export async function inspectFile(path: string, hint?: string): Promise<FoundFile> {
  const found = await inspect(path, hint);
  if (found !== 'folder') return { path, name: path, ...found };
  throw new W2vError('file-unreadable', `${quotable(path)} is a folder, expected a file`, 'name a file in it');
}

/** Opens a file to read from any position. Throws `file-missing`, `file-unreadable`. */
export async function openFile(path: string, flags: number = constants.O_RDONLY): Promise<FileHandle> {
  return openHandle(path, flags).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

/** Opens a regular file only: a pipe may block forever, a device may never end. Throws as `openFile`. */
export async function openPlainFile(path: string): Promise<{ handle: FileHandle; found: Stats }> {
  const handle = await openFile(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = await handle.stat();
  if (found.isFile()) return { handle, found };
  await handle.close();
  throw new W2vError(
    'file-unreadable',
    `${quotable(path)} is not a regular file`,
    'replace it with a regular file, or remove it',
  );
}

/**
 * A pipe without a writer must not block a thread in open() or read(), where no signal can interrupt it. It is
 * therefore opened without blocking and read through the event loop. Destroying the stream closes the file. A small
 * file is read at once: with thousands of files, opening, reading and closing each on another thread takes four times
 * as long. A long file is read into `target`, block by block. Throws the system's errors.
 */
export async function openChunks(
  { path, kind, size = 0 }: FoundFile,
  target?: ReadTarget,
): Promise<AsyncIterable<Uint8Array>> {
  if (kind === 'file' && size > 0 && size <= SMALL) return inOnePiece(readFileSync(path));
  if (kind === 'file' && target) return blocksInto(path, target);
  if (kind !== 'stream') return createReadStream(path, { highWaterMark: READ });
  const fd = await promisify(open)(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (isatty(fd)) return new TerminalStream(fd);
  if (fstatSync(fd).isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream(path, { fd, highWaterMark: READ }); // a device, such as /dev/null
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function blocksInto(path: string | Buffer, target: ReadTarget): AsyncIterable<Uint8Array> & { destroy(): void } {
  let file: FileHandle | undefined;
  return {
    async *[Symbol.asyncIterator]() {
      file = await openHandle(path);
      try {
        for (;;) {
          const block = (await target()) ?? Buffer.allocUnsafe(READ);
          const { bytesRead } = await file.read(block, 0, block.length);
          if (bytesRead === 0) return;
          yield block.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
    // Closes after the read that is under way; closing twice is safe.
    destroy: () => void file?.close().catch(() => {}),
  };
}

const permissions = 'change its permissions, or run as a user who may read it';

/** The error that explains to the user why the system cannot read `path`; `hint` is for a file that is missing. */
export function unreadable(path: string, cause: unknown, hint?: string): W2vError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const shown = quotable(path);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return missing(`${shown} does not exist`, hint ?? hintFor(path), { cause });
  }
  const [why, what] = {
    ...systemErrors,
    EACCES: [undefined, permissions],
    EPERM: [undefined, permissions],
    ENXIO: ['it cannot be opened (ENXIO)', 'pass its content as standard input: w2v ... - < FILE'],
  }[code ?? ''] ?? [message, 'check that it is a readable file'];
  const observed = why === undefined ? `no permission to read ${shown}` : `cannot read ${shown}: ${why}`;
  return new W2vError('file-unreadable', observed, what!, { cause });
}

function hintFor(path: string): string {
  if (path === '-') return 'for standard input name /dev/stdin';
  return path.includes('\ufffd')
    ? 'the name is not valid UTF-8: rename the file, or name its folder'
    : 'check the path';
}
