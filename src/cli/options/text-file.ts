// Small text files that an option names: settings, phrases, lists of words. They are read before the corpus, so that a
// wrong one is known at once.
import { readFile, stat } from 'node:fs/promises';
import { malformed, missing, throwIfAborted, W2vError } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { WHITE_SPACE } from '../../corpus/file-words.ts';
import { systemErrors } from '../../files/system-errors.ts';
import type { CommandContext } from '../context.ts';

const LARGEST = 1 << 29; // bytes; strings have a limit

/**
 * The whole text of a file, a pipe or standard input (-).
 *
 * Throws `file-missing` with `hint`, `file-unreadable`, `not-text`, `interrupted`.
 */
export async function readSmallText(context: CommandContext, file: string, hint: string): Promise<string> {
  const bytes = await bytesOf(context, file, hint);
  if (bytes.includes(0)) {
    throw new W2vError('not-text', `${quotable(file)} is not text: byte ${bytes.indexOf(0)} is NUL`, hint);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new W2vError('not-text', `${quotable(file)} is not valid UTF-8`, hint, { cause });
  }
}

async function bytesOf(context: CommandContext, file: string, hint: string): Promise<Buffer> {
  try {
    const found = file === '-' ? undefined : await stat(file);
    if (found?.isDirectory()) {
      throw new W2vError('file-unreadable', `${quotable(file)} is a folder, expected a file`, hint);
    }
    if (found?.isFile()) {
      if (found.size <= LARGEST) return await readFile(file, { signal: context.signal });
      throw malformed(`${quotable(file)} has ${byteSize(found.size)}, too much`, hint);
    }
    const { textFrom } = await import('../standard-input.ts'); // a pipe: it may never have a writer
    const pieces: Uint8Array[] = [];
    for await (const piece of await textFrom(context, file, hint)) pieces.push(piece);
    return Buffer.concat(pieces);
  } catch (cause) {
    throwIfAborted(context.signal);
    if (cause instanceof W2vError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw missing(`no such file: ${quotable(file)}`, hint, { cause });
    const [why, advice] = systemErrors[code ?? ''] ?? [String(cause), 'check the file'];
    throw new W2vError('file-unreadable', `${quotable(file)} cannot be read: ${why}`, advice, { cause });
  }
}

/** The words of a file, one a line or several between white space. Throws `file-malformed` if there are none. */
export async function readWordList(context: CommandContext, file: string, hint: string): Promise<string[]> {
  const words = (await readSmallText(context, file, hint))
    .split(new RegExp(`[${WHITE_SPACE}]+`, 'u'))
    .filter((word) => word !== '');
  if (words.length > 0) return [...new Set(words)];
  throw malformed(`${quotable(file)} has no words`, hint);
}
