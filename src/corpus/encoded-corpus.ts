// A corpus encoded as word ids, read by position. The ids are in memory or on disk, behind one interface. The file on
// disk is unlinked as soon as it is open, so that it never outlives the process.
import { usage } from '../base/errors.ts';
import type { CleanedCounts } from './cleaning/cleaning.ts';
import type { SkippedFile } from './find-files.ts';
import { copyIds, type IdStore, readIds } from './id-store.ts';
import type { ScriptShares } from './scripts.ts';
import type { TokenizerFacts } from './tokenizers/tokenizers.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Marks the end of a line in the id stream. Context windows never cross it. */
export const LINE_END = -1;

/** A text as ids of words, in memory or on disk, with its vocabulary. Close it after use. */
export interface EncodedCorpus {
  vocabulary: Vocabulary;
  /** Int32 entries: ids 0 .. V-1 of the kept words, with LINE_END after each line that kept at least one. */
  length: number;
  /**
   * Number of entries that are words. Equals `vocabulary.total`, unless the vocabulary was given with its own counts.
   */
  tokens: number;
  /**
   * Where the entries are: in `file`, a descriptor that any thread of this process may read, or else in memory.
   * Throws `usage`, as `read` does, if a corpus on disk is closed.
   */
  readonly storage: { file: number } | { ids: Int32Array };
  /** Copies up to `count` entries from `position` to `target` at `offset`; returns the number copied. Synchronous. */
  read(position: number, target: Int32Array, offset: number, count: number): number;
  /** Frees the storage. Safe to call twice. */
  close(): void;
  source: CorpusSource;
  dropped: CorpusDropped;
}

/** What was read: files, size, lines, and how it was split and cleaned. */
export interface CorpusSource {
  files: string[];
  /** Size of the text in bytes after decompression, and its SHA-256 (hex): the same for a file and its .gz. */
  bytes: number;
  sha256: string;
  lines: number;
  /** The encoding that was given; absent for UTF-8. */
  encoding?: string;
  /** The encoding that lines with invalid UTF-8 seem to have; absent without such lines, or where it is not clear. */
  looksLike?: string;
  /** What split the text into words. */
  tokenizer?: TokenizerFacts;
  /** Files of folders and globs that were not read (the first thousand). */
  skipped?: SkippedFile[];
  /** Shares of tokens with letters of Hangul, kana, Han ...; absent where the text has none of these. */
  scripts?: ScriptShares['scripts'];
  /** Share of tokens that are whole phrases of a script written without spaces; absent if 0. */
  unsegmentedShare?: number;
  /** What cleaning took away: bytes of markup, digits folded, sentences ended; absent without it. */
  cleaned?: CleanedCounts;
  /** Different phrases that were joined to one word each, and their occurrences; absent without phrases. */
  joined?: { phrases: number; occurrences: number };
}

/** Everything that reading dropped, so that nothing is lost silently. */
export interface CorpusDropped {
  /** Tokens (and types) below the minimum count, or absent from the given vocabulary. */
  rareTokens: number;
  rareTypes: number;
  /** Tokens (and types) dropped by the maximum vocabulary size. */
  cappedTokens: number;
  cappedTypes: number;
  /** Stop words, where some are given. */
  stopTokens: number;
  stopTypes: number;
  /**
   * Tokens dropped while reading because of `pruneVocab`, and how many times a word was dropped. If a dropped word
   * occurs again, it counts from there.
   */
  prunedTokens: number;
  prunedTypes: number;
  /**
   * Bytes that were not valid UTF-8, each maximal invalid sequence of which became one U+FFFD; in another encoding,
   * characters that became U+FFFD.
   */
  invalidBytes: number;
  /** Tokens of more than 1,024 bytes, which are no words. */
  overlongTokens: number;
}

export interface CorpusFacts {
  vocabulary: Vocabulary;
  /** As in EncodedCorpus; if omitted, counted from the entries in memory. */
  tokens: number;
  source?: CorpusSource | undefined;
  dropped?: Partial<CorpusDropped> | undefined;
}

/** Throws `usage` unless this is an encoded corpus; passing a list of paths is a common mistake. */
export function checkCorpus(corpus: EncodedCorpus): void {
  if (Array.isArray(corpus?.vocabulary?.words) && typeof corpus.read === 'function') return;
  throw usage(
    'the corpus is not an encoded corpus',
    'encode the text first, with encodeCorpus([FILE]) or encodeText(TEXT)',
  );
}

/** A corpus over entries in memory, without copying; `EncodedCorpus.length` describes the layout of `ids`. */
export function corpusInMemory(ids: Int32Array, facts: Omit<CorpusFacts, 'tokens'>): EncodedCorpus {
  let tokens = 0;
  for (const id of ids) if (id !== LINE_END) tokens++;
  return {
    ...corpusOf({ ...facts, tokens }, ids.length),
    storage: { ids },
    read: (position, target, offset, count) => copyIds(ids, position, target, offset, count),
    close() {},
  };
}

/** A corpus over `length` Int32 entries (native byte order) of an open file; `close` closes the file. */
export function corpusOnDisk(file: number, length: number, facts: CorpusFacts, close: () => void): EncodedCorpus {
  let isOpen = true;
  // The system reuses the descriptor of a closed file, so a late read could return another file's bytes.
  const openFile = () => {
    if (isOpen) return file;
    throw usage('this corpus is closed', 'close a corpus only when nothing reads it, or encode it again');
  };
  return {
    ...corpusOf(facts, length),
    get storage() {
      return { file: openFile() };
    },
    read: (position, target, offset, count) =>
      readIds(openFile(), position, target, offset, Math.max(0, Math.min(count, length - position))),
    close() {
      if (isOpen) close();
      isOpen = false;
    },
  };
}

/** The corpus in a finished store. */
export function corpusInStore(store: IdStore, facts: CorpusFacts): EncodedCorpus {
  const storage = store.storage();
  if ('ids' in storage) return corpusInMemory(storage.ids, facts);
  return corpusOnDisk(storage.file, store.length(), facts, () => store.close());
}

function corpusOf(facts: CorpusFacts, length: number) {
  const types = { rareTokens: 0, rareTypes: 0, cappedTokens: 0, cappedTypes: 0, prunedTokens: 0, prunedTypes: 0 };
  const nothing = { ...types, stopTokens: 0, stopTypes: 0, invalidBytes: 0, overlongTokens: 0 };
  return {
    vocabulary: facts.vocabulary,
    length,
    tokens: facts.tokens,
    source: facts.source ?? { files: [], bytes: 0, sha256: '', lines: 0 },
    dropped: { ...nothing, ...facts.dropped },
  };
}
