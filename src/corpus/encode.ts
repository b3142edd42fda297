// Encodes a text as a vocabulary and word ids in one pass over the text. Provisional ids go to a spool file while types
// are counted (count-words.ts); the spool is then rewritten once (spool.ts).
import { tmpdir } from 'node:os';
import { throwIfAborted, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import {
  type CountedWords,
  type CountWordsOptions,
  chooseWords,
  type EncodeOptions,
  readTypes,
  type Sources,
  sourcesOf,
  threadsOf,
} from './count-words.ts';
import { corpusInStore, type EncodedCorpus } from './encoded-corpus.ts';
import { createIdFile, createIdList, type IdStore } from './id-store.ts';
import { joinText } from './phrases/join-text.ts';
import type { ReadingThreads } from './reading-threads.ts';
import type { TextSource } from './source.ts';
import { spoolIn } from './spool.ts';

export type { EncodeOptions } from './count-words.ts';

/** How a text is cleaned, split and counted, where `-` comes from, and on how many threads it is read. */
export type EncodeCorpusOptions = CountWordsOptions;

const ofText = {
  tokenizer: true,
  keepCase: true,
  locale: true,
  tokenizerModule: true,
  minCount: true,
  maxVocab: true,
  pruneVocab: true,
  vocabulary: true,
  phrases: true,
  strip: true,
  digits: true,
  sentences: true,
  stopWords: true,
  onProgress: true,
  signal: true,
} as const;
const textNames = namesOf<EncodeOptions>(ofText);
const corpusNames = namesOf<EncodeCorpusOptions>({
  ...ofText,
  ...{ encoding: true, stdin: true, threads: true, temporaryDirectory: true },
});

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

/**
 * Counts the words of the text at `paths`. Throws as `encodeCorpus` does; needs disk space for phrases only.
 * Progress: phase 'read' in bytes on disk.
 */
export async function countWords(paths: readonly string[], options: CountWordsOptions = {}): Promise<CountedWords> {
  if (options.phrases) {
    const corpus = await encodeCorpus(paths, options);
    corpus.close();
    return corpus;
  }
  const threads = threadsOf(options);
  try {
    const read = await readTypes(await sourcesOf(paths, options), options, threads, () => {});
    const { vocabulary, source, dropped } = await chooseWords(read, read.reader.types.countedTypes(), options);
    return { vocabulary, source, dropped };
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
    throw usage(`the text is of type ${typeof text}, expected a string`, hint);
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
  options: EncodeOptions & Pick<CountWordsOptions, 'encoding'>,
  threads: ReadingThreads,
  store: IdStore,
): Promise<EncodedCorpus> {
  const spool = spoolIn(store);
  const { phrases } = options;
  try {
    const read = await readTypes(sources, options, threads, spool.sink);
    const joined = phrases && (await joinText(read.reader, spool, phrases, threads, options));
    const types = joined?.types ?? read.reader.types.countedTypes();
    const { finalIds, ...facts } = await chooseWords(read, types, options);
    if (joined) await spool.map(finalIds, threads, options);
    else await spool.mapTypes(read.reader, finalIds, threads, options);
    return corpusInStore(store, { ...facts, source: { ...facts.source, ...joined?.facts } });
  } catch (error) {
    store.close();
    throw error;
  }
}
