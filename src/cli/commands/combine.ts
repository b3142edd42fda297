// w2v combine FILE FILE... -o FILE: several files of vectors as one, on the words that all have.
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { throwIfAborted } from '../../base/errors.ts';
import { counted, duration, percentage } from '../../base/format-numbers.ts';
import { whole } from '../../base/ranges.ts';
import { unreadable } from '../../files/open-file.ts';
import { sha256OfFile } from '../../files/sha256.ts';
import type { LoadedVectors } from '../../formats/format.ts';
import { type CombinedPart, countsOf, type Manifest } from '../../formats/manifest.ts';
import { formatFor } from '../../formats/save.ts';
import { memoryOfMachine } from '../../train/result-memory.ts';
import { type CombinedVectors, combineVectors, weightRange, weightsFor } from '../../vectors/combine.ts';
import { wordIndex } from '../../vectors/word-vectors.ts';
import { type CommandContext, printJson, say, withProgress } from '../context.ts';
import { secondsSince } from '../from-corpus.ts';
import { denseFile, loadDenseVectors, manifestBeside } from '../open-vectors.ts';
import { numbers, within } from '../options/kinds.ts';
import { changed, declare, type OptionsOf, option } from '../options/option.ts';
import {
  checkVectorOutput,
  formatOption,
  formatsOfRows,
  sayWrote,
  vectorOutput,
  writeOutputs,
} from '../options/output.ts';
import { force, printing } from '../options/print.ts';
import { memory } from '../options/run.ts';
import { nothingDropped } from '../save-texts.ts';
import { ownVersion } from '../version.ts';

const combineOptions = [
  vectorOutput,
  formatOption(formatsOfRows),
  option({
    flags: '--weights <w...>',
    text: 'a weight for each file, in their order: 1 0.5 0.5 or 1,0.5,0.5; the share of a file in a cosine is the square of its weight',
    takes: numbers(weightRange),
    shown: '1 each',
    lineOnly: 'it belongs to the files on the line',
  }),
  option({
    flags: '--dim <n>',
    text: 'reduce to n dimensions by PCA',
    takes: within(whole(1)),
    shown: 'those of all files together',
  }),
  changed(memory, {
    text: 'memory limit for the vectors and the result',
    fallback: undefined,
    shown: "the machine's",
  }),
  force,
  ...printing,
] as const;

type CombineCommandOptions = OptionsOf<typeof combineOptions>;

const examples = `Examples:
  w2v combine skipgram.bin counts.bin -o both.bin
  w2v combine sub.bin svd.bin sg.bin -o all.bin --weights 1 0.5 0.5 --dim 300
  w2v combine mine.bin GoogleNews-vectors-negative300.bin.gz -o joined.bin
`;

const closing = `
Of the words that all files have, in the order of the first: each file's
vectors minus their mean, scaled to length 1, times the weight of the file,
side by side. Words must be written the same. Of files with subwords the
vectors of their words are taken: the result has no n-grams, and words that it
lacks are no longer composed.`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).addHelpText('after', closing);
  declare(command, { operands: [{ ...denseFile, name: '<file...>' }], options: combineOptions });
  command.action((files: string[], options: CombineCommandOptions) => run(context, files, options));
}

async function run(context: CommandContext, files: string[], options: CombineCommandOptions): Promise<void> {
  const { output, dim, memory = memoryOfMachine(), json, quiet = false } = options;
  const { signal } = context;
  const weights = weightsFor(files.length, options);
  checkVectorOutput(context, options);
  const started = performance.now();
  const manifest = await manifestBeside(context, files[0], quiet);
  const made = await withProgress(context, quiet, async ({ onProgress }) => {
    const parts = await loadParts(files, manifest?.counts !== undefined, (file, only) =>
      loadDenseVectors(context, file, { onProgress, signal, only }),
    );
    const read = secondsSince(started);
    const combined = await combineVectors(parts, { weights, dim, memory, onProgress, signal });
    const combine = secondsSince(started) - read;
    return { parts, combined, seconds: { read, combine } };
  });
  const { parts, combined, seconds } = made;
  const sources: CombinedPart[] = [];
  for (const [at, file] of files.entries()) {
    const { dimensions } = parts[at];
    sources.push({ file, ...(await hashOf(file, signal)), weight: weights[at], dimensions });
  }
  const about = await manifestOf({ combined, first: { vectors: parts[0], manifest }, sources, seconds, options });
  await writeOutputs(context, options, [{ path: output, vectors: combined, manifest: about, what: 'the vectors' }]);
  const { words, dimensions, keptShare } = combined;
  if (json) {
    printJson(context, {
      ...{ command: 'combine', parts: sources, vocabulary: words.length, dimensions, keptShare: keptShare ?? null },
      ...{
        seconds: { ...seconds, total: secondsSince(started) },
        output,
        format: formatFor(output, options.format).name,
      },
    });
  }
  if (quiet) return;
  const kept =
    keptShare === undefined ? '' : `; ${dimensions} dimensions keep ${percentage(keptShare, 1)} of the variance`;
  say(context, `${counted(words.length, 'word')} in common${kept} (${duration(seconds.read + seconds.combine)})`);
  sayWrote(context, output, `${counted(words.length, 'word')} x ${dimensions}`, words);
}

/**
 * The files in their order, each without words that those read before lack. The smallest is read first, so that of a
 * large one only what is needed is kept; or the first, where `isFirstWhole`: counts beside it are those of all its words.
 */
async function loadParts(
  files: readonly string[],
  isFirstWhole: boolean,
  load: (file: string, only: LoadedIndex | undefined) => Promise<LoadedVectors>,
): Promise<LoadedVectors[]> {
  const sizes = await Promise.all(files.map(sizeOf));
  if (isFirstWhole) sizes[0] = -1;
  const order = [...files.keys()].sort((a, b) => sizes[a] - sizes[b] || a - b);
  const parts: LoadedVectors[] = [];
  let only: LoadedIndex | undefined;
  for (const at of order) {
    parts[at] = await load(files[at], only);
    only = wordIndex(parts[at]);
  }
  return parts;
}

type LoadedIndex = ReturnType<typeof wordIndex>;

/** In bytes; what is no file counts as large, and reading it says what is wrong with it. */
async function sizeOf(file: string): Promise<number> {
  const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return found?.isFile() ? found.size : Number.MAX_SAFE_INTEGER;
}

/** Nothing for a folder and for standard input. */
async function hashOf(file: string, signal: AbortSignal): Promise<Pick<CombinedPart, 'sha256'>> {
  try {
    return file !== '-' && (await stat(file)).isFile() ? { sha256: await sha256OfFile(file, signal) } : {};
  } catch (error) {
    throwIfAborted(signal);
    throw unreadable(file, error);
  }
}

/** The options of the first part that say how words are written. */
const ofWords = ['tokenizer', 'tokenizerModule', 'locale', 'keepCase', 'strip', 'digits', 'sentences', 'phrases'];

async function manifestOf({
  combined,
  first,
  sources,
  seconds,
  options,
}: {
  combined: CombinedVectors;
  first: { vectors: LoadedVectors; manifest: Manifest | undefined };
  sources: CombinedPart[];
  seconds: Record<string, number>;
  options: CombineCommandOptions;
}): Promise<Manifest> {
  const { words, dimensions, keptShare } = combined;
  const { manifest } = first;
  const counts = countsOf(manifest, first.vectors);
  const index = wordIndex(first.vectors);
  const written = Object.entries(manifest?.options ?? {}).filter(([name]) => ofWords.includes(name));
  return {
    version: await ownVersion(),
    command: 'combine',
    route: 'combined',
    options: { ...Object.fromEntries(written), weights: sources.map(({ weight }) => weight), dim: options.dim ?? null },
    seed: manifest?.seed ?? 1,
    corpus: manifest?.corpus ?? { files: [], bytes: 0, sha256: '', lines: 0, dropped: nothingDropped },
    vocabulary: words.length,
    ...(counts && { counts: words.map((word) => counts[index.get(word)!]) }),
    dimensions,
    tokens: manifest?.tokens ?? 0,
    combined: { parts: sources, ...(keptShare !== undefined && { keptShare }) },
    lossByEpoch: [],
    seconds,
    engine: { name: 'combine', versions: { node: process.versions.node } },
    createdAt: new Date().toISOString(),
  };
}
