// A corpus as ids, read by position. On disk (a temporary file already unlinked, so that nothing is left behind
// whatever happens) or in memory; callers cannot tell which.
import type { Vocabulary } from './vocabulary.ts';

/** Stands in the id stream after the last word of each line. Windows never cross it. */
export const LINE_END = -1;

export interface EncodedCorpus {
  vocabulary: Vocabulary;
  /** Int32 entries: ids 0 .. V-1 of the kept words, with LINE_END after each line that kept at least one. */
  length: number;
  /** Entries that are words. Equals `vocabulary.total`. */
  tokens: number;
  /** Where the entries are: `file` is a descriptor any thread of this process may read; else they are in memory. */
  storage: { file: number } | { ids: Int32Array };
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
}

/** Everything the reading left out, so that nothing is lost in silence. */
export interface CorpusDropped {
  /** Tokens (and types) less frequent than min-count. */
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
