// Where vectors go: the options, what can be known to fail before any work, the writing, and what to try with them.
import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { W2vError } from '../errors.ts';
import { isSpecial } from '../files/targets.ts';
import { checkOutputs } from '../files/write-files.ts';
import {
  fileFormats,
  formatFor,
  outputPaths,
  refuseSeveral,
  type SavedVectors,
  saveTogether,
  writeVectors,
  writtenFormats,
} from '../formats/formats.ts';
import { type Manifest, manifestPath } from '../formats/manifest.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, say } from './context.ts';
import { oneOf } from './options.ts';

export interface OutputOptions {
  output: string;
  format?: string;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** `more`: formats that only this command writes, named by their ending. */
export function addOutputOptions(command: Command, more: readonly string[] = []): void {
  const endings = [...fileFormats.flatMap((format) => format.extensions), ...more.map((name) => `.${name}`)];
  const names = [...writtenFormats.map((format) => format.name), ...more];
  command
    .optionsGroup('Output:')
    .requiredOption(
      '-o, --output <file>',
      `where the vectors go: ${endings.join(', ')}; also .gz; - is standard output`,
    )
    .addOption(
      new Option('--format <name>', `${names.join(', ')} (default: by the ending of the file)`).argParser(
        oneOf('--format', names),
      ),
    )
    .option('--force', 'overwrite files that exist (default: false)')
    .option('--json', 'one JSON document on standard output, about the run')
    .option('--quiet', 'no progress and no summary');
}

/** What can be known to fail is said before the reading, not after it. `also`: further files of vectors to be written. */
export async function checkVectorOutputs(
  { output, format, force, json }: OutputOptions,
  also: readonly string[],
): Promise<void> {
  if (output === '-' && json) {
    throw new W2vError('usage', '--json and the vectors cannot both go to standard output', 'give -o a file name');
  }
  const files: string[] = [];
  if (output === '-') refuseSeveral(formatFor(output, format ?? 'word2vec-text'));
  for (const path of output === '-' ? also : [output, ...also]) {
    if (await isSpecial(path)) {
      refuseSeveral(formatFor(path, format));
      files.push(path);
    } else {
      // A folder that is still to be made is checked by the one it will stand in.
      const toBeMade = 'filesOf' in formatFor(path, format) && !existsSync(path);
      files.push(...(toBeMade ? [path, manifestPath(path)] : outputPaths(path, format)));
    }
  }
  await checkOutputs(files, { force });
}

/**
 * To the file with its manifest, or to standard output without one, as text unless told otherwise. `also`: what is written
 * together with it.
 */
export async function writeOutput(
  context: CommandContext,
  { output, format, force }: OutputOptions,
  vectors: WordVectors,
  manifest: Manifest,
  also: readonly SavedVectors[] = [],
): Promise<void> {
  const { signal, stdout } = context;
  const main = output === '-' ? [] : [{ path: output, vectors, format, manifest }];
  await saveTogether([...main, ...also], { force, signal });
  if (output !== '-') return;
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  await writeVectors({ write }, vectors, format ?? 'word2vec-text', { signal });
}

/** `Wrote FILE (8,214 words x 100). Try: w2v nearest FILE whale`; nothing where the vectors went to standard output. */
export function sayWrote(context: CommandContext, output: string, size: string, words: readonly string[]): void {
  if (output === '-') return;
  say(context, `Wrote ${output} (${size}). Try: w2v nearest ${quotedForShell(output)} ${wordToTry(words)}`);
}

/** A word worth asking about: five letters or more, and not among the very frequent ones, which carry little meaning. */
export function wordToTry(words: readonly string[]): string {
  const start = Math.min(300, Math.floor(words.length / 10));
  const isLong = (word: string) => /^\p{L}{5,}$/u.test(word);
  return words.slice(start).find(isLong) ?? words.find(isLong) ?? words[start]!;
}

export function quotedForShell(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
