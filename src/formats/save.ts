// Saves vectors to a file, a folder or a sink, together with their side files.

import { once } from 'node:events';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { createGzip } from 'node:zlib';
import { checkFields, checkOptionKinds } from '../base/check.ts';
import { usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { quotable } from '../base/printable.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import { isSpecial } from '../files/targets.ts';
import { type WriteOptions, writeFiles } from '../files/write-files.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import type { FolderFormat, ReadOptions, VectorFormat } from './format.ts';
import { checkPath, fileFormats, formatNamed, writtenFormats } from './formats.ts';
import { type Manifest, manifestFile, manifestPath } from './manifest.ts';
import { outdatedBeside } from './outdated.ts';
import { tensorflow } from './tensorflow.ts';

/** The format, whether to replace files (`force`), and the manifest to write. */
export interface SaveOptions extends ReadOptions, WriteOptions {
  /** Name of the format; default: chosen by the extension. */
  format?: string | undefined;
  /** Written next to the vectors as FILE.json; both files appear together or not at all. */
  manifest?: Manifest | undefined;
}

const saveNames = namesOf<SaveOptions>({
  format: true,
  manifest: true,
  whole: true,
  force: true,
  mode: true,
  onProgress: true,
  signal: true,
});

/**
 * Writes vectors to a file (compressed if the name ends in .gz) or a folder, and their manifest next to it. Removes
 * side files of an earlier output with this name (its manifest, its words).
 *
 * Throws `file-exists` (without `force`), `file-unwritable`, `interrupted`, `usage` for an unknown format, and
 * `file-malformed` for a word that the format cannot store. After an error no file is left behind.
 */
export async function saveVectors(path: string, vectors: WordVectors, options: SaveOptions = {}): Promise<void> {
  checkOptionNames('saveVectors', options, saveNames);
  const { format, manifest, ...rest } = options;
  await saveTogether([{ path, vectors, format, manifest }], rest);
}

/** One of several outputs that belong together. */
export interface SavedVectors extends Pick<SaveOptions, 'format' | 'manifest'> {
  path: string;
  vectors: WordVectors;
}

/** As `saveVectors`, for several outputs: writes all or none. */
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
      const chosen = formatFor(path, format ?? formatOfModel(path, vectors));
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
      if ('filesOf' in chosen) {
        const folders = [path, ...own.map((file) => dirname(file.path))].filter((name) => name !== dirname(path));
        for (const folder of new Set(folders)) if (await makeFolder(folder)) made.push(folder);
      }
    }
    await writeFiles(files, {
      ...options,
      outdated: outdated.filter((name) => !files.some(({ path }) => path === name)),
    });
  } catch (error) {
    for (const folder of made.reverse()) await rmdir(folder).catch(() => undefined);
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

/**
 * Writes vectors to a sink such as standard output. Throws as `saveVectors`, and `usage` for formats of several files.
 */
export async function writeVectors(
  sink: ByteSink,
  vectors: WordVectors,
  name: string,
  options: ReadOptions = {},
): Promise<void> {
  checkFields(sink, 'the output', { write: 'function' }, 'give an object with a function write(bytes)');
  checkVectors(vectors);
  checkOptionKinds('writeVectors', options);
  await writerOf(refuseSeveral(formatNamed(name, writtenFormats), vectors))(vectors, sink, options);
}

const none: WordVectors = { words: [], matrix: new Float32Array(0), dimensions: 1 };

/** Throws `usage` if the format needs several files, which a stream, pipe or device cannot provide. */
export function refuseSeveral(format: VectorFormat | FolderFormat, vectors = none): VectorFormat {
  if (!('filesOf' in format) && !format.beside?.('', vectors).length) return format;
  const observed = `the format ${format.name} needs more than one file, but the output is a stream`;
  throw usage(observed, 'name an output file, or choose another { format }');
}

/** A whole model with subwords goes to a .bin as fastText's own; other vectors as word2vec's. */
function formatOfModel(path: string, { subwords }: WordVectors): string | undefined {
  return subwords?.trained && /\.bin(\.gz)?$/i.test(path) ? 'fasttext' : undefined;
}

/**
 * The format for writing `path`: the given one, that of the extension without .gz, or for `folder/` TensorFlow's.
 * Throws `usage`.
 */
export function formatFor(path: string, name?: string): VectorFormat | FolderFormat {
  if (name !== undefined) return formatNamed(name, writtenFormats);
  if (path.endsWith('/') || path.endsWith(sep)) return tensorflow;
  const lower = path.toLowerCase().replace(/\.gz$/, '');
  const found = fileFormats.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
  if (found !== undefined) return found;
  if (/\.(kv|model)$/.test(lower)) {
    const observed = `the name ${quotable(path)} is one of gensim's own formats, which only gensim writes`;
    const hint = "end it in .bin: KeyedVectors.load_word2vec_format('FILE.bin', binary=True) loads that in gensim";
    throw usage(observed, hint);
  }
  const extensions = fileFormats.flatMap((format) => format.extensions).join(', ');
  const observed = `the name ${quotable(path)} has no known extension, expected one of ${extensions}`;
  if (/\.(kv|model|wordvectors)$/.test(lower)) {
    const hint = 'end it in .bin, which gensim reads: KeyedVectors.load_word2vec_format(FILE, binary=True)';
    throw usage(observed, hint);
  }
  throw usage(
    observed,
    `use one of these extensions, or give { format }: ${writtenFormats.map((format) => format.name).join(', ')}`,
  );
}

/** Every file that `saveVectors` may write, for checks before long work. */
export function outputPaths(path: string, name?: string): string[] {
  const format = formatFor(path, name);
  const files =
    'filesOf' in format ? format.filesOf(path, none, {}) : [{ path }, ...(format.beside?.(path, none) ?? [])];
  return [...files.map((file) => file.path), manifestPath(path)];
}

function writerOf(format: VectorFormat): NonNullable<VectorFormat['write']> {
  if (format.write !== undefined) return format.write;
  throw usage(`the format ${format.name} is read-only`, 'choose another { format }');
}

/** Creates the folder if needed and returns whether it did. `writeFiles` reports a file in its place. */
async function makeFolder(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => true,
    () => false,
  );
}

/** Runs `content` with a sink that compresses into `sink`; resolves when all output has been passed on. */
async function writeGzipped(sink: ByteSink, content: (packed: ByteSink) => Promise<void>): Promise<void> {
  const gzip = createGzip({ chunkSize: 1 << 18 });
  const passedOn = (async () => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  })();
  // Avoids an unhandled rejection; the promise is awaited below, whichever side fails first.
  passedOn.catch(() => undefined);
  try {
    await content({
      async write(bytes) {
        // A copy, because the caller may reuse the bytes before they are compressed.
        if (!gzip.write(Buffer.from(bytes))) await Promise.race([once(gzip, 'drain'), passedOn]);
      },
    });
    gzip.end();
    await passedOn;
  } finally {
    gzip.destroy();
  }
}
