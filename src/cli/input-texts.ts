// The texts that w2v search goes through: a file, a pipe or standard input, one text a line.
import { closeSync, createReadStream, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findSources, openText, type TextSource } from '../corpus/source.ts';
import { inspectFile } from '../files/open-file.ts';
import { openTemporaryFile, type TemporaryUse, temporaryFileError } from '../files/temporary-file.ts';
import type { CommandContext } from './context.ts';
import { sayWaiting } from './standard-input.ts';

export interface InputTexts {
  /** For each pass over the texts. */
  source(): Pick<TextSource, 'name' | 'chunks'>;
  /** Before the first of several passes: keeps what comes from a pipe. */
  keep(): void;
  close(): void;
}

const hint = 'give --in a file with one text on each line';

/** Throws `file-missing`, and `file-unreadable` for a folder. */
export async function openTexts(
  { stdin, ...context }: CommandContext,
  name: string,
  quiet: boolean,
): Promise<InputTexts> {
  if (name === '-' && !quiet) sayWaiting({ stdin, ...context });
  const again = name !== '-' && (await inspectFile(name, hint)).kind === 'file';
  if (again) return { source: () => ({ name, ...openText(name, hint) }), keep() {}, close() {} };
  const once = name === '-' ? (await findSources([name], { stdin })).sources[0] : { name, ...openText(name, hint) };
  let kept: TextPasses | undefined;
  return {
    source: () => kept ?? once,
    keep() {
      kept ??= spooledText(once, tmpdir());
    },
    close: () => kept?.close(),
  };
}

type TextPasses = Pick<TextSource, 'name' | 'chunks'> & { close(): void };

/**
 * A text that can be read only once, such as a pipe, made readable again: its bytes go to an unnamed temporary file in
 * the first pass, which has to come to its end. Close it after use. Throws `file-unwritable`.
 */
function spooledText(source: Pick<TextSource, 'name' | 'chunks'>, directory: string): TextPasses {
  const use: TemporaryUse = { directory, holds: 'the texts', room: 'free disk space (as much as the texts have)' };
  const file = openTemporaryFile(use);
  let isFirst = true;
  return {
    name: source.name,
    async *chunks(onRead, signal) {
      if (!isFirst) {
        for await (const chunk of createReadStream('', { fd: file, start: 0, autoClose: false, signal })) {
          yield chunk as Buffer;
        }
        return;
      }
      isFirst = false;
      for await (const chunk of source.chunks(onRead, signal)) {
        try {
          for (let from = 0; from < chunk.length; ) from += writeSync(file, chunk, from);
        } catch (cause) {
          throw temporaryFileError(use, cause);
        }
        yield chunk;
      }
    },
    close: () => closeSync(file),
  };
}
