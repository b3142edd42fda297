// w2v odd FILE W1 W2 W3...: the word that is least like the others.
import type { Command } from 'commander';
import { checkGroup } from '../../query/odd-one-out.ts';
import { finishInTurns } from '../../steps.ts';
import { type CommandContext, printJson, printResult, stdoutColors } from '../context.ts';
import { checkAsked, openVectors, vectorFiles } from '../open-vectors.ts';
import { addAnswerOptions, checkAnswerOptions, type QuestionOptions, tsvLine } from '../options/question.ts';
import { Problems } from '../problems.ts';
import { allLines, parseLine, wordsOf } from '../terminal/input-lines.ts';
import { scoreTable, wordsFor } from '../terminal/table.ts';

const examples = `Examples:
  w2v odd vectors.bin breakfast lunch dinner cereal
  cat groups.txt | w2v odd vectors.bin          one group of words per line
`;

const closing = `
The output shows each word's cosine with the mean of all of them; the lowest is the odd one out (like gensim's
doesnt_match).`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .addHelpText('after', closing)
    .argument('<file>', vectorFiles)
    .argument('[words...]', 'three words or more; if omitted, groups are read from standard input, one per line');
  addAnswerOptions(command);
  command.action((file: string, words: string[], options: QuestionOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: QuestionOptions): Promise<void> {
  checkAnswerOptions(options);
  const quiet = options.quiet === true;
  const one = words.length > 0 ? group(words) : undefined;
  checkAsked(file, words);
  const vectors = await openVectors(context, file, quiet);
  const groups =
    one === undefined
      ? await allLines(context, 'three words or more', quiet, (line) => parseLine(line, (text) => group(wordsOf(text))))
      : [one];
  const problems = new Problems();
  const wordsOfGroup = (each: readonly string[]) => each;
  const { signal } = context;
  const present = await finishInTurns(problems.knownSteps(vectors, groups, wordsOfGroup), signal);
  const known = await finishInTurns(problems.finiteSteps(vectors, present, wordsOfGroup), signal);
  const found = await vectors.oddOnesOut(known, { signal });
  const answers = found.map((similarities, at) => ({ words: known[at]!, odd: similarities[0]!.word, similarities }));
  const shown = wordsFor(context.stdout);
  if (options.json) {
    if (one === undefined) printJson(context, answers);
    else if (answers.length > 0) printJson(context, answers[0]);
  } else if (options.tsv) {
    printResult(
      context,
      answers.flatMap(({ odd, similarities }) =>
        similarities.map(({ word, similarity }) => tsvLine([shown(odd), shown(word), similarity])),
      ),
    );
  } else {
    for (const [index, { odd, similarities }] of answers.entries()) {
      const rows = similarities.map(({ word, similarity }) => ({ word: `  ${shown(word)}`, score: similarity }));
      printResult(context, [...(index > 0 ? [''] : []), stdoutColors(context).bold(shown(odd)), ...scoreTable(rows)]);
    }
  }
  await problems.fail(context);
}

function group(words: readonly string[]): readonly string[] {
  checkGroup(words);
  return words;
}
