// A corpus as ids, read by position. On disk (a temporary file already unlinked, so that nothing is left behind
// whatever happens) or in memory; callers cannot tell which.
import { W2vError } from '../errors.ts';
import type { SkippedFile } from './find-files.ts';
import { copyIds, type IdStore, readIds } from './id-store.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Stands in the id stream after the last word of each line. Windows never cross it. */
export const LINE_END = -1;

export interface EncodedCorpus {
  vocabulary: Vocabulary;
  /** Int32 entries: ids 0 .. V-1 of the kept words, with LINE_END after each line that kept at least one. */
  length: number;
  /** Entries that are words. Equals `vocabulary.total`, unless the vocabulary was given (its counts are its own then). */
  tokens: number;
  /**
   * Where the entries are: `file` is a descriptor any thread of this process may read; else they are in memory.
   * Throws `usage`, as `read` does, where a corpus on disk is closed.
   */
  readonly storage: { file: number } | { ids: Int32Array };
  /** Copies up to `count` entries from `position` to `target` at `offset`; returns how many there were. Synchronous. */
  read(position: number, target: Int32Array, offset: number, count: number): number;
  /** Frees the storage. Safe to call twice. */
  close(): void;
  source: CorpusSource;
  dropped: CorpusDropped;
}

export interface CorpusSource {
  files: string[];
  /** Bytes of text, after decompression, and their SHA-256 (hex): the same for a file and its .gz. */
  bytes: number;
  sha256: string;
  lines: number;
  /** Files of folders and globs that were not read, the first thousand of them. */
  skipped?: SkippedFile[];
  /** Share of the tokens, above 0, that are whole phrases of a script written without spaces (unsegmented.ts). */
  unsegmentedShare?: number;
}

/** Everything the reading left out, so that nothing is lost in silence. */
export interface CorpusDropped {
  /** Tokens (and types) less frequent than min-count; with a vocabulary given, those that are not in it. */
  rareTokens: number;
  rareTypes: number;
  /** Tokens (and types) beyond max-vocab. */
  cappedTokens: number;
  cappedTypes: number;
  /** Bytes that were not UTF-8; each maximal invalid sequence became one U+FFFD. */
  invalidBytes: number;
  /** Tokens longer than the longest word kept (see tokenize.ts). */
  overlongTokens: number;
}

export interface CorpusFacts {
  vocabulary: Vocabulary;
  /** As in EncodedCorpus; counted from the entries in memory where it is left out. */
  tokens: number;
  source?: CorpusSource | undefined;
  dropped?: Partial<CorpusDropped> | undefined;
}

/** Throws `usage` unless this is a corpus: a list of paths is what one gives by mistake. */
export function checkCorpus(corpus: EncodedCorpus): void {
  if (Array.isArray(corpus?.vocabulary?.words) && typeof corpus.read === 'function') return;
  throw new W2vError(
    'usage',
    'this is not an encoded corpus',
    'encode the text first, with encodeCorpus([FILE]) or encodeText(TEXT)',
  );
}

/** A corpus over entries in memory: `ids` as `EncodedCorpus.length` describes them. Nothing is copied. */
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

/** A corpus over `length` Int32 entries (this machine's byte order) of an open file; `close` closes it. */
export function corpusOnDisk(file: number, length: number, facts: CorpusFacts, close: () => void): EncodedCorpus {
  let isOpen = true;
  // The system gives the number of a closed file to the next one that is opened.
  const openFile = () => {
    if (isOpen) return file;
    throw new W2vError('usage', 'this corpus is closed', 'close it when nothing reads it any more, or encode it again');
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

/** The corpus a finished store holds. */
export function corpusInStore(store: IdStore, facts: CorpusFacts): EncodedCorpus {
  const storage = store.storage();
  if ('ids' in storage) return corpusInMemory(storage.ids, facts);
  return corpusOnDisk(storage.file, store.length(), facts, () => store.close());
}

function corpusOf(facts: CorpusFacts, length: number) {
  const nothing = { rareTokens: 0, rareTypes: 0, cappedTokens: 0, cappedTypes: 0, invalidBytes: 0, overlongTokens: 0 };
  return {
    vocabulary: facts.vocabulary,
    length,
    tokens: facts.tokens,
    source: facts.source ?? { files: [], bytes: 0, sha256: '', lines: 0 },
    dropped: { ...nothing, ...facts.dropped },
  };
}
