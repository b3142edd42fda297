// Reads a test set as numbered lines of UTF-8 text, without byte order mark, blank lines and line ends.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { checkOptionKinds, checkText } from '../base/check.ts';
import { malformed, malformedAt, missing, throwIfAborted, W2vError } from '../base/errors.ts';
import { printable, quotable, shortened } from '../base/printable.ts';

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** Non-empty lines, trimmed. `name` is the path of the file, for messages. */
export function linesOf(text: string): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

/** Limits: the largest test sets have a few megabytes; a larger file or a longer line is not a test set. */
const MOST_BYTES = 64e6;
const LONGEST_LINE = 10_000;

/** Throws `file-missing`, `file-unreadable`, `file-malformed` (too large), `not-text`, `interrupted`. */
export async function readTestFile(path: string, signal?: AbortSignal): Promise<string> {
  checkText(path, 'the path');
  checkOptionKinds('reading a test set', { signal });
  return checkedText(await readAll(path, signal), path);
}

/** The same of a stream; `name` is for messages. Throws `file-malformed` (too large), `not-text`. */
export async function readTestStream(pieces: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  return checkedText(await allOf(pieces, name), name);
}

function checkedText(bytes: Buffer, path: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new W2vError('not-text', `${quotable(path)}: not valid UTF-8 text`, 'save the file as UTF-8', { cause });
  }
  let number = 1;
  for (let from = 0; from < text.length; number++) {
    const end = text.slice(from, from + LONGEST_LINE + 1).search(/[\r\n]/);
    if (end < 0 && text.length - from > LONGEST_LINE) {
      const observed = `the line is longer than ${LONGEST_LINE.toLocaleString('en-US')} characters`;
      throw malformedAt(`${quotable(path)}:${number}`, observed, 'give a test set with one item per line');
    }
    if (end < 0) break;
    from += end + (text.startsWith('\r\n', from + end) ? 2 : 1);
  }
  return text;
}

/** Opens without blocking, so that waiting for the writer of a FIFO can be interrupted. */
async function readAll(path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw tooLarge(path);
    return await allOf(read(file, signal), path);
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    const name = quotable(path);
    if (code === 'ENOENT') throw missing(`${name}: no such file`, 'check the path', { cause });
    const observed = `${name}: cannot be read (${printable(message)})`;
    throw new W2vError('file-unreadable', observed, 'give a file that can be read', { cause });
  } finally {
    await file?.close();
  }
}

async function allOf(stream: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw tooLarge(name);
  }
  return Buffer.concat(pieces);
}

async function* read(file: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const isPipe = (await file.stat()).isFIFO();
  let begun = false;
  for (;;) {
    throwIfAborted(signal);
    const buffer = Buffer.allocUnsafe(1 << 16);
    const count = await file.read(buffer, 0, buffer.length, null).then(
      ({ bytesRead }) => bytesRead,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EAGAIN') return undefined; // the writer has written nothing yet
        throw error;
      },
    );
    if (count) yield buffer.subarray(0, count);
    else if (count === 0 && (begun || !isPipe)) return;
    else await setTimeout(10);
    begun ||= count !== 0;
  }
}

function tooLarge(path: string): W2vError {
  const observed = `${quotable(path)} is larger than ${MOST_BYTES / 1e6} MB`;
  return malformed(observed, 'give a test set: word pairs with a score, or analogy questions');
}

/** A line for a message. */
export function shown(text: string): string {
  return `"${printable(shortened(text, 60))}"`;
}
