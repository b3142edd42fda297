// w2v convert IN OUT: any file of vectors to any other format.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { counted, thousands } from '../../format-numbers.ts';
import { writtenFormats } from '../../formats/formats.ts';
import { wordListPath } from '../../formats/io/word-list.ts';
import { type Manifest, manifestPath } from '../../formats/manifest.ts';
import { formatFor, saveVectors } from '../../formats/save.ts';
import { quotable } from '../../printable.ts';
import { missingWords, type Selection, selectVectors } from '../../vectors/select.ts';
import { type WordVectors, wordIndex } from '../../vectors/word-vectors.ts';
import { type CommandContext, printJson, say, withProgress } from '../context.ts';
import { loadDenseVectors, manifestBeside } from '../open-vectors.ts';
import { checkVectorOutputs, streamVectors } from '../options/output.ts';
import { oneOf, wholeNumber } from '../options/parse.ts';
import { addPrintOptions, type PrintOptions } from '../options/print.ts';
import { checkStandardInput, textFrom } from '../standard-input.ts';
import { lineBatches } from '../terminal/input-lines.ts';

interface ConvertCommandOptions extends PrintOptions {
  words?: string;
  top?: number;
  normalize?: boolean;
  format?: string;
  force?: boolean;
}

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
  const names = writtenFormats.map((format) => format.name);
  command
    .addHelpText('before', examples)
    .addHelpText('after', closing)
    .argument('<in>', 'file or folder of vectors, optionally gzipped; - for standard input')
    .argument(
      '<out>',
      'output file: .txt, .vec, .bin, .npy, .safetensors, .parquet, each also with .gz; folder/ for TensorFlow; - for standard output',
    )
    .addOption(
      new Option('--format <name>', `${names.join(', ')} (default: by file extension)`).argParser(
        oneOf('--format', names),
      ),
    )
    .option('--words <file>', 'write only the words listed in this file, one per line; - for standard input')
    .addOption(
      new Option('--top <n>', 'write only the first n words, the most frequent (default: all)').argParser(
        wholeNumber('--top', 1),
      ),
    )
    .option('--normalize', 'scale every vector to length 1 (default: false)')
    .option('--force', 'overwrite existing files (default: false)');
  addPrintOptions(command);
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
  const target = { output, ...(options.json && { json: true }), ...(format && { format }), ...(force && { force }) };
  const listed = options.words === undefined ? [] : [options.words];
  checkStandardInput({ 'the vectors': input, '--words': listed });
  await checkVectorOutputs(context, target, { inputs: async () => [...(await inputFiles(input)), ...listed] });
  const words = options.words === undefined ? undefined : await listedWords(context, options.words);
  const manifest = await manifestBeside(context, input, quiet);
  const vectors = await withProgress(context, quiet, async ({ onProgress }) => {
    const whole = output !== '-' && formatFor(output, format).name === 'fasttext';
    const loaded = await loadDenseVectors(context, input, {
      onProgress,
      signal,
      whole: whole || format === 'fasttext',
    });
    const written = selected(loaded, { words, top: options.top, normalize: options.normalize });
    const made = written === loaded ? manifest : manifest && manifestOfPart(manifest, loaded, written);
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
    say(context, `${counted(duplicates, 'duplicate word')}; the first row of each was taken`);
  }
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
  const ofPart = counts?.length === loaded.words.length && written.words.map((word) => counts[index.get(word)!]!);
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

/** The vectors and the files next to them, or in their folder. */
async function inputFiles(input: string): Promise<string[]> {
  const inside = await readdir(input).catch(() => []);
  return [input, wordListPath(input), manifestPath(input), ...inside.map((name) => path.join(input, name))];
}
