// w2v analogy FILE A B C: A is to B as C is to what?
import type { Command } from 'commander';
import { queryDefaults } from '../../base/defaults.ts';
import { usage } from '../../base/errors.ts';
import { choice } from '../../base/ranges.ts';
import type { AnalogyQuestion, Answer } from '../../query/analogy.ts';
import type { AsyncQuestions } from '../../query/questions.ts';
import { ask } from '../ask.ts';
import { type CommandContext, printJson, printResult, printStyled, stdoutColors } from '../context.ts';
import { asked, openVectors, vectorFile } from '../open-vectors.ts';
import { within } from '../options/kinds.ts';
import { declare, type OptionsOf, option } from '../options/option.ts';
import { tsvLine } from '../options/print.ts';
import { searching } from '../options/question.ts';
import type { Problems } from '../problems.ts';
import { composedField, sayComposed } from '../queries.ts';
import { scoreTable, wordsFor } from '../terminal/table.ts';

const analogyOptions = [
  ...searching('answers', queryDefaults.answers),
  option({
    flags: '--method <name>',
    text: 'add: sum of cosines (3CosAdd); mul: product of cosines (3CosMul)',
    takes: within(choice(['add', 'mul'])),
    fallback: 'add',
  }),
] as const;

type AnalogyCommandOptions = OptionsOf<typeof analogyOptions>;

const examples = `Examples:
  w2v analogy vectors.bin man king woman      man is to king as woman is to ...
  w2v analogy vectors.bin france paris japan --json
  w2v analogy vectors.bin man king woman --method mul
  cat questions.txt | w2v analogy vectors.bin   one question A B C per line
`;

const typed = [['man king woman', 'man is to king as woman is to ...']] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const words = asked(
    '[words...]',
    'A B C: A is to B as C is to the answer; if omitted, read from standard input, one question per line',
  );
  declare(command, { operands: [vectorFile, words], options: analogyOptions });
  command.action((file: string, words: string[], options: AnalogyCommandOptions) => run(context, file, words, options));
}

async function run(
  context: CommandContext,
  file: string,
  words: string[],
  options: AnalogyCommandOptions,
): Promise<void> {
  const given = words.length > 0 ? question(words) : undefined;
  const vectors = await openVectors(context, file, options.quiet === true);
  const asking = {
    command: 'analogy',
    file,
    vectors,
    given,
    parse: question,
    what: 'three words A B C',
    examples: typed,
    options,
  };
  await ask(context, asking, (asked, questions, problems, one) =>
    answer(asked, vectors, questions, options, { problems, one }),
  );
}

async function answer(
  context: CommandContext,
  vectors: AsyncQuestions,
  questions: AnalogyQuestion[],
  { k, restrictVocab, method, threshold = Number.NEGATIVE_INFINITY, json, tsv, quiet }: AnalogyCommandOptions,
  { problems, one }: { problems: Problems; one: boolean },
): Promise<void> {
  const known = problems.known(vectors, questions, (abc) => abc);
  const found = await vectors.analogies(known, { k, restrictVocab, method, signal: context.signal });
  found.forEach((answers, at) => {
    const [a, b, c] = known[at];
    const terms = [b, a, c].map((word, place) => ({ word, sign: place === 1 ? -1 : 1 }));
    if (answers.length === 0) problems.unanswered(vectors, terms, `${b} - ${a} + ${c}`);
  });
  const answers = known.map((query, at) => ({
    query,
    answers: found[at].filter(({ score }) => score >= threshold),
    ...composedField(vectors, query),
  }));
  if (json) printJson(context, one ? (answers[0] ?? null) : answers);
  else printAnswers(context, answers, tsv === true, !one);
  if (!json && !quiet) sayComposed(context, vectors, known.flat());
  await problems.fail(context);
}

function question(words: readonly string[]): AnalogyQuestion {
  if (words.length === 3) return [words[0], words[1], words[2]];
  const observed = `${words.length} ${words.length === 1 ? 'word' : 'words'}, expected three`;
  throw usage(observed, 'A B C: A is to B as C is to the answers');
}

function printAnswers(
  context: CommandContext,
  found: { query: AnalogyQuestion; answers: Answer[] }[],
  tsv: boolean,
  headings: boolean,
): void {
  const shown = wordsFor(context.stdout);
  for (const [index, { query, answers }] of found.entries()) {
    if (tsv) {
      printResult(
        context,
        answers.map(({ word, score }) => tsvLine([...query.map(shown), shown(word), score])),
      );
      continue;
    }
    const table = scoreTable(answers.map(({ word, score }) => ({ word: (headings ? '  ' : '') + shown(word), score })));
    const heading = headings ? [stdoutColors(context).bold(shown(query.join(' ')))] : [];
    printStyled(context, [...(index > 0 ? [''] : []), ...heading, ...table]);
  }
}
