// Finds the phrases of a text (Mikolov et al. 2013b, section 4): pairs of words that follow each other more often than
// their own frequencies explain. A second pass on the joined text finds phrases of up to four words, and so on.
import { tmpdir } from 'node:os';
import { phraseDefaults, phraseRanges } from '../../base/defaults.ts';
import { throwIfAborted, usage, W2vError } from '../../base/errors.ts';
import { checkOptionNames, namesOf } from '../../base/option-names.ts';
import { checkRanges } from '../../base/ranges.ts';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import { type CountWordsOptions, readTypes, sourcesOf, threadsOf } from '../count-words.ts';
import type { CorpusSource } from '../encoded-corpus.ts';
import { isFileWord } from '../file-words.ts';
import { createIdFile, type IdStore } from '../id-store.ts';
import { spoolIn } from '../spool.ts';
import type { TextReader } from '../text-reader.ts';
import { countPairs, type PairText } from './count-pairs.ts';
import { blocksOf, countIds, joinPhrases } from './join-phrases.ts';
import { phraseIds, spoolTypes } from './join-text.ts';
import { joinedHashes, setHash } from './joined-hashes.ts';
import type { Phrase, Phrases, Scorer } from './phrases.ts';
import { scorePairs } from './score-pairs.ts';

/** How the text is read, and what counts as a phrase. */
export interface FindPhrasesOptions
  extends Pick<
    CountWordsOptions,
    | 'tokenizer'
    | 'keepCase'
    | 'locale'
    | 'tokenizerModule'
    | 'strip'
    | 'digits'
    | 'sentences'
    | 'encoding'
    | 'stdin'
    | 'threads'
    | 'temporaryDirectory'
    | 'onProgress'
    | 'signal'
  > {
  /** N passes find phrases of up to 2^N words, not counting connector words; default 1. */
  passes?: number | undefined;
  /** `default` (default): Mikolov et al. 2013b, eq. 6; `npmi`: normalized pointwise mutual information (-1 .. 1). */
  scorer?: Scorer | undefined;
  /** A phrase has a score above it; default 10 for `default`, 0.5 for `npmi`. */
  threshold?: number | undefined;
  /** Occurrences that a phrase needs; default 5. */
  minCount?: number | undefined;
  /** Words that may stand inside a phrase, but not at its ends (englishConnectorWords); default none. */
  connectorWords?: readonly string[] | undefined;
  /** Between the words of a joined phrase, without white space; default `_`. */
  delimiter?: string | undefined;
  /**
   * With more different words and pairs than that in memory (16 to 43 bytes each), the rarest are dropped; default 4e7.
   */
  pruneVocab?: number | undefined;
}

/** The phrases of a text, and how many words it has with and without them joined. */
export interface FoundPhrases {
  phrases: Phrases;
  source: CorpusSource;
  /** Tokens of the text, and of the text with the phrases joined. */
  tokens: number;
  joinedTokens: number;
}

const names = namesOf<FindPhrasesOptions>({
  tokenizer: true,
  keepCase: true,
  locale: true,
  tokenizerModule: true,
  strip: true,
  digits: true,
  sentences: true,
  encoding: true,
  stdin: true,
  threads: true,
  temporaryDirectory: true,
  onProgress: true,
  signal: true,
  passes: true,
  scorer: true,
  threshold: true,
  minCount: true,
  connectorWords: true,
  delimiter: true,
  pruneVocab: true,
});

/**
 * Finds the phrases of the text at `paths` (as encodeCorpus reads them). On the same tokens the phrases and scores are
 * those of gensim's Phrases. Needs temporary disk space, 4 bytes per word.
 * Progress: phase 'read' in bytes, then 'encode' and 'phrases' in words. Throws as `encodeCorpus` does.
 */
export async function findPhrases(paths: readonly string[], options: FindPhrasesOptions = {}): Promise<FoundPhrases> {
  checkOptionNames('findPhrases', options, names);
  throwIfAborted(options.signal);
  const settings = settingsOf(options);
  const { passes: most, pruneVocab, ...kept } = settings;
  const { pruneVocab: _, minCount: __, ...reading } = options;
  const threads = threadsOf(reading);
  const sources = await sourcesOf(paths, reading);
  const store = createIdFile(options.temporaryDirectory ?? tmpdir());
  try {
    const spool = spoolIn(store);
    const { reader, source } = await readTypes(sources, reading, threads, spool.sink);
    await spoolTypes(reader, spool, threads, reading);
    const passes: Phrase[][] = [];
    const tokens = await finishInTurns(countTokens(reader, store), options.signal);
    if (tokens === 0) {
      throw new W2vError('corpus-empty', 'the corpus contains no words', 'give a file that contains text');
    }
    let joinedTokens = tokens;
    while (passes.length < most) {
      const onBlock = (done: number) =>
        options.onProgress?.({ phase: 'phrases', done, total: 2 * store.length(), unit: 'words' });
      const text = pairText(reader, store, kept, onBlock);
      const counts = await finishInTurns(countPairs(text, pruneVocab), options.signal);
      const wordOf = reader.types.countedTypes().word;
      const scoring = { ...kept, counts, tokens: joinedTokens, wordOf };
      const found = await finishInTurns(scorePairs(text, scoring), options.signal);
      if (found.length === 0) break;
      passes.push(found);
      await finishInTurns(joinPhrases(store, phraseIds(reader, found, kept)), options.signal);
      joinedTokens = await finishInTurns(countTokens(reader, store), options.signal);
    }
    return { phrases: { tokenizer: source.tokenizer!, ...kept, passes }, source, tokens, joinedTokens };
  } finally {
    await threads.close();
    store.close();
  }
}

/** The settings with their defaults. Throws `usage`. */
function settingsOf(options: FindPhrasesOptions) {
  const { scorer = phraseDefaults.scorer, delimiter = phraseDefaults.delimiter, connectorWords = [] } = options;
  const { passes = phraseDefaults.passes, minCount = phraseDefaults.minCount } = options;
  const { threshold = phraseDefaults.threshold[scorer], pruneVocab = phraseDefaults.pruneVocab } = options;
  checkRanges(phraseRanges, { scorer, passes, minCount, pruneVocab });
  if (scorer === 'default' && !(threshold > 0)) wrong('threshold', threshold, 'a number above 0');
  if (scorer === 'npmi' && !(threshold >= -1 && threshold <= 1)) wrong('threshold', threshold, 'a number from -1 to 1');
  if (typeof delimiter !== 'string' || !isFileWord(delimiter)) {
    wrong('delimiter', JSON.stringify(delimiter), 'characters without white space');
  }
  return { scorer, delimiter, connectorWords: [...connectorWords], passes, minCount, threshold, pruneVocab };
}

function wrong(name: string, value: unknown, expected: string): never {
  throw usage(`${name} is ${value}: expected ${expected}`, 'give another value, or leave it out');
}

function pairText(
  reader: TextReader,
  store: IdStore,
  { delimiter, connectorWords }: Pick<Phrases, 'delimiter' | 'connectorWords'>,
  onBlock: (done: number) => void,
): PairText {
  const { isConnector } = phraseIds(reader, [], { delimiter, connectorWords });
  const { size, word } = reader.types.countedTypes();
  const hashes = joinedHashes(size + 1);
  for (let id = 0; id < size; id++) setHash(hashes, id, word(id));
  setHash(hashes, size, delimiter);
  let done = 0;
  return {
    *blocks() {
      for (const block of blocksOf(store)) {
        yield block;
        done += block.length;
        onBlock(done);
      }
    },
    hashes,
    delimiter: size,
    isConnector,
  };
}

function* countTokens({ types }: TextReader, store: IdStore): Steps<number> {
  const counts = yield* countIds(store, types.countedTypes().size);
  return counts.reduce((sum, count) => sum + count, 0);
}
