// Reads the members of a ZIP archive as streams, stored or deflated (yauzl parses the format). Decompression stops at
// the size in the archive, and the checksum is verified at the end.
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { malformedAt, W2vError } from '../../base/errors.ts';
import { printable, shortened } from '../../base/printable.ts';
import { chunkReader, type Read } from '../../files/chunks.ts';
import { openPlainFile, unreadable } from '../../files/open-file.ts';
import { noRoomFor } from './allocate.ts';

const CHUNK = 1 << 18;
const MOST_MEMBERS = 1000;
const DEFLATE_MOST = 1032; // largest compression ratio of deflate

export interface ZipMember {
  /** Decompressed size according to the archive. */
  bytes: number;
  /** File, byte and member, for error messages. */
  where: string;
  /** Throws `file-malformed` if the compressed data is damaged. */
  read: Read;
  /** Throws `file-malformed` unless everything has been read and the checksum matches. */
  end(): Promise<void>;
}

export interface ZipArchive {
  /** Decompressed size of all members according to the archive. */
  bytes: number;
  /** Opens a member for `use`, and closes it. Throws `file-malformed`. */
  read<T>(name: string, use: (member: ZipMember) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Reads the directory of an archive in a regular file; `onRead` receives the bytes read from a member. Throws
 * `file-missing`, `file-unreadable`, `file-malformed`.
 */
export async function openZip(path: string, onRead: (bytes: number) => void = () => undefined): Promise<ZipArchive> {
  const { handle, found } = await openPlainFile(path);
  try {
    const { size } = found;
    const reader = new FileReader(handle, size);
    // Names stay bytes: members are never extracted to files, so any name is safe.
    const options = { autoClose: false, decodeStrings: false };
    const file = await fromRandomAccessReaderPromise(reader, size, options).catch((error: unknown) => {
      throw failure(path, `${path} at byte ${size}`, error);
    });
    const entries = await entriesOf(file, path);
    return {
      bytes: [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0),
      async read(name, use) {
        const entry = entries.get(name);
        if (entry === undefined) {
          const hint = 'save a sparse matrix with scipy.sparse.save_npz, a dense one with numpy.save (.npy)';
          throw malformedAt(path, `no member ${name}, expected a sparse matrix of scipy`, hint);
        }
        const where = `${path} at byte ${entry.relativeOffsetOfLocalHeader}: ${name}`;
        return readMember(file, entry, { path, where, onRead }, use);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function entriesOf(file: ZipFile, path: string): Promise<Map<string, Entry>> {
  if (file.entryCount > MOST_MEMBERS) {
    throw malformedAt(path, `${file.entryCount} members, expected the few of a sparse matrix`);
  }
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of file.eachEntry()) entries.set(entry.fileNameRaw.toString('latin1'), entry);
  } catch (error) {
    throw failure(path, `${path} at byte ${Number(file.readEntryCursor)}`, error);
  }
  return entries;
}

async function readMember<T>(
  file: ZipFile,
  entry: Entry,
  { path, where, onRead }: { path: string; where: string; onRead: (bytes: number) => void },
  use: (member: ZipMember) => Promise<T>,
): Promise<T> {
  const { uncompressedSize: bytes, compressedSize, compressionMethod, crc32: expected } = entry;
  if (!entry.canDecodeFileData()) {
    const how = entry.isEncrypted() ? 'encrypted' : `compressed with method ${compressionMethod}`;
    throw malformedAt(where, `the member is ${how}, expected stored or deflated`, 'save the matrix again');
  }
  if (bytes > DEFLATE_MOST * (compressedSize + 1)) {
    throw malformedAt(where, `a size of ${bytes} bytes, impossible for ${compressedSize} compressed bytes`);
  }
  const stream = await file.openReadStreamPromise(entry).catch((error: unknown) => {
    throw failure(path, where, error);
  });
  stream.on('error', () => undefined); // `read` throws it if it is still called
  try {
    const chunks = chunkReader(stream, (error) => failure(path, where, error));
    let checksum = 0;
    const read: Read = async (target, offset, count) => {
      const got = await chunks.read(target, offset, count);
      checksum = crc32(target.subarray(offset, offset + got), checksum);
      onRead(got);
      return got;
    };
    const end = async () => {
      const more = await read(new Uint8Array(1), 0, 1);
      if (more > 0) throw malformedAt(where, 'bytes after the last number');
      if (checksum !== expected) throw malformedAt(where, 'wrong checksum');
    };
    return await use({ bytes, where, read, end });
  } finally {
    stream.destroy();
  }
}

/** Replaces yauzl's own reader, which throws an uncatchable error for an offset outside the file. */
class FileReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  readonly #size: number;

  constructor(handle: FileHandle, size: number) {
    super();
    this.#handle = handle;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fill(buffer.subarray(offset, offset + length), position).then(() => callback(null), callback);
  }

  async #fill(target: Buffer, start: number): Promise<void> {
    let done = 0;
    for await (const bytes of this.#chunks(start, start + target.length)) {
      target.set(bytes, done);
      done += bytes.length;
    }
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#chunks(start, end), { objectMode: false });
  }

  async *#chunks(start: number, end: number): AsyncGenerator<Uint8Array> {
    if (!(start >= 0 && end <= this.#size)) throw new Error(`the file ends at byte ${this.#size}`);
    for (let at = start; at < end; ) {
      const bytes = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
      const { bytesRead } = await this.#handle.read(bytes, 0, bytes.length, at);
      if (bytesRead === 0) throw new Error(`the file ends at byte ${at}`);
      yield bytes.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}

/** Converts an error of the system, zlib or yauzl to a W2vError. */
function failure(path: string, where: string, error: unknown): W2vError {
  if (error instanceof W2vError) return error;
  const { code, errno, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_MEM_ERROR' || error instanceof RangeError) return noRoomFor(`unpacking ${path}`, CHUNK, error);
  if (errno !== undefined && code?.startsWith('E')) return unreadable(path, error);
  return malformedAt(where, `damaged: ${printable(shortened(message, 200))}`);
}
