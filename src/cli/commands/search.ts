// w2v search FILE --in TEXTS [QUERY...]: the lines of a text that are most similar to a query, by the cosine of their
// vectors.
import type { Command } from 'commander';
import { queryDefaults } from '../../base/defaults.ts';
import { counted } from '../../base/format-numbers.ts';
import { shortened } from '../../base/printable.ts';
import type { OnProgress } from '../../base/progress.ts';
import { type LineFacts, linesOf } from '../../corpus/text-lines.ts';
import { removeComponents } from '../../texts/components.ts';
import { searchTexts, type TextMatch, type TextSearch } from '../../texts/search-texts.ts';
import { inverseNorm } from '../../vectors/norms.ts';
import { historyFile } from '../ask.ts';
import {
  type CommandContext,
  printJson,
  printResult,
  printStyled,
  say,
  stdoutColors,
  withProgress,
} from '../context.ts';
import { type InputTexts, openTexts } from '../input-texts.ts';
import { asked, denseFile } from '../open-vectors.ts';
import { fileRead } from '../options/kinds.ts';
import { declare, type OptionsOf, option, titled } from '../options/option.ts';
import { type PrintOptions, printingRecords, tsvLine } from '../options/print.ts';
import { answers } from '../options/question.ts';
import { openTextModel, sayTexts, type TextModel, textVectors, warnInvalid } from '../options/texts.ts';
import { Problems } from '../problems.ts';
import { allLines } from '../terminal/input-lines.ts';
import { askLines } from '../terminal/prompt.ts';
import { formatTable, wordsFor } from '../terminal/table.ts';
import { cutTo, roomBeside } from '../terminal/text-width.ts';

const searchOptions = [
  ...titled(
    'Search:',
    option({
      flags: '--in <texts>',
      text: 'text file, one text per line, also .gz; - for standard input',
      takes: fileRead,
      required: true,
    }),
    answers('lines in the answer to each query', queryDefaults.neighbors),
  ),
  ...textVectors,
  ...titled('Output:', ...printingRecords),
] as const;

type SearchCommandOptions = OptionsOf<typeof searchOptions>;

const examples = `Examples:
  w2v search vectors.bin --in texts.txt 'the white whale'
  w2v search vectors.bin --in texts.txt.gz --pooling sif 'a storm' -k 3
  zcat *.gz | w2v search vectors.bin --in - 'the white whale' --json
  cat queries.txt | w2v search vectors.bin --in texts.txt  one per line
`;

const typed = [['the white whale', 'the lines that are most similar to it']] as const;
const SHOWN = 100; // columns of a line, where no terminal says how many fit

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const queries = asked(
    '[query...]',
    'texts to search for; if omitted, they are read from standard input, one per line',
  );
  declare(command, { operands: [denseFile, { ...queries, what: 'the queries' }], options: searchOptions });
  command.action((file: string, queries: string[], options: SearchCommandOptions) =>
    run(context, file, queries, options),
  );
}

async function run(
  context: CommandContext,
  file: string,
  given: string[],
  options: SearchCommandOptions,
): Promise<void> {
  const { in: texts, json, quiet = false } = options;
  const input = await openTexts(context, texts, quiet);
  try {
    const model = await openTextModel(context, file, options);
    if (given.length === 0 && context.stdin.isTTY === true && !json) {
      return await answerAtPrompt(context, input, model, options);
    }
    const problems = new Problems();
    const queries =
      given.length > 0 ? given : await allLines(context, problems, { what: 'a text', quiet }, ({ text }) => text);
    await answer(context, input, model, queries, options, problems);
  } finally {
    input.close();
  }
}

async function search(
  context: CommandContext,
  input: InputTexts,
  { vectors, settings, embedder }: TextModel,
  queries: readonly string[],
  { k, quiet = false }: SearchCommandOptions,
): Promise<TextSearch & { lines: LineFacts }> {
  if (embedder.components === undefined) input.keep();
  const { signal } = context;
  return withProgress(context, quiet, async ({ onProgress }) => {
    let lines: LineFacts = { lines: 0, invalidLines: 0, invalid: [] };
    const texts = {
      [Symbol.asyncIterator]() {
        lines = { lines: 0, invalidLines: 0, invalid: [] };
        return linesOf(input.source(), lines, { signal, onRead: reporter(onProgress) });
      },
    };
    const found = await searchTexts(vectors, texts, queries, { ...settings, k, signal });
    return { ...found, lines };
  });
}

/** Reports the bytes of one pass. */
function reporter(onProgress: OnProgress): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress({ phase: 'search', done, total: 0, unit: 'bytes' });
  };
}

/** Answers the queries that have a known word, then fails with the errors of the others. */
async function answer(
  context: CommandContext,
  input: InputTexts,
  model: TextModel,
  queries: readonly string[],
  options: SearchCommandOptions,
  problems = new Problems(),
): Promise<TextSearch> {
  const found = await search(context, input, model, queries, options);
  const { facts, lines, matches } = found;
  if (!options.quiet) {
    warnInvalid(context, lines);
    sayTexts(context, facts, 'line', 'skipped');
    if (facts.texts === facts.withoutWords) say(context, `None of ${counted(facts.texts, 'line')} has a known word`);
  }
  const { pool } = model.embedder;
  const vector = new Float32Array(model.vectors.dimensions);
  const answers = queries.flatMap((query, at) => {
    const { known } = pool(query, vector, 0);
    removeComponents(vector, 0, found.components, vector.length);
    if (known === 0) problems.withoutWords(model.vectors, query);
    else if (!(inverseNorm(vector, 0, vector.length) > 0)) problems.canceled(query);
    else return [{ query, matches: matches[at] }];
    return [];
  });
  print(context, answers, options);
  await problems.fail(context);
  return found;
}

function print(
  context: CommandContext,
  answers: readonly { query: string; matches: TextMatch[] }[],
  { json, tsv }: PrintOptions,
): void {
  if (json) {
    printJson(context, answers);
    return;
  }
  const shown = wordsFor(context.stdout);
  for (const [index, { query, matches }] of answers.entries()) {
    if (tsv) {
      printResult(
        context,
        matches.map(({ line, similarity, text }) => tsvLine([shown(query), line, similarity, shown(text)])),
      );
      continue;
    }
    const numbers = matches.reduce((most, { line }) => Math.max(most, String(line).length), 0);
    const room = roomBeside(context.stdout, '  0.000    '.length + numbers) ?? SHOWN;
    const rows = matches.map(({ line, similarity, text }) => [
      `  ${similarity.toFixed(3)}`,
      String(line),
      cutTo(shown(shortened(text, room)).replaceAll('\t', ' '), room),
    ]);
    const columns = [{ title: '' }, { title: '', align: 'right' as const }, { title: '' }];
    const heading = stdoutColors(context).bold(shown(query));
    printStyled(context, [...(index > 0 ? [''] : []), heading, ...formatTable(columns, rows)]);
  }
}

async function answerAtPrompt(
  context: CommandContext,
  input: InputTexts,
  model: TextModel,
  options: SearchCommandOptions,
): Promise<void> {
  const { words } = model.vectors;
  const { quiet = false } = options;
  const prompt = { words, asks: 'text', examples: typed, historyFile: historyFile(context, 'search'), quiet };
  let asked = model;
  let isQuiet = quiet;
  await askLines(context, prompt, async (line, signal) => {
    const { components } = await answer({ ...context, signal }, input, asked, [line], { ...options, quiet: isQuiet });
    isQuiet = true; // what is left out of the texts is the same for each query
    if (asked.settings.pooling === 'mean') return;
    // The components of the texts are found once.
    const settings = { ...asked.settings, removeComponents: undefined, components };
    asked = { ...asked, settings, embedder: { ...asked.embedder, components } };
  });
}
