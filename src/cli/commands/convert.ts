// w2v convert IN OUT: any file of vectors to any other format.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { thousands } from '../../format-numbers.ts';
import { formatFor, saveVectors, writtenFormats } from '../../formats/formats.ts';
import { wordListPath } from '../../formats/io/word-list.ts';
import { manifestPath } from '../../formats/manifest.ts';
import { type CommandContext, say, withProgress } from '../context.ts';
import { loadDenseVectors, manifestBeside } from '../open-vectors.ts';
import { checkVectorOutputs, streamVectors } from '../options/output.ts';
import { oneOf } from '../options/parse.ts';

interface ConvertCommandOptions {
  format?: string;
  force?: boolean;
  quiet?: boolean;
}

const examples = `Examples:
  w2v convert glove.6B.300d.txt.gz glove.bin
  w2v convert cc.en.300.bin english.safetensors          the word vectors of a fastText model
  w2v convert vectors.bin board --format projector       a folder for TensorBoard's projector
  w2v convert vectors.bin model --format static-embedding
                                                         a folder for model2vec and sentence-transformers
`;

const closing = `
The input format is detected from the content. See docs/formats.md for all formats.`;

export function define(command: Command, context: CommandContext): void {
  const names = writtenFormats.map((format) => format.name);
  command
    .addHelpText('before', examples)
    .addHelpText('after', closing)
    .argument('<in>', 'file or folder of vectors, optionally gzipped; - for standard input')
    .argument(
      '<out>',
      'output file: .txt, .vec, .bin, .npy, .safetensors, .parquet, each also with .gz; - for standard output',
    )
    .addOption(
      new Option('--format <name>', `${names.join(', ')} (default: by file extension)`).argParser(
        oneOf('--format', names),
      ),
    )
    .option('--force', 'overwrite existing files (default: false)')
    .option('--quiet', 'print no progress and no summary')
    .action((input: string, output: string, options: ConvertCommandOptions) => run(context, input, output, options));
}

async function run(
  context: CommandContext,
  input: string,
  output: string,
  { format, force, quiet = false }: ConvertCommandOptions,
): Promise<void> {
  const { signal } = context;
  const target = { output, ...(format && { format }), ...(force && { force }) };
  await checkVectorOutputs(context, target, { inputs: () => inputFiles(input) });
  const manifest = await manifestBeside(context, input, quiet);
  const vectors = await withProgress(context, quiet, async ({ onProgress }) => {
    const loaded = await loadDenseVectors(context, input, { onProgress, signal });
    if (output !== '-') await saveVectors(output, loaded, { format, force, manifest, onProgress, signal });
    return loaded;
  });
  if (output === '-') return streamVectors(context, vectors, format);
  if (quiet) return;
  const { words, dimensions, duplicates } = vectors;
  const size = `${thousands(words.length)} words x ${dimensions}`;
  const from = input === '-' ? 'standard input' : input;
  say(context, `Read ${from} (${vectors.format}, ${size}), wrote ${output} (${formatFor(output, format).name})`);
  if (duplicates > 0) {
    say(context, `${thousands(duplicates)} words stood there more than once; the first row of each was taken`);
  }
}

/** The vectors with what stands beside them, or in their folder. */
async function inputFiles(input: string): Promise<string[]> {
  const inside = await readdir(input).catch(() => []);
  return [input, wordListPath(input), manifestPath(input), ...inside.map((name) => path.join(input, name))];
}
