// w2v analogy FILE A B C: A is to B as C is to what?
import { type Command, Option } from 'commander';
import { queryDefaults } from '../../defaults.ts';
import { W2vError } from '../../errors.ts';
import type { AnalogyQuestion, Answer } from '../../vectors/analogy.ts';
import { type CommandContext, printJson, printResult, stdoutColors } from '../context.ts';
import { allLines, wordsOf } from '../input-lines.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';
import { oneOf } from '../options.ts';
import {
  addAnswerOptions,
  addSearchOptions,
  checkAnswerOptions,
  type QuestionOptions,
  tsvLine,
} from '../question-options.ts';
import { formatTable } from '../table.ts';
import { answerKnown, failUnknown } from '../unknown-words.ts';

interface AnalogyCommandOptions extends QuestionOptions {
  method: 'add' | 'mul';
}

const examples = `Examples:
  w2v analogy vectors.bin man king woman        man is to king as woman is to ...
  w2v analogy vectors.bin france paris japan --json
  w2v analogy vectors.bin man king woman --method mul
  cat questions.txt | w2v analogy vectors.bin   A B C on each line
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument('[words...]', 'A B C: A is to B as C is to the answers; without them, read from standard input');
  addSearchOptions(command, 'answers', queryDefaults.answers);
  command.addOption(
    new Option('--method <name>', 'add: by the sum of cosines (3CosAdd); mul: by their product (3CosMul)')
      .argParser(oneOf('--method', ['add', 'mul']))
      .default('add'),
  );
  addAnswerOptions(command);
  command.action((file: string, words: string[], options: AnalogyCommandOptions) => run(context, file, words, options));
}

async function run(
  context: CommandContext,
  file: string,
  words: string[],
  options: AnalogyCommandOptions,
): Promise<void> {
  checkAnswerOptions(options);
  const one = words.length > 0;
  const questions = one ? [question(words, 'the command line')] : [];
  const vectors = await openVectors(context, file, options.quiet === true);
  if (!one) {
    for (const { text, line } of await allLines(context.stdin)) {
      questions.push(question(wordsOf(text), `standard input:${line}`));
    }
  }
  const { k, restrictVocab, method, threshold = Number.NEGATIVE_INFINITY } = options;
  const unknown: W2vError[] = [];
  const ask = (some: readonly AnalogyQuestion[]) => vectors.analogies(some, { k, restrictVocab, method });
  const answers = answerKnown(questions, ask, unknown).map(({ question: query, answer }) => ({
    query,
    answers: answer.filter(({ score }) => score >= threshold),
  }));
  if (options.json) {
    if (!one) printJson(context, answers);
    else if (answers.length > 0) printJson(context, answers[0]);
  } else printAnswers(context, answers, options.tsv === true, !one);
  failUnknown(context, unknown);
}

function question(words: readonly string[], where: string): AnalogyQuestion {
  if (words.length === 3) return [words[0]!, words[1]!, words[2]!];
  const observed = `${where}: ${words.length} ${words.length === 1 ? 'word' : 'words'}, expected three`;
  throw new W2vError('usage', observed, 'A B C: A is to B as C is to the answers');
}

function printAnswers(
  context: CommandContext,
  found: { query: AnalogyQuestion; answers: Answer[] }[],
  tsv: boolean,
  headings: boolean,
): void {
  for (const [index, { query, answers }] of found.entries()) {
    if (tsv) {
      printResult(
        context,
        answers.map(({ word, score }) => tsvLine([...query, word, score])),
      );
      continue;
    }
    const rows = answers.map(({ word, score }) => [headings ? `  ${word}` : word, score.toFixed(3)]);
    const table = formatTable([{ title: '' }, { title: '', align: 'right' }], rows);
    const heading = headings ? [stdoutColors(context).bold(query.join(' '))] : [];
    printResult(context, [...(index > 0 ? [''] : []), ...heading, ...table]);
  }
}
