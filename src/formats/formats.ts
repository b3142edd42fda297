// The table of formats, and the two things done with it. A new format is one file and one row here.
import { W2vError } from '../errors.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { openByteSource } from './byte-source.ts';
import { detectFormat } from './detect.ts';
import type { ByteSink, LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { word2vecBinary } from './word2vec-binary.ts';
import { word2vecText } from './word2vec-text.ts';
import { type WriteOptions, writeFiles } from './write-file.ts';

/** In the order in which they are asked whether they know a file: the stricter first. */
export const formats: readonly VectorFormat[] = [word2vecBinary, word2vecText];

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
 * Reads a file of vectors, packed with gzip or not. The memory taken is about that of the matrix.
 *
 * Throws `file-missing`, `file-unreadable`, `file-malformed` (with file and line or byte), `out-of-memory`,
 * `interrupted`, `usage` on an unknown format.
 */
export async function loadVectors(path: string, options: LoadOptions = {}): Promise<LoadedVectors> {
  const named = options.format === undefined ? undefined : formatNamed(options.format);
  const source = await openByteSource(path);
  try {
    return await (named ?? (await detectFormat(source, formats))).read(source, options);
  } finally {
    await source.close();
  }
}

/**
 * Writes vectors to a file, and their manifest beside it.
 *
 * Throws `file-exists` (without `force`), `file-unwritable`, `interrupted`, and `usage` on an unknown format or a word the
 * format cannot hold. Then no file is left behind.
 */
export async function saveVectors(path: string, vectors: WordVectors, options: SaveOptions = {}): Promise<void> {
  const format = formatFor(path, options.format);
  const files = [{ path, content: (sink: ByteSink) => format.write(vectors, sink, options) }];
  await writeFiles(options.manifest ? [...files, manifestFile(path, options.manifest)] : files, options);
}

/** Writes vectors to any sink, such as standard output. Throws `usage` as `saveVectors` does. */
export async function writeVectors(
  sink: ByteSink,
  vectors: WordVectors,
  format: string,
  options: ReadOptions = {},
): Promise<void> {
  await formatNamed(format).write(vectors, sink, options);
}

/** The format to write `path` in: the one named, else by extension. Throws `usage`. */
export function formatFor(path: string, name?: string): VectorFormat {
  if (name !== undefined) return formatNamed(name);
  const lower = path.toLowerCase();
  const found = formats.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
  if (found !== undefined) return found;
  const extensions = formats.flatMap((format) => format.extensions).join(', ');
  throw new W2vError(
    'usage',
    `the name ${path} does not tell the format, expected one that ends in ${extensions}`,
    `end the name in one of these, or add --format ${formats.map((format) => format.name).join('|')}`,
  );
}

function formatNamed(name: string): VectorFormat {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = formats.map((format) => format.name).join(', ');
  throw new W2vError('usage', `unknown format '${name}', expected one of: ${names}`, 'choose one of these');
}
