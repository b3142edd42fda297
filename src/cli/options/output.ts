// Where vectors go: the options, what can be known to fail before any work, the writing, and what to try with them.
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { checkNotInputs, isSpecial } from '../../files/targets.ts';
import { checkOutputs } from '../../files/write-files.ts';
import { fileFormats, writtenFormats } from '../../formats/formats.ts';
import { manifestPath } from '../../formats/manifest.ts';
import {
  formatFor,
  outputPaths,
  refuseSeveral,
  type SavedVectors,
  saveTogether,
  writeVectors,
} from '../../formats/save.ts';
import { printable } from '../../printable.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { type CommandContext, forStream, say } from '../context.ts';
import { type Rescuable, saveOrRescue } from '../rescue.ts';
import { oneOf } from './parse.ts';
import { addPrintOptions } from './print.ts';

/** The options of a command whose result is a text, printed unless a file is named. */
export function addTextOutput(command: Command): void {
  command
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'output file; - for standard output', '-')
    .option('--force', 'overwrite an existing file (default: false)');
  addPrintOptions(command);
}

/**
 * Whether -o names a file. Throws `usage` where the text (`what`: 'words') and JSON would meet on standard output, and
 * as
 * `checkOutputs` and `checkNotInputs`.
 */
export async function checkTextOutput(
  { output, force, json }: Omit<OutputOptions, 'format'>,
  what: string,
  inputs: () => Promise<string[]>,
): Promise<boolean> {
  const toFile = output !== '-';
  if (json && !toFile) {
    throw new W2vError('usage', `--json and the ${what} cannot both go to standard output`, 'add -o FILE');
  }
  if (toFile) {
    await checkOutputs([output], { force });
    await checkNotInputs([output], inputs);
  }
  return toFile;
}

const MODEL = 'fasttext'; // the format of whole models

export interface OutputOptions {
  output: string;
  format?: string;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** `among`: the formats that the command writes; `more`: others, named by their ending. */
export function addOutputOptions(command: Command, among = writtenFormats, more: readonly string[] = []): void {
  const endings = fileFormats.flatMap((format) => format.extensions);
  const packed = [`${endings.join(', ')}, each also with .gz`, ...more.map((name) => `.${name}`)];
  const names = [...among.map((format) => format.name), ...more];
  command
    .optionsGroup('Output:')
    .requiredOption('-o, --output <file>', `output file: ${packed.join('; ')}; - for standard output`)
    .addOption(
      new Option('--format <name>', `${names.join(', ')} (default: by file extension)`).argParser(
        oneOf('--format', names),
      ),
    )
    .option('--force', 'overwrite existing files (default: false)');
  addPrintOptions(command);
}

interface CheckedOutputs {
  /** Further files of vectors to write; --format is theirs too, unless it is of whole models. */
  also?: readonly string[];
  /** Whether the vectors are a whole model, which fastText's format stores. */
  isModel?: boolean;
  /** The input files, which may not be written to. Called only if an output exists. */
  inputs: () => Promise<readonly string[]>;
}

/** What can be known to fail is said before the reading, not after it. */
export async function checkVectorOutputs(
  context: CommandContext,
  { output, format, force, json }: Pick<OutputOptions, 'output' | 'format' | 'force' | 'json'>,
  { also = [], isModel = true, inputs }: CheckedOutputs,
): Promise<void> {
  if (format === MODEL && !isModel) {
    const observed = `--format ${MODEL} stores vectors with subwords`;
    throw new W2vError('usage', observed, 'train with --subwords 3..6, or choose another --format');
  }
  if (output === '-') checkStandardOutput(context, format, json);
  const files: string[] = [];
  for (const path of output === '-' ? also : [output, ...also]) {
    const chosen = formatFor(path, path === output ? format : formatBeside(format));
    if (await isSpecial(path)) {
      refuseSeveral(chosen);
      files.push(path);
    } else {
      // A folder that does not exist yet is checked by its parent.
      const toBeMade = 'filesOf' in chosen && !existsSync(path);
      files.push(...(toBeMade ? [path, manifestPath(path)] : outputPaths(path, chosen.name)));
    }
  }
  await checkOutputs(files, { force });
  await checkNotInputs(files, inputs);
}

/** Of files beside a whole model: by their extension. */
export function formatBeside(format: string | undefined): string | undefined {
  return format === MODEL ? undefined : format;
}

const textFormats = ['word2vec-text', 'glove'];

function checkStandardOutput({ stdout }: CommandContext, format = 'word2vec-text', json?: boolean): void {
  if (json) {
    throw new W2vError('usage', '--json and the vectors cannot both go to standard output', 'give -o a file name');
  }
  refuseSeveral(formatFor('-', format));
  if (stdout.isTTY && !textFormats.includes(format)) {
    const hint = 'name a file, add > FILE, or choose --format word2vec-text';
    throw new W2vError('usage', `the format ${format} is binary, and standard output is a terminal`, hint);
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

/**
 * A word worth asking about: five letters or more, and not among the very frequent ones, which carry little meaning.
 * Undefined where every word would be taken for an option or a sum.
 */
function wordToTry(words: readonly string[]): string | undefined {
  const start = Math.min(300, Math.floor(words.length / 10));
  const isLong = (word: string) => /^\p{L}{5,}$/u.test(word);
  const isPlain = (word: string) => /^[^-+\s][^\s]*$/.test(word) && printable(word) === word;
  return (
    words.slice(start).find(isLong) ?? words.find(isLong) ?? words.slice(start).find(isPlain) ?? words.find(isPlain)
  );
}

export function quotedForShell(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
