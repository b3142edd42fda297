// Where vectors go: the options, what can be known to fail before any work, the writing, and what to try with them.
import { existsSync } from 'node:fs';
import { usage } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { choice } from '../../base/ranges.ts';
import { finishInTurns } from '../../base/steps.ts';
import { stopWordRows } from '../../corpus/cleaning/stop-words.ts';
import { quotedForShell } from '../../files/shell-name.ts';
import { isSpecial } from '../../files/targets.ts';
import { fileFormats, writtenFormats } from '../../formats/formats.ts';
import { wordListPath } from '../../formats/io/word-list.ts';
import { type Manifest, manifestPath } from '../../formats/manifest.ts';
import {
  formatFor,
  outputPaths,
  refuseSeveral,
  type SavedVectors,
  saveTogether,
  writeVectors,
} from '../../formats/save.ts';
import { centerSteps } from '../../vectors/center.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { type CommandContext, forStream, say } from '../context.ts';
import { type Rescuable, saveOrRescue } from '../rescue.ts';
import { needWhole } from '../terminal/standard-output.ts';
import { fileWritten, type Kind, within } from './kinds.ts';
import { changed, needs, option, titled } from './option.ts';
import { force, printing } from './print.ts';

const overwritten = changed(force, { text: 'overwrite an existing file (default: false)' });

/** Of a command whose result is a text, printed unless a file is named. */
export const textOutput = titled(
  'Output:',
  option({
    flags: '-o, --output <file>',
    text: 'output file; - for standard output',
    takes: fileWritten,
    fallback: '-',
    basic: true,
  }),
  overwritten,
  ...printing,
);

const MODEL = 'fasttext'; // the format of whole models

/** The files of vectors that a name stands for, by its ending or --format: those beside it, too. */
const vectorsWritten: Kind<string> = {
  ...fileWritten,
  files: (path, { format }) => filesOfVectors(path, format as string | undefined),
};

async function filesOfVectors(path: string, format: string | undefined): Promise<string[]> {
  const chosen = formatFor(path, format);
  if (await isSpecial(path)) {
    refuseSeveral(chosen);
    return [path];
  }
  // A folder that does not exist yet is checked by its parent.
  return 'filesOf' in chosen && !existsSync(path) ? [path, manifestPath(path)] : outputPaths(path, chosen.name);
}

/** Of a sparse matrix: the words and the manifest lie beside it. */
const matrixWritten: Kind<string> = {
  ...fileWritten,
  async files(path, options) {
    if (!isSparse(path, options as { format?: string })) return filesOfVectors(path, options.format as string);
    return (await isSpecial(path)) ? [path] : [path, wordListPath(path), manifestPath(path)];
  },
};

/** Of a file beside the vectors: --format is its own, too, unless it is of whole models. */
export const besideVectors: Kind<string> = {
  ...fileWritten,
  files: (path, { format }) => filesOfVectors(path, formatBeside(format as string | undefined)),
  noStream: 'give it a file name',
};

/** --format of vectors with subwords: .bin is then fastText's own model, unless another is asked for. */
export function modelFormat({ output, format }: Pick<OutputOptions, 'output' | 'format'>): string | undefined {
  return format === undefined && /\.bin(\.gz)?$/i.test(output) ? MODEL : format;
}

/** Says of vectors with subwords that their format keeps only words, where it does. */
export function sayWithoutNgrams(
  context: CommandContext,
  { output, format }: Pick<OutputOptions, 'output' | 'format'>,
): void {
  if (format === MODEL) return;
  const only = `${output === '-' ? 'The output' : output} has vectors only for the words of the vocabulary`;
  say(context, `${only}; FILE.bin (--format ${MODEL}) keeps the n-grams and covers other words too`);
}

/** Of files beside a whole model: by their extension. */
export function formatBeside(format: string | undefined): string | undefined {
  return format === MODEL ? undefined : format;
}

/** Whether vectors are to be stored as a sparse matrix, by --format or the name. */
export function isSparse(output: string, { format }: { format?: string | undefined }): boolean {
  return format === 'npz' || (format === undefined && output.endsWith('.npz'));
}

const endings = fileFormats.flatMap((format) => format.extensions);

/** `--format`, of the formats that a command can write. */
export const formatOption = (names: readonly string[]) =>
  option({
    flags: '--format <name>',
    text: `${names.join(', ')} (default: by file extension)`,
    takes: within(choice(names)),
    only: [needs('output', 'add -o FILE')],
  });

/** What stores vectors of words alone, without the n-grams that words are composed of. */
export const formatsOfRows = writtenFormats.map(({ name }) => name).filter((name) => name !== MODEL);
export const formatsOfModels = writtenFormats.map(({ name }) => name);

/** -o of a command that makes vectors. */
export const vectorOutput = option({
  flags: '-o, --output <file>',
  text: `output file: ${endings.join(', ')}, each also with .gz; - for standard output`,
  takes: vectorsWritten,
  required: true,
  basic: true,
});
/** The same where it may be a sparse matrix. */
export const matrixOutput = changed(vectorOutput, {
  text: `output file: ${endings.join(', ')}, each also with .gz; .npz; - for standard output`,
  takes: matrixWritten,
});

export const center = option({
  flags: '--center',
  text: 'subtract the mean of all vectors from each (default: false)',
});

/** Centers the vectors in place where it is asked for. Returns what the manifest says of it. */
export async function centered(
  { signal }: CommandContext,
  vectors: WordVectors,
  { center = false }: { center?: boolean },
): Promise<Pick<Manifest, 'mean'>> {
  return center ? { mean: [...(await finishInTurns(centerSteps(vectors), signal))] } : {};
}

export interface OutputOptions {
  output: string;
  format?: string | undefined;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** Throws `usage` where -o is standard output and the format cannot go there. */
export function checkVectorOutput(
  context: CommandContext,
  { output, format, json }: Omit<OutputOptions, 'quiet'>,
): void {
  if (output === '-') checkStandardOutput(context, format, json);
}

const textFormats = ['word2vec-text', 'glove'];

function checkStandardOutput({ stdout }: CommandContext, format = 'word2vec-text', json?: boolean): void {
  if (json) {
    throw usage('--json and the vectors cannot both go to standard output', 'give -o a file name');
  }
  refuseSeveral(formatFor('-', format));
  if (stdout.isTTY && !textFormats.includes(format)) {
    const hint = 'name a file, add > FILE, or choose --format word2vec-text';
    throw usage(`the format ${format} is binary, and standard output is a terminal`, hint);
  }
}

/**
 * Vectors for `-o`, or what is written together with them; `format` is that of --format unless it has one of its own.
 */
export interface Output extends SavedVectors {
  /** For the message where it has to be rescued: 'the vectors'. */
  what: string;
}

/**
 * Writes all of `outputs`, or none. '-' is standard output: text by default, without a manifest. If writing fails, the
 * results are saved under another name.
 */
export async function writeOutputs(
  context: CommandContext,
  { format, force, temporary }: Pick<OutputOptions, 'format' | 'force'> & { temporary?: string | undefined },
  outputs: readonly Output[],
): Promise<void> {
  const { signal } = context;
  const again = ({ format: own = format }: Output) => [
    ...(own === undefined ? [] : ['--format', own]),
    ...(force ? ['--force'] : []),
  ];
  const rescuable = (one: Output): Rescuable => ({
    path: one.path,
    what: one.what,
    save: () => saveTogether([one], { force, signal }),
    saveAs: (path, mode) => saveTogether([{ ...one, path, format: rescueFormat(one) }], { signal, mode }),
    restore: (rescued) => ['w2v convert', ...[rescued, one.path].map(quotedForShell), ...again(one)].join(' '),
  });
  const files = outputs
    .filter(({ path }) => path !== '-')
    .map((one) => ({ ...one, format: one.format ?? (one === outputs[0] ? format : formatBeside(format)) }));
  await saveOrRescue(() => saveTogether(files, { force, signal }), files.map(rescuable), { signal, temporary });
  const streamed = outputs.find(({ path }) => path === '-');
  if (streamed === undefined) return;
  const stream = () => streamVectors(context, streamed.vectors, format);
  await saveOrRescue(stream, [rescuable(streamed)], { signal, temporary });
}

/** A format that can store every word, and the n-grams of a model that has them. */
function rescueFormat({ vectors }: Output): string {
  return vectors.subwords?.trained ? MODEL : 'safetensors';
}

/** Writes vectors to standard output, as text by default. Control characters of words are escaped for a terminal. */
export async function streamVectors(
  { stdout, signal }: CommandContext,
  vectors: WordVectors,
  format = 'word2vec-text',
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // a character may begin in one piece and end in the next
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const piece = stdout.isTTY ? forStream(stdout, decoder.decode(bytes, { stream: true })) : bytes;
      stdout.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  if (!textFormats.includes(format)) needWhole(stdout);
  const handled = () => undefined; // `write` rejects with the error; main.ts ignores it while there is a listener
  stdout.on('error', handled);
  try {
    await writeVectors({ write }, vectors, format, { signal });
  } finally {
    // The stream calls its listeners after the callback of `write`.
    setImmediate(() => stdout.off('error', handled));
  }
}

/** `Wrote FILE (8,214 words x 100). Try: w2v nearest FILE whale`; nothing if the vectors went to standard output. */
export function sayWrote(context: CommandContext, output: string, size: string, words: readonly string[]): void {
  if (output === '-') return;
  const word = wordToTry(words);
  const asked = word === undefined ? [output] : [output, word];
  say(context, `Wrote ${output} (${size}). Try: w2v nearest ${asked.map(quotedForShell).join(' ')}`);
}

export { quotedForShell };

/**
 * The most frequent content word of some length. Undefined where every word would be taken for an option or a sum.
 *
 * @param words by frequency, the most frequent first
 */
export function wordToTry(words: readonly string[]): string | undefined {
  const frequent = words.slice(0, 10_000);
  const isStopWord = stopWordRows(frequent);
  return frequent.find((word, row) => !isStopWord[row] && isLong(word)) ?? words.find(isPlain);
}

/** Five letters, or two syllables or characters of a script that writes words shorter. */
function isLong(word: string): boolean {
  return /^\p{L}{5,}$/u.test(word) || /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}]{2,}$/u.test(word);
}

function isPlain(word: string): boolean {
  return /^[^-+\s]\S*$/.test(word) && printable(word) === word;
}
