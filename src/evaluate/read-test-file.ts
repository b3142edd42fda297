// The text of a test set: UTF-8, as lines with their numbers, without byte order mark, blank lines or line ends.
import { readFile } from 'node:fs/promises';
import { W2vError } from '../errors.ts';

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** Lines that hold something, trimmed. `name` is the file's path, for messages. */
export function linesOf(text: string): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

/** Throws `file-missing`, `file-unreadable`, `not-text`. */
export async function readTestFile(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new W2vError('file-missing', `${path}: no such file`, 'check the path', { cause });
    throw new W2vError('file-unreadable', `${path}: cannot be read (${message})`, 'give a file that can be read', {
      cause,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new W2vError('not-text', `${path}: not UTF-8 text`, 'save the file as UTF-8', { cause });
  }
}

export function malformed(name: string, line: number, observed: string, hint: string): W2vError {
  return new W2vError('file-malformed', `${name}:${line}: ${observed}`, hint);
}

/** A line as it is shown in a message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
