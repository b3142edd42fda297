// Counts the words of a corpus in one pass. The tokenizer gives each new type a provisional id; after reading, the
// words that are kept get their final ids.

import { checkText } from '../base/check.ts';
import { corpusDefaults } from '../base/defaults.ts';
import { usage, W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns } from '../base/steps.ts';
import { type CleaningOptions, createCleaner } from './cleaning/cleaning.ts';
import type { CorpusDropped, CorpusSource } from './encoded-corpus.ts';
import { checkEncoding } from './encoding/encodings.ts';
import type { SkippedFile } from './find-files.ts';
import { createParallelReader } from './parallel-reader.ts';
import { type Phrases, requireSameTokenizer } from './phrases/phrases.ts';
import { readSources } from './read-sources.ts';
import { type ReadingThreads, readingThreads } from './reading-threads.ts';
import { scriptShares } from './scripts.ts';
import { findSources, type TextChunks, type TextSource } from './source.ts';
import { createTextReader, type EntrySink, type TextReader } from './text-reader.ts';
import { checkTokenizer, openTokenizer, type TokenizerOptions } from './tokenizers/tokenizers.ts';
import { type BuiltVocabulary, buildVocabulary, type CountedTypes, type Vocabulary } from './vocabulary.ts';

/** How a text is cleaned and split, and which of its words are kept. */
export interface EncodeOptions extends TokenizerOptions, CleaningOptions {
  /** Words that occur fewer times are dropped; default 5. */
  minCount?: number | undefined;
  /** Keep at most this many words, the most frequent ones; 0, the default, is no limit. */
  maxVocab?: number | undefined;
  /**
   * With more than this number of different words in memory, drop all that occurred once so far, the next time all that
   * occurred at most twice, and so on (word2vec.c's ReduceVocab); 0, the default, is no limit.
   */
  pruneVocab?: number | undefined;
  /** Use this vocabulary and its counts unchanged; `minCount`, `maxVocab` and `pruneVocab` do not apply then. */
  vocabulary?: Vocabulary | undefined;
  /** Phrases to join to one word each, before words are counted. Found with the same tokenizer (findPhrases). */
  phrases?: Phrases | undefined;
  /** Words to drop after phrases are joined, as they stand in the vocabulary (englishStopWords); default none. */
  stopWords?: readonly string[] | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface CountWordsOptions extends EncodeOptions {
  /** Folder for the ids, 4 bytes per word, in an unnamed file; default the system's temporary folder. */
  temporaryDirectory?: string | undefined;
  /** Encoding of the text: a name of TextDecoder, such as `euc-kr`; default UTF-8, or UTF-16 with a byte order mark. */
  encoding?: string | undefined;
  /** Input for the path '-': bytes or strings, in chunks of any size. */
  stdin?: TextChunks | undefined;
  /** Threads that read; default one per core. The result is the same for any number. `pruneVocab` needs one thread. */
  threads?: number | undefined;
}

export interface CountedWords {
  vocabulary: Vocabulary;
  source: CorpusSource;
  dropped: CorpusDropped;
}

export interface Sources {
  sources: TextSource[];
  skipped: SkippedFile[];
}

/** The threads for these options. Throws `usage`. */
export function threadsOf(options: CountWordsOptions): ReadingThreads {
  const { pruneVocab = 0, threads } = options;
  if (!Number.isInteger(pruneVocab) || pruneVocab < 0) {
    const observed = `pruneVocab is ${pruneVocab}: expected a whole number of at least 0`;
    throw usage(observed, 'give the number of different words that memory has room for');
  }
  // Which words are pruned depends on the whole text so far, so one thread reads it.
  return readingThreads(pruneVocab > 0 ? 1 : threads, checkTokenizer(options));
}

/** The text sources that `paths` name. Throws `usage` if `paths` is empty or not a list. */
export async function sourcesOf(paths: readonly string[], options: CountWordsOptions): Promise<Sources> {
  if (!Array.isArray(paths)) {
    throw usage(
      `the corpus is ${typeof paths === 'string' ? 'a string' : `of type ${typeof paths}`}, expected a list of paths`,
      "give a list, such as ['notes.txt']; text itself goes to encodeText",
    );
  }
  for (const path of paths) checkText(path, 'a path');
  const found = await findSources(paths, options);
  if (found.sources.length > 0) return found;
  throw usage('no corpus given', 'name a file, a folder or - for standard input');
}

/** Sets the counts of the stop words in `types` to 0. */
function dropStopWords({ types: { intern } }: TextReader, { size, counts }: CountedTypes, words: readonly string[]) {
  const ids = [...new Set(words)].map(intern).filter((id) => id < size && counts[id] > 0);
  let tokens = 0;
  for (const id of ids) {
    tokens += counts[id];
    counts[id] = 0;
  }
  return { ids, tokens };
}

const SEGMENTED = 1 << 14; // bytes that a segmenter gets at once: slow ones take 100 ms

export interface ReadTypes {
  reader: TextReader;
  source: CorpusSource;
  /** Characters that could not be decoded, of a text that is not UTF-8. */
  undecoded: number;
}

/** Reads all sources; `sink` receives provisional ids. */
export async function readTypes(
  { sources, skipped }: Sources,
  options: EncodeOptions & Pick<CountWordsOptions, 'encoding'>,
  threads: ReadingThreads,
  sink: EntrySink,
): Promise<ReadTypes> {
  const { rules, facts } = await openTokenizer(checkTokenizer(options));
  if (options.phrases) requireSameTokenizer(options.phrases, facts);
  const words = options.vocabulary?.words ?? [];
  const expected = sources.reduce<number>((sum, source) => sum + (source.size ?? Number.NaN), 0) || 0;
  const mostTypes = options.vocabulary ? undefined : options.pruneVocab || undefined;
  const reader =
    threads.threads > 1
      ? createParallelReader(rules, sink, threads, { words, expected })
      : createTextReader(rules, sink, { words, mostTypes });
  const cleaner = createCleaner(options);
  const encoding = checkEncoding(options.encoding);
  const longest = rules.segmenter && SEGMENTED;
  const { undecoded, ...read } = await readSources(sources, reader, expected, {
    ...options,
    cleaner,
    encoding,
    longest,
  });
  const { scripts, unsegmented } = scriptShares(reader.types.countedTypes());
  return {
    reader,
    undecoded,
    source: {
      files: sources.map((source) => source.name),
      ...read,
      ...(encoding && { encoding }),
      lines: reader.lines(),
      tokenizer: facts,
      ...(cleaner && { cleaned: cleaner.counts() }),
      ...(skipped.length > 0 && { skipped }),
      ...(Object.keys(scripts).length > 0 && { scripts }),
      ...(unsegmented > 0 && { unsegmentedShare: unsegmented }),
    },
  };
}

export interface ChosenWords extends CountedWords {
  /** By the id of a type, the id of the word; -1 for those that are not kept. */
  finalIds: Int32Array;
  /** Occurrences of the kept words. */
  tokens: number;
}

/** Chooses the words to keep among `types`, which are those of the reader, or with phrases among them. */
export async function chooseWords(
  { reader, source, undecoded }: ReadTypes,
  types: CountedTypes,
  options: EncodeOptions,
): Promise<ChosenWords> {
  const stopped = dropStopWords(reader, types, options.stopWords ?? []);
  const { types: prunedTypes, tokens: prunedTokens } = reader.pruned();
  const { vocabulary, finalIds, tokens, ...dropped } = await choose(types, options);
  for (const id of stopped.ids) finalIds[id] = -1;
  return {
    vocabulary,
    finalIds,
    tokens,
    source,
    dropped: {
      ...dropped,
      stopTokens: stopped.tokens,
      stopTypes: stopped.ids.length,
      prunedTokens,
      prunedTypes,
      invalidBytes: reader.invalidBytes() + undecoded,
      overlongTokens: reader.overlongTokens(),
    },
  };
}

async function choose(types: CountedTypes, options: EncodeOptions): Promise<BuiltVocabulary & { tokens: number }> {
  const { vocabulary } = options;
  if (!vocabulary) {
    const { minCount = corpusDefaults.minCount, maxVocab = corpusDefaults.maxVocab } = options;
    const built = await finishInTurns(buildVocabulary(types, { minCount, maxVocab }), options.signal);
    return { ...built, tokens: built.vocabulary.total };
  }
  // The given words were added first, so their provisional ids are 0 .. V - 1, and these are also their final ids.
  const V = vocabulary.words.length;
  const finalIds = Int32Array.from({ length: types.size }, (_, id) => (id < V ? id : -1));
  let known = 0;
  let rareTokens = 0;
  let rareTypes = 0;
  for (let id = 0; id < types.size; id++) {
    const count = types.counts[id];
    if (id < V) {
      known += count;
    } else if (count > 0) {
      rareTokens += count;
      rareTypes++;
    }
  }
  if (known === 0) {
    throw new W2vError(
      'corpus-empty',
      `none of the ${V} words of the given vocabulary occurs in the corpus`,
      'check that both are in the same language and use the same { tokenizer }',
    );
  }
  return { vocabulary, finalIds, tokens: known, rareTokens, rareTypes, cappedTokens: 0, cappedTypes: 0 };
}
