// The bytes of a file, pipe or terminal as a stream that can be destroyed at any time.
import { constants, createReadStream, fstatSync, open, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import type { FoundFile } from './find-files.ts';

const READ = 1 << 18; // bytes a read
const SMALL = 1 << 16; // bytes

/**
 * A pipe that nobody writes to must not hold a thread in open() or read(), which no signal reaches: it is opened without
 * waiting and read through the event loop. Destroying the stream closes the file. A small file is read at once: among
 * thousands of them, opening, reading and closing each on another thread takes four times as long. Throws what the system
 * throws.
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
