// The texts that w2v search goes through: a file, a pipe or standard input, one text a line.
import { tmpdir } from 'node:os';
import { findSources, openText, type TextSource } from '../corpus/source.ts';
import { spooledText, type TextPasses } from '../corpus/spooled-text.ts';
import { inspectFile } from '../files/open-file.ts';
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
  const once = name === '-' ? (await findSources([name], { stdin })).sources[0]! : { name, ...openText(name, hint) };
  let kept: TextPasses | undefined;
  return {
    source: () => kept ?? once,
    keep() {
      kept ??= spooledText(once, tmpdir());
    },
    close: () => kept?.close(),
  };
}
