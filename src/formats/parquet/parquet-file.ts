// Random access to a Parquet file, which is read from its footer. Input from gzip or a pipe is stored first.
import { closeSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { malformedAt, throwIfAborted, W2vError } from '../../base/errors.ts';
import type { ByteSource } from '../../files/byte-source.ts';
import { openTemporaryFile, temporaryFileError } from '../../files/temporary-file.ts';
import { allocate } from '../io/allocate.ts';

const WINDOW = 1 << 20;
const MOST_IN_MEMORY = 1 << 26;
const TAIL = 8;
const MAGIC = 'PAR1';

const spill = () => ({ directory: tmpdir(), holds: 'the decompressed Parquet file', room: 'free disk space' });

/** Largest footer. One with 100,000 column chunks has some 10 MB. */
const MOST_FOOTER = 1 << 24;

/** The `count` bytes at `position`, which must exist; the view is never overwritten. */
export type ReadBytes = (position: number, count: number) => Promise<Uint8Array>;

export interface ParquetFile {
  name: string;
  /** Size of the content in bytes. */
  size: number;
  /** End of the columns and start of the footer. */
  end: number;
  footer: Uint8Array;
  /** A reader with a window of its own, so that columns which are read together do not push out each other's bytes. */
  reader(): ReadBytes;
  close(): Promise<void>;
}

/** Throws `file-malformed` without a footer, `out-of-memory` if decompressed content does not fit in memory. */
export async function openParquet(source: ByteSource, signal?: AbortSignal): Promise<ParquetFile> {
  const { name } = source;
  const { size, reader, close } = source.contentBytes === undefined ? await kept(source, signal) : await onDisk(source);
  try {
    const where = `${name} at byte ${Math.max(0, size - TAIL)}`;
    if (size < TAIL + MAGIC.length) throw malformedAt(where, `${size} bytes, too few for Parquet`);
    const read = reader();
    const tail = Buffer.from(await read(size - TAIL, TAIL));
    if (tail.toString('latin1', 4) !== MAGIC)
      throw malformedAt(where, 'no PAR1, expected at the end of a Parquet file');
    const length = tail.readUInt32LE(0);
    const end = size - TAIL - length;
    if (end < MAGIC.length) throw malformedAt(where, `a footer of ${length} bytes, but the file has ${size}`);
    if (length > MOST_FOOTER) throw malformedAt(where, `a footer of ${length} bytes, expected at most ${MOST_FOOTER}`);
    return { name, size, end, footer: await read(end, length), reader, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Opened = Pick<ParquetFile, 'size' | 'reader' | 'close'>;

async function onDisk({ name, contentBytes: size = 0 }: ByteSource): Promise<Opened> {
  const handle = await open(name, 'r');
  const readAt: ReadAt = (...where) => handle.read(...where);
  return { size, reader: () => windowed(name, size, readAt), close: () => handle.close() };
}

type ReadAt = (bytes: Uint8Array, offset: number, count: number, position: number) => Promise<{ bytesRead: number }>;

function windowed(name: string, size: number, readAt: ReadAt): ReadBytes {
  let window: Uint8Array = new Uint8Array(0);
  let start = 0;
  return async (position, count) => {
    if (position < start || position + count > start + window.length) {
      const wanted = Math.min(Math.max(count, WINDOW), size - position);
      const bytes = allocate(name, wanted, () => Buffer.allocUnsafeSlow(wanted));
      for (let at = 0; at < wanted; ) {
        const { bytesRead } = await readAt(bytes, at, wanted - at, position + at);
        if (bytesRead === 0) throw malformedAt(`${name} at byte ${position + at}`, 'the file shrank while it was read');
        at += bytesRead;
      }
      [window, start] = [bytes, position];
    }
    return window.subarray(position - start, position - start + count);
  };
}

/** Stores input that can be read only once: in memory or, if large, in a temporary file. */
async function kept(source: ByteSource, signal: AbortSignal | undefined): Promise<Opened> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let file: number | undefined;
  try {
    for (;;) {
      throwIfAborted(signal);
      const piece = allocate(source.name, WINDOW, () => Buffer.allocUnsafeSlow(WINDOW));
      const got = await source.read(piece, 0, WINDOW);
      pieces.push(piece.subarray(0, got));
      if (size + got > MOST_IN_MEMORY) {
        file ??= spilling(() => openTemporaryFile(spill()));
        writePieces(file, pieces, size + got);
        pieces.length = 0;
      }
      size += got;
      if (got < WINDOW) break;
    }
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw error;
  }
  if (file === undefined) {
    const whole = Buffer.concat(pieces);
    const read: ReadBytes = async (at, count) => whole.subarray(at, at + count);
    return { size, reader: () => read, close: async () => undefined };
  }
  const descriptor = file;
  const readAt: ReadAt = async (...where) => ({ bytesRead: readSync(descriptor, ...where) });
  return { size, reader: () => windowed(source.name, size, readAt), close: async () => closeSync(descriptor) };
}

/** Writes pieces that end at `end`. */
function writePieces(file: number, pieces: readonly Uint8Array[], end: number): void {
  let position = end - pieces.reduce((sum, { length }) => sum + length, 0);
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const written = spilling(() => writeSync(file, piece, at, piece.length - at, position));
      at += written;
      position += written;
    }
  }
}

function spilling<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { message, code } = temporaryFileError(spill(), error);
    throw new W2vError(code, message, 'free disk space, or decompress the file first', { cause: error });
  }
}
