// w2v convert IN OUT: any file of vectors to any other format.
import type { Command } from 'commander';
import { W2vError } from '../../base/errors.ts';
import { counted, thousands } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { whole } from '../../base/ranges.ts';
import type { Manifest } from '../../formats/manifest.ts';
import { formatFor, saveVectors } from '../../formats/save.ts';
import { missingWords, type Selection, selectVectors } from '../../vectors/select.ts';
import { type WordVectors, wordIndex } from '../../vectors/word-vectors.ts';
import { type CommandContext, printJson, say, withProgress } from '../context.ts';
import { denseFile, loadDenseVectors, manifestBeside } from '../open-vectors.ts';
import { fileRead, within } from '../options/kinds.ts';
import { changed, declare, type OptionsOf, option } from '../options/option.ts';
import {
  center,
  centered,
  checkVectorOutput,
  formatOption,
  formatsOfModels,
  streamVectors,
  vectorOutput,
} from '../options/output.ts';
import { force, printing } from '../options/print.ts';
import { textFrom } from '../standard-input.ts';
import { lineBatches } from '../terminal/input-lines.ts';

const convertOptions = [
  changed(formatOption(formatsOfModels), { only: [] }),
  option({
    flags: '--words <file>',
    text: 'write only the words listed in this file, one per line; - for standard input',
    takes: fileRead,
  }),
  option({
    flags: '--top <n>',
    text: 'write only the first n words, the most frequent',
    takes: within(whole(1)),
    shown: 'all',
  }),
  changed(center, { text: 'subtract the mean of all vectors of <in> from each (default: false)' }),
  option({ flags: '--normalize', text: 'scale every vector to unit length (default: false)' }),
  force,
  ...printing,
] as const;

type ConvertCommandOptions = OptionsOf<typeof convertOptions>;

const examples = `Examples:
  w2v convert glove.6B.300d.txt.gz glove.bin
  w2v convert cc.en.300.bin english.safetensors        from a fastText model
  w2v convert vectors.bin small.bin --top 20000 --normalize
  w2v convert vectors.bin some.txt --words words.txt   only these words
  w2v convert vectors.bin board --format projector    for TensorBoard
  w2v convert vectors.bin model --format static-embedding
                             for model2vec and sentence-transformers
  w2v convert vectors.bin model/    for TensorFlow and TensorFlow.js
`;

const closing = `
The content of the input tells its format. docs/formats.md has all formats.`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).addHelpText('after', closing);
  const from = {
    ...denseFile,
    name: '<in>',
    text: 'file or folder of vectors, optionally gzipped; - for standard input',
  };
  const to = {
    name: '<out>',
    text: 'output file: .txt, .vec, .bin, .npy, .safetensors, .parquet, each also with .gz; folder/ for TensorFlow; - for standard output',
    takes: vectorOutput.takes,
    what: 'the output',
  };
  declare(command, { operands: [from, to], options: convertOptions });
  command.action((input: string, output: string, options: ConvertCommandOptions) =>
    run(context, input, output, options),
  );
}

async function run(
  context: CommandContext,
  input: string,
  output: string,
  options: ConvertCommandOptions,
): Promise<void> {
  const { format, force, quiet = false } = options;
  const { signal } = context;
  checkVectorOutput(context, { ...options, output });
  const words = options.words === undefined ? undefined : await listedWords(context, options.words);
  const manifest = await manifestBeside(context, input, quiet);
  const vectors = await withProgress(context, quiet, async ({ onProgress }) => {
    const whole = output !== '-' && formatFor(output, format).name === 'fasttext';
    const loaded = await loadDenseVectors(context, input, {
      onProgress,
      signal,
      whole: whole || format === 'fasttext',
    });
    const { mean } = await centered(context, loaded, options);
    const written = selected(loaded, { words, top: options.top, normalize: options.normalize });
    const ofPart = written === loaded ? manifest : manifest && manifestOfPart(manifest, loaded, written);
    const made = mean && ofPart ? { ...ofPart, mean: sum(mean, ofPart.mean) } : ofPart;
    if (output !== '-') await saveVectors(output, written, { format, force, manifest: made, onProgress, signal });
    return { loaded, written };
  });
  const { loaded, written } = vectors;
  if (words !== undefined && !quiet) sayMissing(context, missingWords(loaded, words));
  if (output === '-') return streamVectors(context, written, format);
  const { dimensions, duplicates } = loaded;
  if (options.json) {
    const { name } = formatFor(output, format);
    const from = { input, inputFormat: loaded.format, inputVocabulary: loaded.words.length, duplicates };
    printJson(context, {
      command: 'convert',
      ...from,
      output,
      format: name,
      vocabulary: written.words.length,
      dimensions,
    });
  }
  if (quiet) return;
  const size = `${thousands(loaded.words.length)} words x ${dimensions}`;
  const from = input === '-' ? 'standard input' : input;
  const part = written.words.length < loaded.words.length ? `${thousands(written.words.length)} words, ` : '';
  say(context, `Read ${from} (${loaded.format}, ${size}), wrote ${output} (${part}${formatFor(output, format).name})`);
  if (duplicates > 0) {
    say(context, `${counted(duplicates, 'duplicate word')}; kept the first row of each`);
  }
}

/** Vectors may have been centered before, by another mean. */
function sum(mean: number[], before?: readonly number[]): number[] {
  return mean.map((value, at) => value + (before?.[at] ?? 0));
}

/** The vectors themselves if nothing is selected. Throws `word-unknown` if no word is left. */
function selected(loaded: WordVectors, selection: Selection): WordVectors {
  if (selection.words === undefined && selection.top === undefined && selection.normalize !== true) return loaded;
  const part = selectVectors(loaded, selection);
  if (part.words.length > 0) return part;
  const within = selection.top === undefined ? '' : ` among the first ${selection.top}`;
  throw new W2vError(
    'word-unknown',
    `none of the words of --words is in the file${within}`,
    'check the spelling and case',
  );
}

function manifestOfPart({ counts, ...manifest }: Manifest, loaded: WordVectors, written: WordVectors): Manifest {
  const index = wordIndex(loaded);
  const ofPart = counts?.length === loaded.words.length && written.words.map((word) => counts[index.get(word)!]);
  return { ...manifest, vocabulary: written.words.length, ...(ofPart && { counts: ofPart }) };
}

/** The words of a list, one per line. Throws `file-missing`, `not-text`. */
async function listedWords(context: CommandContext, file: string): Promise<string[]> {
  const hint = 'give a file with one word per line';
  const words: string[] = [];
  for await (const batch of lineBatches(await textFrom(context, file, hint)))
    for (const { text } of batch) words.push(text);
  return words;
}

function sayMissing(context: CommandContext, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const some = missing.slice(0, 5).map(quotable).join(', ');
  say(context, `Not in the file: ${counted(missing.length, 'word')} (${some}${missing.length > 5 ? ', ...' : ''})`);
}
