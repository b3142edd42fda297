// Where a question comes from, by one rule for every command that answers questions: the command line; without words
// there, a prompt where standard input is a terminal, else the lines of standard input.
import path from 'node:path';
import type { WordList } from '../vectors/word-vectors.ts';
import { type CommandContext, cacheDirectory, say } from './context.ts';
import { phraseForms } from './phrase-forms.ts';
import { Problems } from './problems.ts';
import { wordAsTrained } from './queries.ts';
import { allLines, parseLine, wordsOf } from './terminal/input-lines.ts';
import { askLines, type Prompt } from './terminal/prompt.ts';

export interface Asking<Q extends readonly string[]> {
  command: string;
  /** Of the vectors. */
  file: string;
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

/** `one`: there is one question, and its answer needs no heading. `problems`: so far; the answer throws them at its end. */
export type AnswerQuestions<Q extends readonly string[]> = (
  context: CommandContext,
  questions: Q[],
  problems: Problems,
  one: boolean,
) => Promise<void>;

/**
 * Hands the questions to `answer`: at a prompt one at a time, else all together. With --json there is one document, and
 * no prompt.
 */
export async function ask<Q extends readonly string[]>(
  context: CommandContext,
  asking: Asking<Q>,
  answer: AnswerQuestions<Q>,
): Promise<void> {
  const { vectors, given, parse, what, examples, options } = asking;
  const quiet = options.quiet === true;
  const withPhrases = async (questions: Q[]) => {
    const formOf = await phraseForms(context, asking, questions.flat());
    return questions.map((words) => parse(words.map(formOf)));
  };
  const problems = new Problems();
  if (given !== undefined) return answer(context, await withPhrases([given]), problems, true);
  if (context.stdin.isTTY !== true || options.json) {
    const ofLine = (text: string) => parse(wordsOf(text));
    const questions = await allLines(context, problems, { what, quiet }, (line) => parseLine(line, ofLine));
    return answer(context, await withPhrases(questions), problems, false);
  }
  const prompt = {
    words: vectors.words,
    asks: 'words',
    examples,
    historyFile: historyFile(context, asking.command),
    quiet,
  };
  await askLines(context, prompt, async (line, signal) => {
    const asked = wordsOf(line);
    const formOf = await phraseForms(context, asking, asked);
    const words = asked.map((word) => wordAsTrained(vectors, formOf(word), (note) => say(context, note)));
    return answer({ ...context, signal }, [parse(words)], new Problems(), true);
  });
}

export function historyFile(context: CommandContext, command: string): string {
  return path.join(cacheDirectory(context), 'history', command);
}
