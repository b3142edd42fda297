// A prompt on a terminal: history with the arrow keys, words completed with Tab.
import { createInterface } from 'node:readline/promises';
import { throwIfAborted } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { type CommandContext, say } from '../context.ts';

const MOST_COMPLETIONS = 40;

/**
 * The words that begin as the last word of the line does, in the order of the file; and what they would replace. None with white
 * space or control characters in it: the first could not be typed, the second would be obeyed by the terminal.
 */
export function completionsOf(words: readonly string[], line: string): [completions: string[], begun: string] {
  const begun = /\S*$/.exec(line)![0];
  if (begun === '') return [[], begun];
  const found: string[] = [];
  for (const word of words) {
    if (!word.startsWith(begun) || /\s/.test(word) || printable(word) !== word) continue;
    if (found.push(word) === MOST_COMPLETIONS) break;
  }
  return [found, begun];
}

/**
 * Asks for lines on stderr until Ctrl-D or .exit, and answers each that is not blank. Ctrl-C stops an answer that is being worked
 * out, clears a line that is half typed, and leaves where there is neither.
 */
export async function askLines(
  context: CommandContext,
  words: readonly string[],
  quiet: boolean,
  answer: (line: string, signal: AbortSignal) => Promise<void>,
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
  let answering: AbortController | undefined;
  lines.on('SIGINT', () => {
    if (answering !== undefined) answering.abort();
    else if (lines.line === '') lines.close();
    else {
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
    }
  });
  lines.on('SIGCONT', () => lines.prompt(true)); // back from Ctrl-Z: readline has paused the input
  signal.addEventListener('abort', () => lines.close());
  if (!quiet) say(context, 'Type a word, or king - man + woman; Tab completes, Ctrl-D or .exit leaves.');
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === '.exit') break;
    if (text !== '') {
      answering = new AbortController();
      try {
        await answer(text, AbortSignal.any([signal, answering.signal]));
      } catch (error) {
        if (!answering.signal.aborted || signal.aborted) throw error;
        say(context, 'Stopped.');
      } finally {
        answering = undefined;
      }
    }
    lines.prompt();
  }
  lines.close();
  throwIfAborted(signal);
  if (!quiet) say(context, ''); // Ctrl-D leaves the cursor behind the prompt
}
