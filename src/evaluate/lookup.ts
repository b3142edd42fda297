// Which row a test set's word means: gensim 4's rule, so that scores can be set beside each other.
import { evaluateDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import type { WordList } from '../vectors/word-vectors.ts';

export interface LookupOptions {
  /** Only the first so many words of the file exist for the test; 0, unless given: all. */
  restrictVocab?: number | undefined;
  /** Words are compared in upper case; of several spellings the first in the file (the most frequent) counts. */
  caseInsensitive?: boolean | undefined;
}

export interface Lookup {
  /** Rows 0 .. limit - 1 may be met. */
  limit: number;
  /** The form words are compared in. */
  fold(word: string): string;
  /** The row of a word, or undefined. */
  row(word: string): number | undefined;
  /** All rows of a word's spellings, ascending. */
  rows(word: string): readonly number[];
}

/** The words of a file as a test set's words find them. Throws `usage` on a negative limit. */
export function createLookup(vectors: WordList, options: LookupOptions = {}): Lookup {
  const asked = options.restrictVocab ?? 0;
  if (!Number.isInteger(asked) || asked < 0) {
    const observed = `the vocabulary is restricted to ${asked} words, expected a whole number from 0 up`;
    throw new W2vError('usage', observed, 'take 30000, or 0 for all words');
  }
  const limit = asked === 0 ? vectors.words.length : Math.min(asked, vectors.words.length);
  const fold =
    (options.caseInsensitive ?? evaluateDefaults.caseInsensitive)
      ? (word: string) => word.toUpperCase()
      : (word: string) => word;
  const first = new Map<string, number>();
  const others = new Map<string, number[]>();
  for (let row = 0; row < limit; row++) {
    const word = fold(vectors.words[row]!);
    const before = first.get(word);
    if (before === undefined) first.set(word, row);
    else if (others.has(word)) others.get(word)!.push(row);
    else others.set(word, [before, row]);
  }
  return {
    limit,
    fold,
    row: (word) => first.get(fold(word)),
    rows(word) {
      const folded = fold(word);
      const row = first.get(folded);
      return others.get(folded) ?? (row === undefined ? [] : [row]);
    },
  };
}
