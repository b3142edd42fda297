// Reads a file as a stream of bytes with look-ahead; decompresses gzip, recognized by its magic bytes.
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { usage } from '../base/errors.ts';
import { chunkReader, gunzip, type Read, startsLikeGzip, untilAborted, utf8MarkLength } from './chunks.ts';
import { inspectFile, openChunks, openFile, openPlainFile, unreadable } from './open-file.ts';

export interface ByteSource {
  /** The path, for messages. */
  name: string;
  /** Size of the file on disk in bytes; undefined for a pipe. */
  fileBytes: number | undefined;
  /** Size of the content in bytes; undefined if unknown before the end (.gz, pipe). */
  contentBytes: number | undefined;
  /** The next `count` bytes without consuming them; fewer only at the end of the content. */
  peek(count: number): Promise<Uint8Array>;
  /** Fills target[offset .. offset + count - 1]; returns the number of bytes read, fewer only at the end. */
  read: Read;
  /** Puts bytes back, to be read again. They are not copied. */
  putBack(bytes: Uint8Array): void;
  /** Bytes read from the file (not of the content), for progress reports. */
  fileBytesRead(): number;
  /** The same file from its start, if it can be read again without decompression. */
  reopen: (() => Promise<ByteSource>) | undefined;
  close(): Promise<void>;
}

const PACKED = 1 << 18; // bytes

/**
 * Throws `usage` for an empty name, `file-missing`, or `file-unreadable` for a folder or without permission. The signal
 * also ends a wait for what a pipe brings.
 */
export async function openByteSource(path: string, signal?: AbortSignal): Promise<ByteSource> {
  if (path === '') throw usage('the name of a file is empty', 'name a file');
  const file = await inspectFile(path);
  if (file.kind !== 'stream') return handleSource(await openFile(path), path, file.size);
  const { read, close } = streamReader(await openChunks(file), path, signal);
  return unpackedSource(path, read, undefined, close);
}

/**
 * Opens a file next to another file or in a folder that the user did not name; it must be a regular file. Throws as
 * `openByteSource`.
 */
export async function openSideFile(path: string): Promise<ByteSource> {
  const { handle, found } = await openPlainFile(path);
  return handleSource(handle, path, found.size);
}

/** A source for a stream, such as standard input; `name` is for messages. The signal also ends a wait for input. */
export async function streamByteSource(stream: Readable, name: string, signal?: AbortSignal): Promise<ByteSource> {
  return unpackedSource(name, streamReader(stream, name, signal).read);
}

function streamReader(stream: AsyncIterable<Uint8Array>, name: string, signal: AbortSignal | undefined) {
  return chunkReader(untilAborted(stream, signal), (error) => unreadable(name, error));
}

function handleSource(handle: FileHandle, path: string, size: number | undefined): Promise<ByteSource> {
  const read: Read = async (target, offset, count) => {
    let got = 0;
    while (got < count) {
      const { bytesRead } = await handle.read(target, offset + got, count - got, null).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return got;
  };
  return unpackedSource(path, read, size, () => handle.close());
}

async function unpackedSource(
  name: string,
  underlying: Read,
  fileBytes?: number,
  close: () => Promise<void> = async () => undefined,
): Promise<ByteSource> {
  let position = 0;
  const plain = peekable(async (target, offset, count) => {
    const got = await underlying(target, offset, count);
    position += got;
    return got;
  });
  const isPacked = await plain.peek(2).then(startsLikeGzip, async (error: unknown) => {
    await close();
    throw error;
  });
  const unpacked = isPacked ? chunkReader(gunzip(chunksOf(plain.read), name), (error) => error) : undefined;
  return {
    name,
    fileBytes,
    contentBytes: isPacked ? undefined : fileBytes,
    ...(unpacked ? peekable(unpacked.read) : plain),
    fileBytesRead: () => position,
    reopen: isPacked || fileBytes === undefined ? undefined : () => openByteSource(name),
    async close() {
      await unpacked?.close();
      await close();
    },
  };
}

type Peekable = Pick<ByteSource, 'peek' | 'read' | 'putBack'>;

function peekable(underlying: Read): Peekable {
  let held: Uint8Array = new Uint8Array(0);
  return {
    async peek(count) {
      if (held.length < count) {
        const wider = new Uint8Array(count);
        wider.set(held);
        const got = await underlying(wider, held.length, count - held.length);
        held = wider.subarray(0, held.length + got);
      }
      return held.subarray(0, count);
    },
    async read(target, offset, count) {
      const taken = Math.min(count, held.length);
      target.set(held.subarray(0, taken), offset);
      held = held.subarray(taken);
      return taken === count ? taken : taken + (await underlying(target, offset + taken, count - taken));
    },
    putBack(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([bytes, held]);
    },
  };
}

async function* chunksOf(read: Read): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(PACKED);
    const got = await read(chunk, 0, chunk.length);
    if (got > 0) yield chunk.subarray(0, got);
    if (got < chunk.length) return;
  }
}

/** Skips the byte order mark of a text. */
export async function skipMark(source: ByteSource): Promise<void> {
  const length = utf8MarkLength(await source.peek(3));
  await source.read(new Uint8Array(length), 0, length);
}
