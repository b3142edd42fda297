// A prompt on a terminal: history with the arrow keys, also of earlier sessions; words completed with Tab.
import { createInterface } from 'node:readline/promises';
import { throwIfAborted, W2vError } from '../../base/errors.ts';
import { thousands } from '../../base/format-numbers.ts';
import { printable } from '../../base/printable.ts';
import { type CommandContext, say } from '../context.ts';
import { tell } from '../problems.ts';
import { MOST_LINES, openHistory } from './history.ts';
import { formatTable } from './table.ts';

const MOST_COMPLETIONS = 40;

/**
 * The words that begin as the last word of the line does, in the order of the file; and what they would replace. Of
 * many, the first, and how many more there are. None with white space or control characters in it: the first could not
 * be typed, the second would be obeyed by the terminal.
 */
export function completionsOf(words: readonly string[], line: string): [completions: string[], begun: string] {
  const begun = /\S*$/.exec(line)![0];
  if (begun === '') return [[], begun];
  const found = words.filter((word) => word.startsWith(begun) && !/\s/.test(word) && printable(word) === word);
  if (found.length <= MOST_COMPLETIONS) return [found, begun];
  // readline completes what the list has in common, so a part of the list must not have more in common than all of it.
  const prefix = commonPrefix(found);
  if (prefix.length > begun.length) return [[prefix], begun];
  return [[...found.slice(0, MOST_COMPLETIONS), `… and ${thousands(found.length - MOST_COMPLETIONS)} more`], begun];
}

function commonPrefix(words: readonly string[]): string {
  let prefix = words[0];
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

export interface Prompt {
  /** What Tab completes. */
  words: readonly string[];
  /** Before the cursor: 'word'. */
  asks: string;
  /** What may be typed, each with what it means. */
  examples: readonly (readonly [typed: string, meaning: string])[];
  /** Where what was typed is kept for the next time. */
  historyFile: string;
  quiet: boolean;
}

const leaving = new Set(['exit', 'quit', '.exit', '.quit']);
const helping = new Set(['help', '?', '.help']);

/**
 * Asks for lines on stderr until Ctrl-D or exit, and answers each that is not blank; an error of an answer is printed,
 * and the next line asked for. Ctrl-C stops an answer that is being worked out, clears a line that is half typed, and
 * leaves where there is neither. Throws `interrupted` then, and after the signal of the process.
 */
export async function askLines(
  context: CommandContext,
  { words, asks, examples, historyFile, quiet }: Prompt,
  answer: (line: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { stdin, stderr, signal } = context;
  const history = await openHistory(historyFile);
  const lines = createInterface({
    input: stdin,
    output: stderr,
    prompt: quiet ? '' : `${asks}> `,
    completer: (line: string) => completionsOf(words, line),
    history: history.lines,
    historySize: MOST_LINES,
    removeHistoryDuplicates: true,
  });
  let answering: AbortController | undefined;
  let isLeft = false; // by Ctrl-C
  let isAnswered = false; // by a word that leaves, in a line of its own
  let isClosed = false; // Ctrl-D may come while an answer is worked out; a prompt would then throw, or hang on Node 20
  lines.on('close', () => {
    isClosed = true;
  });
  lines.on('SIGINT', () => {
    if (answering !== undefined) answering.abort();
    else if (lines.line === '') {
      isLeft = true;
      lines.close();
    } else {
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
    }
  });
  lines.on('SIGCONT', () => lines.prompt(true)); // back from Ctrl-Z: readline has paused the input
  signal.addEventListener('abort', () => lines.close());
  if (!quiet) say(context, `Type ${examples[0][0]}, or help. Tab completes, Ctrl-D exits.`);
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (leaving.has(text)) {
      isAnswered = true;
      break;
    }
    if (helping.has(text)) for (const helpful of helpLines(examples)) say(context, helpful);
    else if (text !== '') {
      await history.add(text);
      answering = new AbortController();
      try {
        await answer(text, AbortSignal.any([signal, answering.signal]));
      } catch (error) {
        if (signal.aborted || !(error instanceof W2vError)) throw error;
        if (answering.signal.aborted) say(context, 'Stopped.');
        else tell(context, error);
      } finally {
        answering = undefined;
      }
    }
    if (!isClosed) lines.prompt();
  }
  lines.close();
  throwIfAborted(signal);
  if (!quiet && !isAnswered) say(context, ''); // Ctrl-D and Ctrl-C leave the cursor behind the prompt
  if (isLeft) throw new W2vError('interrupted', 'ended by Ctrl-C', 'exit or Ctrl-D ends with exit code 0');
}

function helpLines(examples: Prompt['examples']): string[] {
  const keys = [
    ['Tab, arrow keys', 'complete a word, bring back earlier lines'],
    ['Ctrl-C', 'stop an answer, clear the line, or leave'],
    ['exit, quit, Ctrl-D', 'leave'],
    ['help, ?', 'show this'],
  ];
  return formatTable([{ title: '' }, { title: '' }], [...examples, ...keys]).map((line) => `  ${line}`);
}
