// Loads vectors of any format from a file, a folder or a stream.
import { readdir, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { checkFields } from '../base/check.ts';
import { W2vError } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { type ByteSource, openByteSource, streamByteSource } from '../files/byte-source.ts';
import { selectVectors } from '../vectors/select.ts';
import { wordIndex } from '../vectors/word-vectors.ts';
import { detectFormat, looksLikeNpz } from './detect.ts';
import type { FolderFormat, LoadedVectors, RowOptions, VectorFormat } from './format.ts';
import { checkPath, fileFormats, folderFormats, formatNamed, formats } from './formats.ts';
import type { LoadedSparseVectors } from './npz.ts';
import { withUnits } from './subword-units.ts';

/** How a file of vectors is read; by default its content decides. */
export interface LoadOptions extends RowOptions {
  /** Name of the format; default: detected from the content. */
  format?: string | undefined;
}

const loadNames = namesOf<LoadOptions>({ format: true, whole: true, only: true, onProgress: true, signal: true });

/**
 * Reads a file of vectors, with or without gzip compression, or a folder in a folder format. Needs about the memory of
 * the matrix; with `only`, a set of words, of most formats about that of their rows.
 *
 * Throws `file-missing`, `file-unreadable`, `file-malformed` (with file and line or byte), `out-of-memory`,
 * `interrupted`, `usage` on an unknown format.
 */
export async function loadVectors(path: string, options: LoadOptions = {}): Promise<LoadedVectors> {
  checkOptionNames('loadVectors', options, loadNames);
  checkPath(path);
  if (options.only !== undefined) {
    checkFields(options.only, 'only', { has: 'function' }, 'give a set of words: new Set(words)');
  }
  const named = options.format === undefined ? undefined : formatNamed(options.format, formats);
  if (await isFolder(path)) return asked(await (await folderFormatOf(path, named)).readFolder(path, options), options);
  if (named !== undefined && 'filesOf' in named) {
    await (await openByteSource(path)).close(); // reports a missing file as missing
    throw new W2vError('file-unreadable', `${path} is a file, expected a ${named.title}`, 'name the folder');
  }
  const read = await readSource(await openByteSource(path, options.signal), named, options);
  return asked(await withUnits(path, read), options);
}

/** As `loadVectors`, from a stream; `name` is for messages. Throws `usage` for formats that need a second file. */
export async function readVectors(stream: Readable, name: string, options: RowOptions = {}): Promise<LoadedVectors> {
  return asked(await readSource(await streamByteSource(stream, name, options.signal), undefined, options), options);
}

/** Without the words that are not asked for, where reading has not left them out. */
function asked(loaded: LoadedVectors, { only }: RowOptions): LoadedVectors {
  if (only === undefined || loaded.words.every((word) => only.has(word))) return loaded;
  const { source, format, duplicates, counts, words } = loaded;
  const some = selectVectors(loaded, { words: words.filter((word) => only.has(word)) });
  const ofSome = counts && Float64Array.from(some.words, (word) => counts[wordIndex(loaded).get(word)!]);
  return { ...some, source, format, duplicates, ...(ofSome && { counts: ofSome }) };
}

async function readSource(
  source: ByteSource,
  named: VectorFormat | undefined,
  options: RowOptions,
): Promise<LoadedVectors> {
  try {
    return await (named ?? (await detectFormat(source, fileFormats))).read(source, options);
  } finally {
    await source.close();
  }
}

async function folderFormatOf(path: string, named: VectorFormat | FolderFormat | undefined): Promise<FolderFormat> {
  if (named !== undefined && 'filesOf' in named) return named;
  const names = new Set(await readdir(path).catch(() => []));
  const found = named === undefined ? folderFormats.find((format) => format.detectFolder(names)) : undefined;
  if (found !== undefined) return found;
  const expected =
    named?.title ?? `a file of vectors, or one of: ${folderFormats.map(({ title }) => title).join('; ')}`;
  throw new W2vError('file-unreadable', `${path} is a folder, expected ${expected}`, 'name a file in it');
}

/** Dense or sparse vectors, depending on the file. Throws as `loadVectors` and `loadSparseVectors` do. */
export async function loadAnyVectors(
  file: string,
  options: LoadOptions = {},
): Promise<LoadedVectors | LoadedSparseVectors> {
  checkPath(file);
  if (!(await isSparse(file))) return loadVectors(file, options);
  return (await import('./npz.ts')).loadSparseVectors(file, options);
}

/**
 * Whether the file is a sparse matrix. Does not read a pipe: it is never a sparse matrix, and its bytes would be lost.
 */
async function isSparse(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false, // loadVectors reports the error
  );
  if (!isFile) return false;
  const source = await openByteSource(file);
  try {
    return looksLikeNpz(await source.peek(4));
  } finally {
    await source.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
