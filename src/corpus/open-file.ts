// Opens a file, pipe or terminal as a byte stream that can be destroyed at any time.
import { constants, createReadStream, fstatSync, open, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import type { FoundFile } from './find-files.ts';

const READ = 1 << 16; // bytes per read
const SMALL = 1 << 16; // bytes

/**
 * A pipe without a writer must not block a thread in open() or read(), where no signal can interrupt it. It is
 * therefore opened without blocking and read through the event loop. Destroying the stream closes the file. A small
 * file is read at once: with thousands of files, opening, reading and closing each on another thread takes four times
 * as long. Throws the system's errors.
 */
export async function openFile({ path, kind, size = 0 }: FoundFile): Promise<AsyncIterable<Uint8Array>> {
  if (kind === 'file' && size > 0 && size <= SMALL) return inOnePiece(readFileSync(path));
  if (kind !== 'stream') return createReadStream(path, { highWaterMark: READ });
  const fd = await promisify(open)(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (isatty(fd)) return new TerminalStream(fd);
  if (fstatSync(fd).isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream(path, { fd, highWaterMark: READ }); // a device, such as /dev/null
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
