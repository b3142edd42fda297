// Loads vectors of any format from a file, a folder or a stream.
import { readdir, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { W2vError } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { type ByteSource, openByteSource, streamByteSource } from '../files/byte-source.ts';
import { detectFormat, looksLikeNpz } from './detect.ts';
import type { FolderFormat, LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import { checkPath, fileFormats, folderFormats, formatNamed, formats } from './formats.ts';
import type { LoadedSparseVectors } from './npz.ts';
import { withUnits } from './subword-units.ts';

/** How a file of vectors is read; by default its content decides. */
export interface LoadOptions extends ReadOptions {
  /** Name of the format; default: detected from the content. */
  format?: string | undefined;
}

const loadNames = namesOf<LoadOptions>({ format: true, whole: true, onProgress: true, signal: true });

/**
 * Reads a file of vectors, with or without gzip compression, or a folder in a folder format. Needs about the memory of
 * the matrix.
 *
 * Throws `file-missing`, `file-unreadable`, `file-malformed` (with file and line or byte), `out-of-memory`,
 * `interrupted`, `usage` on an unknown format.
 */
export async function loadVectors(path: string, options: LoadOptions = {}): Promise<LoadedVectors> {
  checkOptionNames('loadVectors', options, loadNames);
  checkPath(path);
  const named = options.format === undefined ? undefined : formatNamed(options.format, formats);
  if (await isFolder(path)) return (await folderFormatOf(path, named)).readFolder(path, options);
  if (named !== undefined && 'filesOf' in named) {
    await (await openByteSource(path)).close(); // reports a missing file as missing
    throw new W2vError('file-unreadable', `${path} is a file, expected a ${named.title}`, 'name the folder');
  }
  return withUnits(path, await readSource(await openByteSource(path, options.signal), named, options));
}

/** As `loadVectors`, from a stream; `name` is for messages. Throws `usage` for formats that need a second file. */
export async function readVectors(stream: Readable, name: string, options: ReadOptions = {}): Promise<LoadedVectors> {
  return readSource(await streamByteSource(stream, name, options.signal), undefined, options);
}

async function readSource(
  source: ByteSource,
  named: VectorFormat | undefined,
  options: ReadOptions,
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
