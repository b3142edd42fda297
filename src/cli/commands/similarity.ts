// w2v similarity FILE W1 W2: the cosine of two words' vectors.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { finishInTurns } from '../../base/steps.ts';
import type { AsyncQuestions } from '../../query/questions.ts';
import { ask } from '../ask.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { asked, openVectors, vectorFile } from '../open-vectors.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printingRecords, tsvLine } from '../options/print.ts';
import type { Problems } from '../problems.ts';
import { composedField, sayComposed } from '../queries.ts';
import { formatTable, wordColumn, wordsFor } from '../terminal/table.ts';

const examples = `Examples:
  w2v similarity vectors.bin car train
  cat pairs.txt | w2v similarity vectors.bin --tsv     two words per line
`;

const typed = [['car train', 'the cosine similarity of the two words']] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const words = asked('[words...]', 'two words; if omitted, pairs are read from standard input, one per line');
  declare(command, { operands: [vectorFile, words], options: printingRecords });
  command.action((file: string, words: string[], options: PrintOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: PrintOptions): Promise<void> {
  const given = words.length > 0 ? pair(words) : undefined;
  const vectors = await openVectors(context, file, options.quiet === true);
  const asking = {
    command: 'similarity',
    file,
    vectors,
    given,
    parse: pair,
    what: 'two words',
    examples: typed,
    options,
  };
  await ask(context, asking, (asked, pairs, problems, one) =>
    answer(asked, vectors, pairs, options, { problems, one }),
  );
}

async function answer(
  context: CommandContext,
  vectors: AsyncQuestions,
  pairs: [string, string][],
  { json, tsv, quiet = false }: PrintOptions,
  { problems, one }: { problems: Problems; one: boolean },
): Promise<void> {
  const wordsOfPair = (two: [string, string]) => two;
  const { signal } = context;
  const found = await finishInTurns(problems.knownSteps(vectors, pairs, wordsOfPair), signal);
  const known = await finishInTurns(problems.finiteSteps(vectors, found, wordsOfPair), signal);
  const cosines = await vectors.similarities(known, { signal });
  const answers = known.map((two, at) => ({ words: two, similarity: cosines[at]!, ...composedField(vectors, two) }));
  const shown = wordsFor(context.stdout);
  if (json) printJson(context, one ? (answers[0] ?? null) : answers);
  else if (tsv) {
    printResult(
      context,
      answers.map(({ words: two, similarity }) => tsvLine([...two.map(shown), similarity])),
    );
  } else if (one) {
    printResult(
      context,
      answers.map(({ similarity }) => similarity.toFixed(4)),
    );
  } else {
    const rows = answers.map(({ words: two, similarity }) => [...two.map(shown), similarity.toFixed(4)]);
    printResult(context, formatTable([wordColumn, wordColumn, { title: '', align: 'right' }], rows));
  }
  if (!json && !quiet) sayComposed(context, vectors, known.flat());
  await problems.fail(context);
}

function pair(words: readonly string[]): [string, string] {
  if (words.length === 2) return [words[0]!, words[1]!];
  const observed = `${words.length} ${words.length === 1 ? 'word' : 'words'}, expected two`;
  throw usage(observed, 'name two words');
}
