// w2v embed FILE [TEXT...]: a vector for each text, from the vectors of its words.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { findSources } from '../../corpus/source.ts';
import { type LineFacts, linesOf } from '../../corpus/text-lines.ts';
import { float32Text } from '../../formats/io/print-float32.ts';
import { removeComponents } from '../../texts/components.ts';
import { addText, embedTexts, noFacts, type TextFacts } from '../../texts/embed-texts.ts';
import { historyFile } from '../ask.ts';
import { type CommandContext, printJson, printResult, say } from '../context.ts';
import { asked, denseFile } from '../open-vectors.ts';
import { changed, declare, needs, type OptionsOf, titled, without } from '../options/option.ts';
import { checkVectorOutput, formatOption, formatsOfRows, vectorOutput } from '../options/output.ts';
import { force, json, type PrintOptions, quiet, tsv, tsvLine } from '../options/print.ts';
import { openTextModel, sayTexts, type TextModel, textVectors, warnInvalid } from '../options/texts.ts';
import { saveTexts } from '../save-texts.ts';
import { askLines } from '../terminal/prompt.ts';
import { wordsFor } from '../terminal/table.ts';

const embedOptions = [
  ...textVectors,
  ...titled(
    'Output:',
    changed(vectorOutput, {
      text: vectorOutput.text.replace('output file:', 'write the vectors to a file:'),
      required: undefined,
    }),
    formatOption(formatsOfRows),
    changed(force, { only: [needs('output', 'add -o FILE')] }),
    json,
    changed(tsv, { only: [without('output', 'it prints the vectors, and -o writes them')] }),
    quiet,
  ),
] as const;

type EmbedCommandOptions = OptionsOf<typeof embedOptions>;

const examples = `Examples:
  w2v embed vectors.bin 'the white whale' 'a ship at sea'
  w2v embed vectors.bin --pooling sif -o texts.npy < texts.txt  one per line
  w2v embed vectors.bin --like texts.npy 'another text' --json
`;

const closing = `
Line n of the texts becomes row n, named n in formats with words, so that texts
may have spaces and occur twice. A text without a known word has a row of zeros.`;

const typed = [['the white whale', 'the vector of the text']] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).addHelpText('after', closing);
  const texts = asked('[text...]', 'texts; if omitted, they are read from standard input, one per line');
  declare(command, { operands: [denseFile, { ...texts, what: 'the texts' }], options: embedOptions });
  command.action((file: string, texts: string[], options: EmbedCommandOptions) => run(context, file, texts, options));
}

async function run(
  context: CommandContext,
  file: string,
  given: string[],
  options: EmbedCommandOptions,
): Promise<void> {
  const { output, json, quiet = false } = options;
  if (output !== undefined) checkVectorOutput(context, { ...options, output });
  const started = performance.now();
  const model = await openTextModel(context, file, options);
  if (output === undefined && given.length === 0 && context.stdin.isTTY === true && !json) {
    return answerAtPrompt(context, model, options);
  }
  const needsAll = json || output !== undefined || model.embedder.components === undefined;
  const lines: LineFacts = { lines: 0, invalidLines: 0, invalid: [] };
  const texts = given.length > 0 ? given : standardInput(context, lines, quiet);
  const facts = needsAll
    ? await embedAll(context, texts, model, { ...options, file, started })
    : await printEach(context, texts, model, options);
  if (quiet) return;
  warnInvalid(context, lines);
  sayTexts(context, facts, 'text', 'zeros');
}

async function* standardInput(context: CommandContext, facts: LineFacts, quiet: boolean): AsyncGenerator<string> {
  const { stdin, signal } = context;
  if (stdin.isTTY && !quiet) say(context, 'Reading from the terminal, a text on each line; Ctrl-D ends.');
  const { sources } = await findSources(['-'], { stdin });
  yield* linesOf(sources[0], facts, { signal });
}

type Lines = Iterable<string> | AsyncIterable<string>;

/** A text at a time, as they come. */
async function printEach(
  context: CommandContext,
  texts: Lines,
  { vectors, embedder }: TextModel,
  options: PrintOptions,
): Promise<TextFacts> {
  const { pool, components = new Float64Array(0) } = embedder;
  const { dimensions } = vectors;
  const vector = new Float32Array(dimensions);
  const facts: TextFacts = { ...noFacts };
  for await (const text of texts) {
    addText(facts, pool(text, vector, 0));
    removeComponents(vector, 0, components, dimensions);
    print(context, text, vector, options);
  }
  return facts;
}

function print(context: CommandContext, text: string, vector: Float32Array, { tsv }: PrintOptions): void {
  const numbers = [...vector].map(float32Text);
  printResult(context, [tsv ? tsvLine([wordsFor(context.stdout)(text), ...numbers]) : numbers.join(' ')]);
}

/** All texts together: for a file, for one JSON document, or because the components have to be found first. */
async function embedAll(
  context: CommandContext,
  lines: Lines,
  model: TextModel,
  options: EmbedCommandOptions & { file: string; started: number },
): Promise<TextFacts> {
  const texts: string[] = [];
  for await (const text of lines) texts.push(text);
  const { signal } = context;
  const made = await embedTexts(model.vectors, texts, { ...model.settings, signal });
  const { matrix, dimensions, facts } = made;
  const rowOf = (row: number) => matrix.subarray(row * dimensions, (row + 1) * dimensions);
  const { output } = options;
  if (output !== undefined) await saveTexts(context, { texts, made, model }, { ...options, output });
  else if (options.json) {
    const rows = texts.map((text, row) => ({
      text,
      vector: [...rowOf(row)].map((value) => Number(float32Text(value))),
    }));
    printJson(context, rows);
  } else for (const [row, text] of texts.entries()) print(context, text, rowOf(row), options);
  return facts;
}

async function answerAtPrompt(context: CommandContext, model: TextModel, options: EmbedCommandOptions): Promise<void> {
  const { words } = model.vectors;
  const { quiet = false } = options;
  const prompt = { words, asks: 'text', examples: typed, historyFile: historyFile(context, 'embed'), quiet };
  // With sif the components of one text alone would be the text itself.
  if (model.embedder.components === undefined) {
    const observed = '--pooling sif removes a component of all texts, which a prompt does not have';
    throw usage(observed, 'add --like FILE or --remove-components 0, or give the texts in a file: < FILE');
  }
  await askLines(context, prompt, async (line) => {
    sayTexts(context, await printEach(context, [line], model, options), 'text', 'zeros');
  });
}
