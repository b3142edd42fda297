// A prompt on a terminal: history with the arrow keys, words completed with Tab.
import { createInterface } from 'node:readline/promises';
import { throwIfAborted } from '../errors.ts';
import { type CommandContext, say } from './context.ts';

const MOST_COMPLETIONS = 40;

/** The words that begin as the last word of the line does, in the order of the file; and what they would replace. */
export function completionsOf(words: readonly string[], line: string): [completions: string[], begun: string] {
  const begun = /\S*$/.exec(line)![0];
  if (begun === '') return [[], begun];
  const found: string[] = [];
  for (const word of words) {
    if (word.startsWith(begun) && !/\s/.test(word) && found.push(word) === MOST_COMPLETIONS) break;
  }
  return [found, begun];
}

/** Asks for lines on stderr until Ctrl-D, Ctrl-C or .exit, and answers each that is not blank. */
export async function askLines(
  context: CommandContext,
  words: readonly string[],
  quiet: boolean,
  answer: (line: string) => void,
): Promise<void> {
  const { stdin, stderr, signal } = context;
  const lines = createInterface({
    input: stdin,
    output: stderr,
    prompt: quiet ? '' : 'word> ',
    completer: (line: string) => completionsOf(words, line),
    historySize: 1000,
    removeHistoryDuplicates: true,
  });
  lines.on('SIGINT', () => lines.close());
  signal.addEventListener('abort', () => lines.close());
  if (!quiet) say(context, 'Type a word, or king - man + woman; Tab completes, Ctrl-D or .exit leaves.');
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === '.exit') break;
    if (text !== '') answer(text);
    lines.prompt();
  }
  lines.close();
  throwIfAborted(signal);
  if (!quiet) say(context, ''); // Ctrl-D leaves the cursor behind the prompt
}
