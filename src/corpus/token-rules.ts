// Tokenizers as tables: a class for each byte, and a class for each code point, looked up when it first occurs.
//
// `words` (default). A word is a longest run of Unicode letters, marks and digits (\p{L} \p{M} \p{N}) with at least one
// letter or digit in it. A single apostrophe (U+0027 or U+2019) or hyphen (U+002D or U+2010) between two such
// characters belongs to the word and is written ' or -. Everything else separates. Words are then normalized to Unicode
// NFC and, unless case is kept, to lower case. As a regular expression over decoded text:
//   /[\p{L}\p{M}\p{N}]+(?:['’\-‐][\p{L}\p{M}\p{N}]+)*/gu  ->  normalize('NFC').toLowerCase()
// Examples: don't -> don't, rock'n'roll -> rock'n'roll, state-of-the-art stays one word, 3.14 -> 3 and 14, 'tis -> tis,
// dogs' -> dogs, a--b -> a and b, U.S. -> u and s, snake_case -> snake and case.
//
// `whitespace`. A word is a longest run of characters other than white space, kept unchanged: neither case (whatever
// keepCase says) nor Unicode form changes (file-words.ts). gensim's LineSentence and (for spaces and tabs) word2vec.c do
// the same.
//
// `jamo`. As `words`, and then each Hangul syllable is taken apart (jamo.ts).
//
// All others first split the line with a segmenter (tokenizers/). The tokens are then words with white space between
// them, in NFC and lower case as those of `words`.
//
// In all, bytes that are not valid UTF-8 become U+FFFD (a separator for `words`, part of the word for `whitespace`);
// a line ends at \n, and the \r before it is white space.

import { decomposeHangul } from '../base/jamo.ts';
import { isFileWord } from './file-words.ts';
import type { Segmenter } from './tokenizers/segment.ts';

/** Longest token in bytes of the text; longer tokens are dropped and counted, for example a file without spaces. */
export const LONGEST_TOKEN = 1024;

/** Class of a byte or a code point. 0 means "not yet looked up". */
export const CHARACTER = {
  word: 1,
  /** Part of a word; computing the final form needs the whole word as a string (capitals, combining marks ...). */
  folded: 2,
  /** Joins two word characters (apostrophe, hyphen). */
  joiner: 3,
  separator: 4,
  lineEnd: 5,
  /** NUL: the input is not text. */
  forbidden: 6,
  /** First byte of a multi-byte sequence, or not valid UTF-8. */
  multibyte: 7,
} as const;

export interface TokenRules {
  /** (256) class of each byte. */
  byteClass: Uint8Array;
  /** Whether A to Z become a to z. */
  lowerCase: boolean;
  /** Class of a code point at or above U+0080. */
  classOf(codePoint: number): number;
  /** Class of the U+FFFD that stands for invalid bytes. */
  invalidClass: number;
  /** The final form of a word that contains a `folded` character or a non-ASCII joiner; '' if it is not a word. */
  finalForm(word: string): string;
  /** Splits lines before the rest applies; absent where the tables suffice. */
  segmenter?: Segmenter;
}

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
// Letters above U+FFFF may compose with the letter before them (Kirat Rai); Han characters never do.
const plainBeyondBasicPlane = /^\p{Script=Han}$/u;
const composesOrReorders = /^[\p{M}\u1100-\u11ff]$/u;

/** The tables of a tokenizer that has no segmenter; `keepCase` does not affect `whitespace`. */
export function createTokenRules(tokenizer: 'words' | 'whitespace' | 'jamo', keepCase: boolean): TokenRules {
  if (tokenizer === 'whitespace') return whitespaceRules();
  return wordRules(
    tokenizer === 'jamo' ? (word) => decomposeHangul(folded(word, keepCase)) : (word) => folded(word, keepCase),
    keepCase,
  );
}

/** The tables for the tokens of a segmenter. */
export function segmentRules(segmenter: Segmenter, keepCase: boolean): TokenRules {
  const { byteClass, classOf, ...spaces } = whitespaceRules();
  const finalForm = (word: string) => folded(word, keepCase);
  const classify = (codePoint: number) =>
    classOf(codePoint) === CHARACTER.separator ? CHARACTER.separator : classInWord(codePoint, finalForm);
  return { ...spaces, byteClass, lowerCase: !keepCase, classOf: classify, finalForm, segmenter };
}

/** NFC and, unless case is kept, lower case. */
function folded(word: string, keepCase: boolean): string {
  const joined = word.replaceAll('\u2019', "'").replaceAll('\u2010', '-').normalize('NFC');
  // Lower-casing can undo NFC (U+03D3, for example), so normalize again: the final form must be stable.
  return keepCase ? joined : joined.toLowerCase().normalize('NFC');
}

function classInWord(codePoint: number, finalForm: (word: string) => string): number {
  const character = String.fromCodePoint(codePoint);
  if (composesOrReorders.test(character)) return CHARACTER.folded;
  if (codePoint > 0xffff && !plainBeyondBasicPlane.test(character)) return CHARACTER.folded;
  return finalForm(character) === character ? CHARACTER.word : CHARACTER.folded;
}

function wordRules(form: (word: string) => string, keepCase: boolean): TokenRules {
  const byteClass = new Uint8Array(256).fill(CHARACTER.separator, 0, 128).fill(CHARACTER.multibyte, 128);
  for (let byte = 0; byte < 128; byte++) {
    if (wordCharacter.test(String.fromCharCode(byte))) byteClass[byte] = CHARACTER.word;
  }
  byteClass[0x27] = CHARACTER.joiner;
  byteClass[0x2d] = CHARACTER.joiner;
  markLineEndAndNul(byteClass);
  const classify = (codePoint: number): number => {
    if (codePoint === 0x2019 || codePoint === 0x2010) return CHARACTER.joiner;
    if (!wordCharacter.test(String.fromCodePoint(codePoint))) return CHARACTER.separator;
    return classInWord(codePoint, form);
  };
  const finalForm = (word: string): string => (letterOrDigit.test(word) ? form(word) : '');
  return { byteClass, lowerCase: !keepCase, classOf: classify, invalidClass: CHARACTER.separator, finalForm };
}

function whitespaceRules(): TokenRules {
  const byteClass = new Uint8Array(256).fill(CHARACTER.word, 0, 128).fill(CHARACTER.multibyte, 128);
  for (const byte of [0x09, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20]) byteClass[byte] = CHARACTER.separator;
  markLineEndAndNul(byteClass);
  const classify = (codePoint: number): number =>
    isFileWord(String.fromCodePoint(codePoint)) ? CHARACTER.word : CHARACTER.separator;
  return {
    byteClass,
    lowerCase: false,
    classOf: classify,
    invalidClass: CHARACTER.folded,
    finalForm: (word) => word,
  };
}

function markLineEndAndNul(byteClass: Uint8Array): void {
  byteClass[0x0a] = CHARACTER.lineEnd;
  byteClass[0x00] = CHARACTER.forbidden;
}
