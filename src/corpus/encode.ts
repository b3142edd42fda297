// Encodes a text as a vocabulary and word ids in one pass over the text. Provisional ids go to a spool file while types
// are counted (count-words.ts); the spool is then rewritten once (rewrite.ts).
import { tmpdir } from 'node:os';
import { throwIfAborted, W2vError } from '../errors.ts';
import { checkOptionNames, namesOf } from '../option-names.ts';
import {
  type CountWordsOptions,
  type EncodeOptions,
  readWords,
  type Sources,
  sourcesOf,
  threadsOf,
} from './count-words.ts';
import { corpusInStore, type EncodedCorpus } from './encoded-corpus.ts';
import { createIdFile, createIdList, type IdStore } from './id-store.ts';
import type { ReadingThreads } from './reading-threads.ts';
import { type Run, rewrite } from './rewrite.ts';
import type { TextSource } from './source.ts';

export type { EncodeOptions } from './count-words.ts';

export interface EncodeCorpusOptions extends CountWordsOptions {
  /** Folder for the ids, 4 bytes per word, in an unnamed file; default the system's temporary folder. */
  temporaryDirectory?: string | undefined;
}

const ofText = {
  tokenizer: true,
  keepCase: true,
  locale: true,
  tokenizerModule: true,
  minCount: true,
  maxVocab: true,
  pruneVocab: true,
  vocabulary: true,
  onProgress: true,
  signal: true,
} as const;
const textNames = namesOf<EncodeOptions>(ofText);
const corpusNames = namesOf<EncodeCorpusOptions>({ ...ofText, stdin: true, threads: true, temporaryDirectory: true });

/**
 * Reads the text at `paths` (files, folders, globs, gzip, '-') and encodes it as ids on disk. Memory grows with the
 * number of different words, not with the length of the text, provided that the folder for temporary files is on a disk
 * (on some systems /tmp is in memory). Close the corpus after use.
 * Progress: phase 'read' in bytes on disk, then 'encode' in words. Throws W2vError: `usage`, `file-missing`,
 * `file-unreadable`, `file-malformed`, `not-text`, `corpus-empty`, `file-unwritable`, `out-of-memory`, `interrupted`.
 */
export async function encodeCorpus(
  paths: readonly string[],
  options: EncodeCorpusOptions = {},
): Promise<EncodedCorpus> {
  checkOptionNames('encodeCorpus', options, corpusNames);
  throwIfAborted(options.signal);
  const threads = threadsOf(options);
  const sources = await sourcesOf(paths, options);
  try {
    return await encodeSources(sources, options, threads, createIdFile(options.temporaryDirectory ?? tmpdir()));
  } finally {
    await threads.close();
  }
}

/** Encodes a small `text` in memory, with the same rules. Throws as `encodeCorpus` does. */
export async function encodeText(text: string, options: EncodeOptions = {}): Promise<EncodedCorpus> {
  checkOptionNames('encodeText', options, textNames);
  throwIfAborted(options.signal);
  if (typeof text !== 'string') {
    const hint = 'join the strings; encodeCorpus takes an iterable of strings as its stdin';
    throw new W2vError('usage', `the text is of type ${typeof text}, expected a string`, hint);
  }
  const bytes = Buffer.from(text);
  const source: TextSource = {
    name: 'text',
    size: bytes.length,
    async *chunks(onRead) {
      onRead(bytes.length);
      if (bytes.length > 0) yield bytes;
    },
  };
  return encodeSources(
    { sources: [source], skipped: [] },
    options,
    threadsOf({ ...options, threads: 1 }),
    createIdList(),
  );
}

async function encodeSources(
  sources: Sources,
  options: EncodeOptions,
  threads: ReadingThreads,
  spool: IdStore,
): Promise<EncodedCorpus> {
  const runs: Run[] = [];
  const append = (entries: Int32Array, table: number) => {
    spool.append(entries);
    const last = runs.at(-1);
    if (last?.table === table) last.end += entries.length;
    else runs.push({ table, end: (last?.end ?? 0) + entries.length });
  };
  try {
    const { finalIds, ...facts } = await readWords(sources, options, threads, append);
    spool.finish();
    await rewrite(spool, { runs, finalIds, threads }, options);
    return corpusInStore(spool, facts);
  } catch (error) {
    spool.close();
    throw error;
  }
}
