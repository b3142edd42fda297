// Where a question comes from, by one rule for every command that answers questions: the command line; without words there, a
// prompt where standard input is a terminal, else the lines of standard input.
import path from 'node:path';
import type { WordList } from '../vectors/word-vectors.ts';
import { type CommandContext, cacheDirectory, say } from './context.ts';
import { wordAsTrained } from './queries.ts';
import { allLines, parseLine, wordsOf } from './terminal/input-lines.ts';
import { askLines, type Prompt } from './terminal/prompt.ts';

export interface Asking<Q> {
  command: string;
  vectors: WordList;
  /** The question on the command line, if there is one. */
  given: Q | undefined;
  /** Throws `usage` on words that are no question. */
  parse(words: readonly string[]): Q;
  /** What a line is to hold: 'three words A B C'. */
  what: string;
  examples: Prompt['examples'];
  options: { json?: boolean; quiet?: boolean };
}

/** `one`: there is one question, and its answer needs no heading. */
export type Answer<Q> = (context: CommandContext, questions: Q[], one: boolean) => Promise<void>;

/** Hands the questions to `answer`: at a prompt one at a time, else all together. With --json there is one document, and no prompt. */
export async function ask<Q>(context: CommandContext, asking: Asking<Q>, answer: Answer<Q>): Promise<void> {
  const { vectors, given, parse, what, examples, options } = asking;
  const quiet = options.quiet === true;
  if (given !== undefined) return answer(context, [given], true);
  if (context.stdin.isTTY !== true || options.json) {
    const ofLine = (text: string) => parse(wordsOf(text));
    return answer(context, await allLines(context, what, quiet, (line) => parseLine(line, ofLine)), false);
  }
  const prompt = {
    words: vectors.words,
    asks: 'words',
    examples,
    historyFile: historyFile(context, asking.command),
    quiet,
  };
  await askLines(context, prompt, (line, signal) => {
    const words = wordsOf(line).map((word) => wordAsTrained(vectors, word, (note) => say(context, note)));
    return answer({ ...context, signal }, [parse(words)], true);
  });
}

export function historyFile(context: CommandContext, command: string): string {
  return path.join(cacheDirectory(context), 'history', command);
}
