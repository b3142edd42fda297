// Small text files that an option names: phrases, lists of words. They are read while the command line is, so that a
// wrong one is known at once.
import { readFileSync, statSync } from 'node:fs';
import { WHITE_SPACE } from '../../corpus/file-words.ts';
import { W2vError } from '../../errors.ts';
import { systemErrors } from '../../files/system-errors.ts';
import { byteSize } from '../../format-numbers.ts';
import { quotable } from '../../printable.ts';

const LARGEST = 1 << 29; // bytes; strings have a limit

/** Throws `file-missing` with `hint`, `file-unreadable`, `not-text`. */
export function readSmallText(file: string, hint: string): string {
  let bytes: Buffer;
  try {
    const found = statSync(file);
    if (found.isDirectory()) {
      throw new W2vError('file-unreadable', `${quotable(file)} is a folder, expected a file`, hint);
    }
    if (found.size > LARGEST) {
      throw new W2vError('file-malformed', `${quotable(file)} has ${byteSize(found.size)}, too much`, hint);
    }
    bytes = readFileSync(file);
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new W2vError('file-missing', `no such file: ${quotable(file)}`, hint, { cause });
    const [why, advice] = systemErrors[code ?? ''] ?? [String(cause), 'check the file'];
    throw new W2vError('file-unreadable', `${quotable(file)} cannot be read: ${why}`, advice, { cause });
  }
  if (bytes.includes(0)) {
    throw new W2vError('not-text', `${quotable(file)} is not text: byte ${bytes.indexOf(0)} is NUL`, hint);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new W2vError('not-text', `${quotable(file)} is not valid UTF-8`, hint, { cause });
  }
}

/** The words of a file, one a line or several between white space. Throws `file-malformed` if there are none. */
export function readWordList(file: string, hint: string): string[] {
  const words = readSmallText(file, hint)
    .split(new RegExp(`[${WHITE_SPACE}]+`, 'u'))
    .filter((word) => word !== '');
  if (words.length > 0) return [...new Set(words)];
  throw new W2vError('file-malformed', `${quotable(file)} has no words`, hint);
}
