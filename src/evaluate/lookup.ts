// Finds the row of a test set's word by the rule of gensim 4, so that scores are comparable; besides, canonically
// equivalent forms of a word (Unicode NFC and NFD) are one, and Hangul is compared in jamo, as the tokenizer `jamo`
// writes it.
import { evaluateDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { decomposeHangul } from '../base/jamo.ts';
import type { WordList } from '../vectors/word-vectors.ts';

export interface LookupOptions {
  /** Use only this many first words of the file; default 0: all. */
  restrictVocab?: number | undefined;
  /** Compare words in upper case; among several spellings the first (most frequent) in the file counts. */
  caseInsensitive?: boolean | undefined;
}

export interface Lookup {
  /** Only rows 0 .. limit - 1 are used. */
  limit: number;
  caseInsensitive: boolean;
  /** The row of a word, or undefined. */
  row(word: string): number | undefined;
  /** All rows of a word's spellings, ascending. */
  rows(word: string): readonly number[];
}

const isAscii = /^[\0-\x7f]*$/;

/** A lookup of test words in the words of a file. Throws `usage` for a negative limit. */
export function createLookup(vectors: WordList, options: LookupOptions = {}): Lookup {
  const asked = options.restrictVocab ?? 0;
  if (!Number.isInteger(asked) || asked < 0) {
    const observed = `the vocabulary is restricted to ${asked} words, expected a whole number of at least 0`;
    throw usage(observed, 'give 30000, or 0 for all words');
  }
  const limit = asked === 0 ? vectors.words.length : Math.min(asked, vectors.words.length);
  const { caseInsensitive = evaluateDefaults.caseInsensitive } = options;
  const fold = (word: string) => {
    if (isAscii.test(word)) return caseInsensitive ? word.toUpperCase() : word; // the same, sooner
    const form = decomposeHangul(word.normalize('NFC'));
    return caseInsensitive ? form.toUpperCase().normalize('NFC') : form;
  };
  const first = new Map<string, number>();
  const others = new Map<string, number[]>();
  for (let row = 0; row < limit; row++) {
    const word = fold(vectors.words[row]);
    const before = first.get(word);
    if (before === undefined) first.set(word, row);
    else if (others.has(word)) others.get(word)!.push(row);
    else others.set(word, [before, row]);
  }
  return {
    limit,
    caseInsensitive,
    row: (word) => first.get(fold(word)),
    rows(word) {
      const folded = fold(word);
      const row = first.get(folded);
      return others.get(folded) ?? (row === undefined ? [] : [row]);
    },
  };
}
