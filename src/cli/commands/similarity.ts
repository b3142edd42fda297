// w2v similarity FILE W1 W2: the cosine of two words' vectors.
import type { Command } from 'commander';
import { W2vError } from '../../errors.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { allLines, wordsOf } from '../input-lines.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';
import { addAnswerOptions, checkAnswerOptions, type QuestionOptions, tsvLine } from '../question-options.ts';
import { formatTable } from '../table.ts';
import { answerKnown, failUnknown } from '../unknown-words.ts';

const examples = `Examples:
  w2v similarity vectors.bin car train
  cat pairs.txt | w2v similarity vectors.bin --tsv     two words on each line
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument('[words...]', 'two words; without them, pairs are read from standard input, one a line');
  addAnswerOptions(command);
  command.action((file: string, words: string[], options: QuestionOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: QuestionOptions): Promise<void> {
  checkAnswerOptions(options);
  const one = words.length > 0;
  const pairs = one ? [pair(words, 'the command line')] : [];
  const vectors = await openVectors(context, file, options.quiet === true);
  if (!one) {
    for (const { text, line } of await allLines(context.stdin))
      pairs.push(pair(wordsOf(text), `standard input:${line}`));
  }
  const ask = (some: readonly [string, string][]) =>
    some.map(([first, second]) => {
      const value = vectors.similarity(first, second);
      if (value !== undefined) return value;
      const observed = `${file}: the vector of ${first} or of ${second} holds NaN or infinity`;
      throw new W2vError('file-malformed', observed, 'train or convert the file again');
    });
  const unknown: W2vError[] = [];
  const answers = answerKnown(pairs, ask, unknown).map(({ question, answer }) => ({
    words: question,
    similarity: answer,
  }));
  if (options.json) {
    if (!one) printJson(context, answers);
    else if (answers.length > 0) printJson(context, answers[0]);
  } else if (options.tsv) {
    printResult(
      context,
      answers.map(({ words: two, similarity }) => tsvLine([...two, similarity])),
    );
  } else if (one) {
    printResult(
      context,
      answers.map(({ similarity }) => similarity.toFixed(4)),
    );
  } else {
    const rows = answers.map(({ words: two, similarity }) => [...two, similarity.toFixed(4)]);
    printResult(context, formatTable([{ title: '' }, { title: '' }, { title: '', align: 'right' }], rows));
  }
  failUnknown(context, unknown);
}

function pair(words: readonly string[], where: string): [string, string] {
  if (words.length === 2) return [words[0]!, words[1]!];
  const observed = `${where}: ${words.length} ${words.length === 1 ? 'word' : 'words'}, expected two`;
  throw new W2vError('usage', observed, 'name two words');
}
