// w2v odd FILE W1 W2 W3...: the word that is least like the others.
import type { Command } from 'commander';
import type { W2vError } from '../../errors.ts';
import { type CommandContext, printJson, printResult, stdoutColors } from '../context.ts';
import { allLines, wordsOf } from '../input-lines.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';
import { addAnswerOptions, checkAnswerOptions, type QuestionOptions, tsvLine } from '../question-options.ts';
import { formatTable } from '../table.ts';
import { answerKnown, failUnknown } from '../unknown-words.ts';

const examples = `Examples:
  w2v odd vectors.bin breakfast lunch dinner cereal
  cat groups.txt | w2v odd vectors.bin          a group of words on each line
`;

const closing = `
Beside each word stands its cosine with the mean of all of them; the lowest is the odd one (as gensim's doesnt_match).`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .addHelpText('after', closing)
    .argument('<file>', vectorFiles)
    .argument('[words...]', 'three words or more; without them, groups are read from standard input, one a line');
  addAnswerOptions(command);
  command.action((file: string, words: string[], options: QuestionOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: QuestionOptions): Promise<void> {
  checkAnswerOptions(options);
  const one = words.length > 0;
  const vectors = await openVectors(context, file, options.quiet === true);
  const groups = one ? [words] : (await allLines(context.stdin)).map(({ text }) => wordsOf(text));
  const unknown: W2vError[] = [];
  const ask = (some: readonly string[][]) => some.map((group) => vectors.oddOneOut(group));
  const answers = answerKnown(groups, ask, unknown).map(({ question, answer }) => ({
    words: question,
    odd: answer[0]!.word,
    similarities: answer,
  }));
  if (options.json) {
    if (!one) printJson(context, answers);
    else if (answers.length > 0) printJson(context, answers[0]);
  } else if (options.tsv) {
    printResult(
      context,
      answers.flatMap(({ odd, similarities }) =>
        similarities.map(({ word, similarity }) => tsvLine([odd, word, similarity])),
      ),
    );
  } else {
    for (const [index, { odd, similarities }] of answers.entries()) {
      const rows = similarities.map(({ word, similarity }) => [`  ${word}`, similarity.toFixed(3)]);
      const table = formatTable([{ title: '' }, { title: '', align: 'right' }], rows);
      printResult(context, [...(index > 0 ? [''] : []), stdoutColors(context).bold(odd), ...table]);
    }
  }
  failUnknown(context, unknown);
}
