// Where the text comes from: files, folders, globs, gzip, standard input -> chunks of bytes, file by file.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable, type TransformOptions } from 'node:stream';
import { createGunzip, type ZlibOptions } from 'node:zlib';
import { glob, isDynamicPattern } from 'tinyglobby';
import { W2vError } from '../errors.ts';

export interface TextSource {
  /** As the user would name it; '-' is standard input. */
  name: string;
  /** Bytes on disk; undefined where that is not known (standard input, a pipe). */
  size: number | undefined;
  /**
   * The text as bytes, unpacked if it starts like gzip, whatever its name. The first chunk has 4 bytes or all there are.
   * `onRead` hears how many bytes came off the disk. Throws `file-unreadable`, `file-malformed` (broken gzip).
   */
  chunks(onRead: (bytes: number) => void): AsyncGenerator<Uint8Array>;
}

const READ = 1 << 18; // bytes a read
const UNPACK = 1 << 18; // bytes a chunk of unpacked text

/**
 * The files behind `paths`, in order: a file as it is; '-' is `stdin`; a folder stands for all files below it, by name
 * (names that start with a dot and links to folders left out); a path that does not exist but has glob characters
 * for the files it matches, by name. Throws `file-missing`, `file-unreadable`, `usage`.
 */
export async function findSources(paths: readonly string[], stdin?: AsyncIterable<Uint8Array>): Promise<TextSource[]> {
  const sources: TextSource[] = [];
  let stdinTaken = false;
  for (const path of paths) {
    if (path === '-') {
      if (!stdin) throw new W2vError('usage', 'standard input (-) is not to be had here', 'name a file instead');
      if (stdinTaken) throw new W2vError('usage', 'standard input (-) was named twice', 'name it once');
      stdinTaken = true;
      sources.push(sourceOf('-', undefined, () => stdin));
      continue;
    }
    for (const file of await filesBehind(path)) {
      const { size } = await inspect(file);
      sources.push(sourceOf(file, size, () => createReadStream(file, { highWaterMark: READ })));
    }
  }
  return sources;
}

async function filesBehind(path: string): Promise<string[]> {
  const found = await inspect(path).catch((error: unknown) => {
    if (error instanceof W2vError && error.code === 'file-missing' && isDynamicPattern(path)) return undefined;
    throw error;
  });
  if (found && !found.isDirectory) return [path];
  if (found) {
    const files = await filesBelow(path);
    if (files.length > 0) return files;
    throw new W2vError('file-missing', `the folder ${path} holds no file`, 'name a folder with text files in it');
  }
  const files = await glob(path, { onlyFiles: true, expandDirectories: false, followSymbolicLinks: false });
  if (files.length > 0) return files.sort(byName);
  throw new W2vError('file-missing', `no file matches ${path}`, 'check the path, or put it in quotes');
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile() || (entry.isSymbolicLink() && !(await inspect(path)).isDirectory)) files.push(path);
  }
  return files;
}

async function inspect(path: string): Promise<{ isDirectory: boolean; size: number | undefined }> {
  try {
    const found = await stat(path);
    return { isDirectory: found.isDirectory(), size: found.isFile() ? found.size : undefined };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function sourceOf(name: string, size: number | undefined, open: () => AsyncIterable<Uint8Array>): TextSource {
  return {
    name,
    size,
    async *chunks(onRead) {
      const packed = withLongHead(counted(open(), name, onRead));
      const first = await packed.next();
      if (first.done) return;
      const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
      const whole = putBack(first.value, packed);
      yield* isGzip ? withLongHead(gunzip(whole, name)) : whole;
    },
  };
}

async function* counted(chunks: AsyncIterable<Uint8Array>, name: string, onRead: (bytes: number) => void) {
  try {
    for await (const chunk of chunks) {
      onRead(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw unreadable(name, cause);
  }
}

/** Joins first chunks until 4 bytes are there (or all there are), enough to know gzip and byte order marks by. */
async function* withLongHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < 4) continue;
    yield head;
    head = undefined;
  }
  if (head && head.length > 0) yield head;
}

async function* putBack(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  // Room for two chunks beyond the one in hand: the unpacking thread works on while this one reads them.
  const options: ZlibOptions & TransformOptions = { chunkSize: UNPACK, readableHighWaterMark: 2 * UNPACK };
  const unpacker = createGunzip(options);
  pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: READ }), unpacker, () => {});
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw new W2vError(
      'file-malformed',
      `${name} starts like gzip but cannot be unpacked: ${(cause as Error).message}`,
      `check it with: gzip -t ${name}`,
      { cause },
    );
  }
}

/** Length of the UTF-8 byte order mark `head` starts with, or 0. Throws `not-text` at one of UTF-16 or UTF-32. */
export function byteOrderMarkLength(head: Uint8Array, name: string): number {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 3;
  let encoding: string | undefined;
  if (a === 0xff && b === 0xfe) encoding = c === 0 && d === 0 ? 'UTF-32LE' : 'UTF-16LE';
  else if (a === 0xfe && b === 0xff) encoding = 'UTF-16BE';
  else if (a === 0 && b === 0 && c === 0xfe && d === 0xff) encoding = 'UTF-32BE';
  if (!encoding) return 0;
  throw new W2vError(
    'not-text',
    `${name} is ${encoding}, expected UTF-8`,
    `convert it: iconv -f ${encoding.slice(0, 6)} -t UTF-8 ${name} > NEW`,
  );
}

function unreadable(path: string, cause: unknown): W2vError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new W2vError('file-missing', `no such file or folder: ${path}`, 'check the path', { cause });
  }
  const denied = code === 'EACCES' || code === 'EPERM';
  return new W2vError(
    'file-unreadable',
    denied ? `no permission to read ${path}` : `cannot read ${path}: ${message}`,
    denied ? 'change its permissions, or run as a user who may read it' : 'check that it is a readable file',
    { cause },
  );
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
