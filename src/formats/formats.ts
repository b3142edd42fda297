// The table of formats, and the two things done with it. A new format is one file and one row here.
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { W2vError } from '../errors.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import { isSpecial } from '../files/targets.ts';
import { type WriteOptions, writeFiles } from '../files/write-files.ts';
import { quotable } from '../printable.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { detectFormat } from './detect.ts';
import { fasttextModel } from './fasttext-model.ts';
import type { FolderFormat, LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import { type ByteSource, openByteSource, streamByteSource } from './io/byte-source.ts';
import { writeGzipped } from './io/gzip-sink.ts';
import { type Manifest, manifestFile, manifestPath } from './manifest.ts';
import { npy } from './npy.ts';
import { outdatedBeside } from './outdated.ts';
import { parquet } from './parquet.ts';
import { projector } from './projector.ts';
import { safetensors } from './safetensors.ts';
import { staticEmbedding } from './static-embedding.ts';
import { word2vecBinary, word2vecBinaryPlain } from './word2vec-binary.ts';
import { glove, word2vecText } from './word2vec-text.ts';

/** In the order in which they are asked whether they know a file: the stricter first. */
export const fileFormats: readonly VectorFormat[] = [
  npy,
  parquet,
  fasttextModel,
  safetensors,
  word2vecBinary,
  word2vecBinaryPlain,
  word2vecText,
  glove,
];

export const folderFormats: readonly FolderFormat[] = [staticEmbedding, projector];

/** All of them, for help and `--format`. */
export const formats: readonly (VectorFormat | FolderFormat)[] = [...fileFormats, ...folderFormats];

/** Those that are written. */
export const writtenFormats = formats.filter((format) => 'filesOf' in format || format.write !== undefined);

export interface LoadOptions extends ReadOptions {
  /** Name of the format; without it the content decides. */
  format?: string | undefined;
}

export interface SaveOptions extends ReadOptions, WriteOptions {
  /** Name of the format; without it the extension decides. */
  format?: string | undefined;
  /** Written beside the vectors as FILE.json; both appear together or not at all. */
  manifest?: Manifest | undefined;
}

/**
 * Reads a file of vectors, packed with gzip or not, or a folder of the formats that are folders. The memory taken is about
 * that of the matrix.
 *
 * Throws `file-missing`, `file-unreadable`, `file-malformed` (with file and line or byte), `out-of-memory`,
 * `interrupted`, `usage` on an unknown format.
 */
export async function loadVectors(path: string, options: LoadOptions = {}): Promise<LoadedVectors> {
  checkPath(path);
  const named = options.format === undefined ? undefined : formatNamed(options.format, formats);
  if (await isFolder(path)) return (await folderFormatOf(path, named)).readFolder(path, options);
  if (named !== undefined && 'filesOf' in named) {
    await (await openByteSource(path)).close(); // a file that is missing is said to be
    throw new W2vError('file-unreadable', `${path} is a file, expected a ${named.title}`, 'name the folder');
  }
  return readSource(await openByteSource(path), named, options);
}

/** As `loadVectors`, from a stream, such as standard input; `name` is for messages. What needs a second file is refused. */
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

/**
 * Writes vectors to a file (packed, where the name ends in .gz) or a folder, and their manifest beside it. What an earlier
 * output of this name left beside it (its manifest, its words) is removed.
 *
 * Throws `file-exists` (without `force`), `file-unwritable`, `interrupted`, and `usage` on an unknown format or a word the
 * format cannot hold. Then no file is left behind.
 */
export async function saveVectors(path: string, vectors: WordVectors, options: SaveOptions = {}): Promise<void> {
  const { format, manifest, ...rest } = options;
  await saveTogether([{ path, vectors, format, manifest }], rest);
}

/** One of several results that belong together. */
export interface SavedVectors extends Pick<SaveOptions, 'format' | 'manifest'> {
  path: string;
  vectors: WordVectors;
}

/** As `saveVectors`, for several: all of them are written, or none. */
export async function saveTogether(
  results: readonly SavedVectors[],
  options: ReadOptions & WriteOptions = {},
): Promise<void> {
  const files: OutputFile[] = [];
  const outdated: string[] = [];
  const made: string[] = [];
  try {
    for (const { path, vectors, format, manifest } of results) {
      checkPath(path);
      checkVectors(vectors);
      const chosen = formatFor(path, format);
      if (await isSpecial(path)) {
        refuseSeveral(chosen, vectors);
        files.push(...outputFiles(chosen, path, vectors, options));
        continue;
      }
      const own = outputFiles(chosen, path, vectors, options);
      if (manifest) own.push(manifestFile(path, manifest));
      files.push(...own);
      const written = own.map((file) => file.path);
      outdated.push(...(await outdatedBeside(path, written)));
      if ('filesOf' in chosen && (await makeFolder(path))) made.push(path);
    }
    await writeFiles(files, {
      ...options,
      outdated: outdated.filter((name) => !files.some(({ path }) => path === name)),
    });
  } catch (error) {
    for (const folder of made) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

function outputFiles(
  format: VectorFormat | FolderFormat,
  path: string,
  vectors: WordVectors,
  options: ReadOptions,
): OutputFile[] {
  if ('filesOf' in format) return format.filesOf(path, vectors, options);
  const content = (sink: ByteSink) => writerOf(format)(vectors, sink, options);
  const packed = (sink: ByteSink) => writeGzipped(sink, content);
  return [
    { path, content: path.toLowerCase().endsWith('.gz') ? packed : content },
    ...(format.beside?.(path, vectors) ?? []),
  ];
}

/** Writes vectors to any sink, such as standard output. Throws `usage` as `saveVectors` does, and on more than one file. */
export async function writeVectors(
  sink: ByteSink,
  vectors: WordVectors,
  name: string,
  options: ReadOptions = {},
): Promise<void> {
  await writerOf(refuseSeveral(formatNamed(name, writtenFormats), vectors))(vectors, sink, options);
}

function checkPath(path: unknown): void {
  if (typeof path === 'string') return;
  throw new W2vError('usage', `the path is of type ${typeof path}, expected a string`, "give a path, such as 'a.bin'");
}

const none: WordVectors = { words: [], matrix: new Float32Array(0), dimensions: 1 };

/** Throws `usage` where the format needs more than one file: a stream, a pipe or a device is one. */
export function refuseSeveral(format: VectorFormat | FolderFormat, vectors = none): VectorFormat {
  if (!('filesOf' in format) && !format.beside?.('', vectors).length) return format;
  const observed = `the format ${format.name} takes more than one file, which one stream cannot be`;
  throw new W2vError('usage', observed, 'name an output file, or choose another --format');
}

/** The format to write `path` in: the one named, else by extension, .gz aside. Throws `usage`. */
export function formatFor(path: string, name?: string): VectorFormat | FolderFormat {
  if (name !== undefined) return formatNamed(name, writtenFormats);
  const lower = path.toLowerCase().replace(/\.gz$/, '');
  const found = fileFormats.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
  if (found !== undefined) return found;
  const extensions = fileFormats.flatMap((format) => format.extensions).join(', ');
  throw new W2vError(
    'usage',
    `the name ${quotable(path)} does not tell the format, expected one that ends in ${extensions}`,
    `end the name in one of these, or add --format ${writtenFormats.map((format) => format.name).join('|')}`,
  );
}

/** Every file that `saveVectors` may write, to be checked before long work. */
export function outputPaths(path: string, name?: string): string[] {
  const format = formatFor(path, name);
  const files =
    'filesOf' in format ? format.filesOf(path, none, {}) : [{ path }, ...(format.beside?.(path, none) ?? [])];
  return [...files.map((file) => file.path), manifestPath(path)];
}

function writerOf(format: VectorFormat): NonNullable<VectorFormat['write']> {
  if (format.write !== undefined) return format.write;
  throw new W2vError('usage', `the format ${format.name} is only read`, 'choose another --format');
}

function formatNamed<T extends { name: string }>(name: string, among: readonly T[]): T {
  const found = among.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = among.map((format) => format.name).join(', ');
  throw new W2vError('usage', `unknown format '${name}', expected one of: ${names}`, 'choose one of these');
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Whether the folder had to be made. A file in its place is left for `writeFiles` to complain about. */
async function makeFolder(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => true,
    () => false,
  );
}
