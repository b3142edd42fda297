// The user's own tokenizer: an ES module with a function as its default export. It is code that runs with all rights of
// the user, so only the user names it, on the command line or in a program; never a file that is read.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { malformed, missing, W2vError } from '../../base/errors.ts';
import { counted } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { sha256OfFile } from '../../files/sha256.ts';
import type { Segmenter } from './segment.ts';

const wanted = 'its default export must be a function (line) => tokens, with an array of strings as result';
const SECONDS_TO_LOAD = 60; // a dictionary takes a few
const MOST = 1000; // tokens, and as many again for each 10 characters: an iterable may never end

/** Throws `file-missing`, `file-unreadable`, or `file-malformed` for what is no such module. */
export async function openModule(file: string): Promise<{ segmenter: Segmenter; module: string; sha256: string }> {
  const name = quotable(file);
  await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') {
      const why = cause.code === 'EISDIR' ? 'it is a folder' : cause.message;
      throw new W2vError('file-unreadable', `cannot read the tokenizer module ${name}: ${why}`, wanted, { cause });
    }
    const observed = `the tokenizer module ${name} does not exist`;
    throw missing(observed, 'give the path of an ES module, such as ./tokenizer.js', { cause });
  });
  const sha256 = await sha256OfFile(file);
  const exported = await loaded(file).catch((cause) => {
    const observed = `the tokenizer module ${name} does not load: ${quotable(messageOf(cause))}`;
    throw malformed(observed, 'run it with node to see where it fails; it must be an ES module', { cause });
  });
  const split = exported.default;
  if (typeof split !== 'function') {
    const found = 'default' in exported ? `has a default export of type ${typeof split}` : 'has no default export';
    throw malformed(`the tokenizer module ${name} ${found}`, wanted);
  }
  return { segmenter: { segment: (line) => checkedTokens(() => split(line), line, name) }, module: file, sha256 };
}

/** The module's exports. The timer also keeps Node from ending without a word while a top-level await waits for ever. */
async function loaded(file: string): Promise<Record<string, unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready after ${SECONDS_TO_LOAD} seconds`)), SECONDS_TO_LOAD * 1000);
  });
  try {
    return await Promise.race([import(pathToFileURL(file).href), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The tokens that `split` returns for `line`, each checked. */
function* checkedTokens(split: () => unknown, line: string, name: string): Generator<string> {
  const wrong = (found: string, hint = wanted) => malformed(`the tokenizer module ${name} ${found}`, hint);
  let count = 0;
  const most = MOST * (1 + line.length / 10);
  try {
    const tokens = split();
    if (tokens instanceof Promise) {
      tokens.catch(() => {}); // this error comes first
      throw wrong('returned a promise; expected an array of strings', 'use a synchronous function');
    }
    if (typeof tokens === 'string' || typeof (tokens as Iterable<unknown>)?.[Symbol.iterator] !== 'function') {
      throw wrong(
        `returned ${tokens === null ? 'null' : `a value of type ${typeof tokens}`}; expected an array of strings`,
      );
    }
    for (const token of tokens as Iterable<unknown>) {
      if (typeof token !== 'string') throw wrong(`returned a token of type ${typeof token}; expected a string`);
      if (++count > most)
        throw wrong(`returned more than ${count - 1} tokens for a line of ${counted(line.length, 'character')}`);
      yield token;
    }
  } catch (cause) {
    if (cause instanceof W2vError) throw cause;
    throw wrong(`failed: ${quotable(messageOf(cause))}`, 'correct it: an error in any line ends the reading');
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
