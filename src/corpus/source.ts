// Reads the text of a corpus (files, folders, globs, gzip, standard input) as chunks of bytes, file by file.
import { stat } from 'node:fs/promises';
import { usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { gunzip, startsLikeGzip, untilAborted, utf8MarkLength } from '../files/chunks.ts';
import { type FoundFile, inspectFile, openChunks, type ReadTarget, unreadable } from '../files/open-file.ts';
import type { EncodingName } from './encoding/encodings.ts';
import { findFiles, type SkippedFile } from './find-files.ts';

/** Text in chunks of any size: UTF-8 bytes, or strings. */
export type TextChunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

export interface TextSource {
  /** The path as the user would write it; '-' is standard input. */
  name: string;
  /** Bytes on disk; undefined if unknown (standard input, a pipe). */
  size: number | undefined;
  /**
   * The text as bytes. Data that starts like gzip is decompressed, whatever the file name. The first chunk has at least
   * 4 bytes, or all bytes of a shorter text. `onRead` receives the number of bytes read from disk. Throws
   * `file-unreadable`, `file-malformed` (broken gzip), `not-text` (gzip in gzip), and `interrupted` at once when the
   * signal fires, even while waiting for text. Bytes that need no decompression may lie in the memory that `target`
   * gives.
   */
  chunks(onRead: (bytes: number) => void, signal?: AbortSignal, target?: ReadTarget): AsyncGenerator<Uint8Array>;
}

/**
 * The sources that `paths` name, in order; '-' is `stdin`, other paths follow the rules of `findFiles`.
 * Throws `file-missing`, `file-unreadable`, `usage`, `interrupted`.
 */
export async function findSources(
  paths: readonly string[],
  { stdin, signal }: { stdin?: TextChunks | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ sources: TextSource[]; skipped: SkippedFile[] }> {
  const sources: TextSource[] = [];
  const skipped: SkippedFile[] = [];
  let stdinTaken = false;
  for (const path of paths) {
    if (path === '-') {
      if (!stdin) throw usage('standard input (-) is not available here', 'name a file instead');
      if (stdinTaken) throw usage('standard input (-) was named twice', 'name it once');
      stdinTaken = true;
      sources.push(sourceOf('-', undefined, async () => bytesOf(stdin)));
      continue;
    }
    const found = await findFiles(path, { signal });
    for (const file of found.files) sources.push(fileSource(file));
    skipped.push(...found.skipped.slice(0, MOST_SKIPPED));
  }
  return { sources, skipped };
}

const MOST_SKIPPED = 1000; // more names than anybody reads

/** One text file, plain or compressed with gzip. `chunks` also throws `file-missing`, with `hint`. */
export function openText(path: string, hint: string): Pick<TextSource, 'chunks'> {
  return {
    async *chunks(onRead, signal) {
      yield* fileSource(await inspectFile(path, hint)).chunks(onRead, signal);
    },
  };
}

function fileSource(file: FoundFile): TextSource {
  const { path, name, size } = file;
  return sourceOf(
    name,
    size,
    (target) => openChunks(file, target),
    async (read) => {
      if (size === undefined || read >= size) return;
      const now = await stat(path);
      if (now.size >= size) return; // in Linux's /sys, sizes exceed what can be read
      throw new W2vError(
        'file-unreadable',
        `${quotable(name)} shrank while it was read: ${size} bytes at the start, ${read} read`,
        'run the command again when no other program writes to the file',
      );
    },
  );
}

function sourceOf(
  name: string,
  size: number | undefined,
  open: (target?: ReadTarget) => Promise<AsyncIterable<Uint8Array>>,
  onEnd: (read: number) => Promise<void> = async () => {},
): TextSource {
  async function* readChunks(onRead: (bytes: number) => void, signal: AbortSignal | undefined, target?: ReadTarget) {
    let done = 0;
    try {
      for await (const chunk of untilAborted(await open(target), signal)) {
        onRead(chunk.length);
        done += chunk.length;
        yield chunk;
      }
      await onEnd(done);
    } catch (cause) {
      if (cause instanceof W2vError) throw cause;
      throw unreadable(name, cause);
    }
  }
  return {
    name,
    size,
    async *chunks(onRead, signal, target) {
      let isText = false; // what is still to be decompressed must not lie in the target
      const read = target && (async () => (isText ? target() : undefined));
      const packed = withLongHead(readChunks(onRead, signal, read));
      const first = await packed.next();
      if (first.done) return;
      const whole = putBack(first.value, packed);
      if (!startsLikeGzip(first.value)) {
        isText = true;
        yield* whole;
        return;
      }
      let isFirst = true;
      for await (const chunk of withLongHead(gunzip(whole, name))) {
        if (isFirst && startsLikeGzip(chunk)) throw packedTwice(name); // almost certainly a mistake
        isFirst = false;
        yield chunk;
      }
    },
  };
}

/** Encodes strings as UTF-8. A surrogate pair may be split between two strings. */
async function* bytesOf(chunks: TextChunks): AsyncGenerator<Uint8Array> {
  let half = '';
  for await (const chunk of chunks) {
    if (chunk instanceof Uint8Array) {
      yield chunk;
      continue;
    }
    if (typeof chunk !== 'string') {
      throw usage(
        `standard input has chunks of type ${typeof chunk}, expected strings or Uint8Array`,
        'pass an iterable of strings, or of bytes in UTF-8',
      );
    }
    const text = half + chunk;
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    yield Buffer.from(half === '' ? text : text.slice(0, -1));
  }
  if (half !== '') yield Buffer.from(half);
}

/**
 * Joins the first chunks until 4 bytes are available (or all of them), enough to recognise gzip and byte order marks.
 */
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

function packedTwice(name: string): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is compressed with gzip twice, expected text inside`,
    `decompress it once: gzip -dc < ${quotable(name)} > NEW.gz`,
  );
}

async function* putBack(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/**
 * What the first bytes of a file say: how many of them are a byte order mark, and the encoding to decode the rest from;
 * undefined for UTF-8. `given` is what the user says. Throws `not-text` for UTF-32.
 */
export function openingOf(
  head: Uint8Array,
  name: string,
  given?: EncodingName,
): { skip: number; encoding: EncodingName | undefined } {
  const [a, b, c, d] = head;
  const skip = utf8MarkLength(head);
  if (given?.startsWith('utf-16') !== true && skip > 0) return { skip, encoding: undefined };
  let found: string | undefined;
  if (a === 0xff && b === 0xfe) found = c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  else if (a === 0xfe && b === 0xff) found = 'utf-16be';
  else if (a === 0 && b === 0 && c === 0xfe && d === 0xff) found = 'utf-32be';
  if (found === undefined) return { skip: 0, encoding: given };
  if (found.startsWith('utf-16')) return { skip: 2, encoding: found as EncodingName };
  throw inEncoding(found, name);
}

/** Length of the UTF-8 byte order mark at the start of `head`, or 0. Throws `not-text` for UTF-16 or UTF-32. */
export function byteOrderMarkLength(head: Uint8Array, name: string): number {
  const { skip, encoding } = openingOf(head, name);
  if (encoding !== undefined) throw inEncoding(encoding, name);
  return skip;
}

function inEncoding(encoding: string, name: string): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is ${encoding.toUpperCase()}, expected UTF-8`,
    `convert it: iconv -f ${encoding.slice(0, 6).toUpperCase()} -t UTF-8 ${quotable(name)} > NEW`,
  );
}
