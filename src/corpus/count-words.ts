// Counts the words of a corpus in one pass. The tokenizer gives each new type a provisional id; after reading, the
// words that are kept get their final ids.
import { createHash } from 'node:crypto';
import { corpusDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns } from '../steps.ts';
import type { CorpusDropped, CorpusSource } from './encoded-corpus.ts';
import type { SkippedFile } from './find-files.ts';
import { byteOrderMarkLength, findSources, type TextChunks, type TextSource } from './source.ts';
import { createTokenRules, type TokenizerName } from './token-rules.ts';
import { createTokenizer, type TokenSink } from './tokenize.ts';
import { unsegmentedShare } from './unsegmented.ts';
import { type BuiltVocabulary, buildVocabulary, type CountedTypes, type Vocabulary } from './vocabulary.ts';

export interface EncodeOptions {
  /** `words` (default) or `whitespace`: see token-rules.ts. */
  tokenizer?: TokenizerName | undefined;
  /** `words` without lower-casing; `whitespace` never lower-cases. Default false. */
  keepCase?: boolean | undefined;
  /** Words that occur fewer times are dropped; default 5. */
  minCount?: number | undefined;
  /** Keep at most this many words, the most frequent ones; 0, the default, is no limit. */
  maxVocab?: number | undefined;
  /** Use this vocabulary and its counts unchanged; `minCount` and `maxVocab` do not apply then. */
  vocabulary?: Vocabulary | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface CountWordsOptions extends EncodeOptions {
  /** Input for the path '-': UTF-8 bytes or strings, in chunks of any size. */
  stdin?: TextChunks | undefined;
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

/**
 * Counts the words of the text at `paths`. Throws as `encodeCorpus` does; needs no disk space.
 * Progress: phase 'read' in bytes on disk.
 */
export async function countWords(paths: readonly string[], options: CountWordsOptions = {}): Promise<CountedWords> {
  const { vocabulary, source, dropped } = await readWords(await sourcesOf(paths, options), options, () => {});
  return { vocabulary, source, dropped };
}

/** The text sources that `paths` name. Throws `usage` if `paths` is empty or not a list. */
export async function sourcesOf(paths: readonly string[], options: CountWordsOptions): Promise<Sources> {
  if (!Array.isArray(paths)) {
    throw new W2vError(
      'usage',
      `the corpus is ${typeof paths === 'string' ? 'a string' : `of type ${typeof paths}`}, expected a list of paths`,
      "give a list, such as ['notes.txt']; text itself goes to encodeText",
    );
  }
  const found = await findSources(paths, options);
  if (found.sources.length > 0) return found;
  throw new W2vError('usage', 'no corpus given', 'name a file, a folder or - for standard input');
}

const TURN = 20; // milliseconds between yields to the event loop

/**
 * Counts the words of all sources; `sink` receives provisional ids, and `finalIds` maps them to the ids of kept words.
 */
export async function readWords(
  { sources, skipped }: Sources,
  options: EncodeOptions,
  sink: TokenSink,
): Promise<CountedWords & { finalIds: Int32Array }> {
  const { onProgress, signal } = options;
  const rules = createTokenRules(
    options.tokenizer ?? corpusDefaults.tokenizer,
    options.keepCase ?? corpusDefaults.keepCase,
  );
  const tokenizer = createTokenizer(rules, options.vocabulary?.words ?? [], sink);

  const sha256 = createHash('sha256');
  const total = sources.reduce<number>((sum, source) => sum + (source.size ?? Number.NaN), 0) || 0;
  let done = 0;
  let bytes = 0;
  let turned = performance.now();
  const onRead = (count: number) => {
    done += count;
  };
  for (const source of sources) {
    let isFirst = true;
    for await (const chunk of source.chunks(onRead, signal)) {
      sha256.update(chunk);
      bytes += chunk.length;
      const skip = isFirst ? byteOrderMarkLength(chunk, source.name) : 0;
      if (isFirst) tokenizer.startFile(source.name, skip);
      isFirst = false;
      tokenizer.write(skip > 0 ? chunk.subarray(skip) : chunk);
      onProgress?.({ phase: 'read', done, total, unit: 'bytes' });
      if (performance.now() - turned < TURN) continue;
      await new Promise(setImmediate); // awaiting buffered chunks never returns to the event loop
      turned = performance.now();
    }
    tokenizer.endFile();
  }

  const types = tokenizer.types.countedTypes();
  const built = await chooseWords(types, options);
  const share = unsegmentedShare(types);
  return {
    vocabulary: built.vocabulary,
    finalIds: tokenizer.types.resolve(built.finalIds),
    source: {
      files: sources.map((source) => source.name),
      bytes,
      sha256: sha256.digest('hex'),
      lines: tokenizer.lines(),
      ...(skipped.length > 0 && { skipped }),
      ...(share > 0 && { unsegmentedShare: share }),
    },
    dropped: {
      rareTokens: built.rareTokens,
      rareTypes: built.rareTypes,
      cappedTokens: built.cappedTokens,
      cappedTypes: built.cappedTypes,
      invalidBytes: tokenizer.invalidBytes(),
      overlongTokens: tokenizer.overlongTokens(),
    },
  };
}

async function chooseWords(types: CountedTypes, options: EncodeOptions): Promise<BuiltVocabulary> {
  const { vocabulary } = options;
  if (!vocabulary) {
    const { minCount = corpusDefaults.minCount, maxVocab = corpusDefaults.maxVocab } = options;
    return finishInTurns(buildVocabulary(types, { minCount, maxVocab }), options.signal);
  }
  // The given words were added first, so their provisional ids are 0 .. V - 1, and these are also their final ids.
  const V = vocabulary.words.length;
  const finalIds = Int32Array.from({ length: types.size }, (_, id) => (id < V ? id : -1));
  let known = 0;
  let rareTokens = 0;
  let rareTypes = 0;
  for (let id = 0; id < types.size; id++) {
    const count = types.counts[id]!;
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
  return { vocabulary, finalIds, rareTokens, rareTypes, cappedTokens: 0, cappedTypes: 0 };
}
