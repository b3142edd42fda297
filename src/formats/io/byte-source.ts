// Reads a file as a stream of bytes with look-ahead; decompresses gzip, recognised by its magic bytes.
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { throwIfAborted, W2vError } from '../../errors.ts';
import { chunkReader, type Read } from './chunk-reader.ts';
import { malformed } from './malformed.ts';
import { openFile, openPlainFile, unreadable } from './open-file.ts';

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

const GZIP_CHUNK = 1 << 20;

/** Throws `file-missing`, or `file-unreadable` for a folder or without permission. */
export async function openByteSource(path: string): Promise<ByteSource> {
  const handle = await openFile(path);
  const found = await handle.stat();
  if (!found.isDirectory()) return sourceOf(handle, found, path);
  await handle.close();
  throw new W2vError('file-unreadable', `${path} is a folder, expected a file of vectors`, 'name a file in it');
}

/**
 * Opens a file next to another file or in a folder that the user did not name; it must be a regular file. Throws as
 * `openByteSource`.
 */
export async function openSideFile(path: string): Promise<ByteSource> {
  const { handle, found } = await openPlainFile(path);
  return sourceOf(handle, found, path);
}

/** A source for a stream, such as standard input; `name` is for messages. The signal also ends a wait for input. */
export async function streamByteSource(stream: Readable, name: string, signal?: AbortSignal): Promise<ByteSource> {
  if (signal) addAbortSignal(signal, stream);
  const { read } = chunkReader(stream as AsyncIterable<Uint8Array>, (error) => {
    throwIfAborted(signal);
    return unreadable(name, error);
  });
  return unpackedSource(name, read);
}

async function sourceOf(handle: FileHandle, stat: Stats, path: string): Promise<ByteSource> {
  const fromFile: Read = async (target, offset, count) => {
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
  try {
    return await unpackedSource(path, fromFile, stat.isFile() ? stat.size : undefined, () => handle.close());
  } catch (error) {
    await handle.close();
    throw error;
  }
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
  const magic = await plain.peek(2);
  const packed = magic.length === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  const unpacked = packed ? gunzipped(plain.read, name) : undefined;
  const { peek, read, putBack } = unpacked === undefined ? plain : peekable(unpacked.read);
  return {
    name,
    fileBytes,
    contentBytes: packed ? undefined : fileBytes,
    peek,
    read,
    putBack,
    fileBytesRead: () => position,
    reopen: packed || fileBytes === undefined ? undefined : () => openByteSource(name),
    close: async () => {
      unpacked?.close();
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

function gunzipped(packed: Read, path: string): { read: Read; close(): void } {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = new Uint8Array(GZIP_CHUNK >> 2);
      const got = await packed(chunk, 0, chunk.length);
      if (got > 0) yield chunk.subarray(0, got);
      if (got < chunk.length) return;
    }
  }
  const input = Readable.from(chunks());
  const gunzip = createGunzip({ chunkSize: GZIP_CHUNK });
  input.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', () => undefined); // `output` throws it if it is still read
  const output = input.pipe(gunzip) as AsyncIterable<Uint8Array>;
  const { read } = chunkReader(output, (error, bytes) => {
    if (error instanceof W2vError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return malformed(path, `the gzip data is truncated or damaged after ${bytes} decompressed bytes (${reason})`);
  });
  const close = () => {
    input.destroy();
    gunzip.destroy();
  };
  return { read, close };
}
