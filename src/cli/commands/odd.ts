// w2v odd FILE W1 W2 W3...: the word that is least like the others.
import type { Command } from 'commander';
import { finishInTurns } from '../../base/steps.ts';
import { checkGroup } from '../../query/odd-one-out.ts';
import type { AsyncQuestions } from '../../query/questions.ts';
import { ask } from '../ask.ts';
import { type CommandContext, printJson, printResult, printStyled, stdoutColors } from '../context.ts';
import { asked, openVectors, vectorFile } from '../open-vectors.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printingRecords, tsvLine } from '../options/print.ts';
import type { Problems } from '../problems.ts';
import { composedField, sayComposed } from '../queries.ts';
import { scoreTable, wordsFor } from '../terminal/table.ts';

const examples = `Examples:
  w2v odd vectors.bin breakfast lunch dinner cereal
  cat groups.txt | w2v odd vectors.bin          one group of words per line
`;

const closing = `
The output shows the cosine of each word with the mean of all of them; the
lowest is the odd one out (like gensim's doesnt_match).`;

const typed = [['breakfast lunch dinner cereal', 'the word that is least like the others']] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).addHelpText('after', closing);
  const words = asked(
    '[words...]',
    'three words or more; if omitted, groups are read from standard input, one per line',
  );
  declare(command, { operands: [vectorFile, words], options: printingRecords });
  command.action((file: string, words: string[], options: PrintOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: PrintOptions): Promise<void> {
  const given = words.length > 0 ? group(words) : undefined;
  const vectors = await openVectors(context, file, options.quiet === true);
  const asking = {
    command: 'odd',
    file,
    vectors,
    given,
    parse: group,
    what: 'three words or more',
    examples: typed,
    options,
  };
  await ask(context, asking, (asked, groups, problems, one) =>
    answer(asked, vectors, groups, options, { problems, one }),
  );
}

async function answer(
  context: CommandContext,
  vectors: AsyncQuestions,
  groups: (readonly string[])[],
  { json, tsv, quiet }: PrintOptions,
  { problems, one }: { problems: Problems; one: boolean },
): Promise<void> {
  const wordsOfGroup = (each: readonly string[]) => each;
  const { signal } = context;
  const present = await finishInTurns(problems.knownSteps(vectors, groups, wordsOfGroup), signal);
  const known = await finishInTurns(problems.finiteSteps(vectors, present, wordsOfGroup), signal);
  const found = await vectors.oddOnesOut(known, { signal });
  const answers = found.map((similarities, at) => ({
    words: known[at],
    odd: similarities[0].word,
    similarities,
    ...composedField(vectors, known[at]),
  }));
  const shown = wordsFor(context.stdout);
  if (json) printJson(context, one ? (answers[0] ?? null) : answers);
  else if (tsv) {
    printResult(
      context,
      answers.flatMap(({ odd, similarities }) =>
        similarities.map(({ word, similarity }) => tsvLine([shown(odd), shown(word), similarity])),
      ),
    );
  } else {
    for (const [index, { odd, similarities }] of answers.entries()) {
      const rows = similarities.map(({ word, similarity }) => ({ word: `  ${shown(word)}`, score: similarity }));
      printStyled(context, [...(index > 0 ? [''] : []), stdoutColors(context).bold(shown(odd)), ...scoreTable(rows)]);
    }
  }
  if (!json && !quiet) sayComposed(context, vectors, known.flat());
  await problems.fail(context);
}

function group(words: readonly string[]): readonly string[] {
  checkGroup(words);
  return words;
}
