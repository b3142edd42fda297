// Standard input in the place of a file (`-`), by one rule for every command: it can be read once.
import { findSources, openText } from '../corpus/source.ts';
import { type CommandContext, say } from './context.ts';

/** What messages call it. */
export const STANDARD_INPUT = 'standard input';

/** Someone who has typed `-` should know that the command waits for text. */
export function sayWaiting(context: CommandContext): void {
  if (context.stdin.isTTY) say(context, 'Reading from the terminal; Ctrl-D ends the text.');
}

/** A text file, plain or packed with gzip, or standard input. Iterating throws `file-missing`, with `hint`. */
export async function textFrom(
  context: CommandContext,
  file: string,
  hint: string,
): Promise<AsyncIterable<Uint8Array>> {
  const { stdin, signal } = context;
  if (file !== '-') return openText(file, hint).chunks(() => {}, signal);
  sayWaiting(context);
  const { sources } = await findSources(['-'], { stdin, signal });
  return sources[0].chunks(() => {}, signal);
}
