// Opens a file, pipe or terminal as a byte stream that can be destroyed at any time.
import { constants, createReadStream, fstatSync, open, readFileSync } from 'node:fs';
import { type FileHandle, open as openHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import { isatty, ReadStream as TerminalStream } from 'node:tty';
import { promisify } from 'node:util';
import type { FoundFile } from './find-files.ts';

/**
 * The memory that the next bytes of a text should be read into, so that nobody must copy them; undefined if it is all
 * the same.
 */
export type ReadTarget = () => Promise<Uint8Array | undefined>;

const READ = 1 << 18; // bytes per read
const SMALL = 1 << 16; // bytes

/**
 * A pipe without a writer must not block a thread in open() or read(), where no signal can interrupt it. It is
 * therefore opened without blocking and read through the event loop. Destroying the stream closes the file. A small
 * file is read at once: with thousands of files, opening, reading and closing each on another thread takes four times
 * as long. A long file is read into `target`, block by block. Throws the system's errors.
 */
export async function openFile(
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
