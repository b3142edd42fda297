// The two rules that say what a word is, as tables: a class for each byte, and for each code point on first sight.
//
// `words` (default). A word is a longest run of Unicode letters, marks and digits (\p{L} \p{M} \p{N}) with at least one
// letter or digit in it. A single apostrophe (U+0027 or U+2019) or hyphen (U+002D or U+2010) between two such characters
// belongs to the word and is written ' or -. Everything else separates. Words are then brought to Unicode NFC and, unless
// case is kept, to lower case. In other words, after decoding:
//   /[\p{L}\p{M}\p{N}]+(?:['’\-‐][\p{L}\p{M}\p{N}]+)*/gu  ->  normalize('NFC').toLowerCase()
// So: don't -> don't, rock'n'roll -> rock'n'roll, state-of-the-art stays one word, 3.14 -> 3 and 14, 'tis -> tis,
// dogs' -> dogs, a--b -> a and b, U.S. -> u and s, snake_case -> snake and case.
//
// `whitespace`. A word is a longest run of anything but white space, and nothing about it is changed: neither case (whatever
// keepCase says) nor Unicode form. White space is what Python's str.split() takes for it: the Unicode property White_Space
// and the separators U+001C to U+001F. So do gensim's LineSentence and (for spaces and tabs) word2vec.c.
//
// Under both: bytes that are not UTF-8 become U+FFFD (which separates under `words` and is part of the word under
// `whitespace`); a line ends at \n, and the \r before it is white space.

import { W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';

/** Longer tokens, in bytes as they stand in the text, are dropped and counted: a file without spaces is no word. */
export const LONGEST_TOKEN = 1024;

export type TokenizerName = 'words' | 'whitespace';

/** What a byte or a code point is to the tokenizer. 0 is "not yet looked up". */
export const CHARACTER = {
  /** Part of a word, as it stands. */
  word: 1,
  /** Part of a word whose final form takes a look at the whole word as a string (capitals, combining marks ...). */
  folded: 2,
  /** Part of a word between two characters of a word. */
  joiner: 3,
  separator: 4,
  lineEnd: 5,
  /** NUL: this is no text. */
  forbidden: 6,
  /** First byte of a longer sequence, or no UTF-8 at all. */
  multibyte: 7,
} as const;

export interface TokenRules {
  /** (256) class of each byte. */
  byteClass: Uint8Array;
  /** Whether A to Z are written a to z. */
  lowerCase: boolean;
  /** Class of a code point from U+0080 up. */
  classOf(codePoint: number): number;
  /** Class of the U+FFFD that stands for invalid bytes. */
  invalidClass: number;
  /** The final form of a word with a `folded` character or a non-ASCII joiner in it; '' if it is no word after all. */
  finalForm(word: string): string;
}

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
// Letters beyond the basic plane may compose with the letter before them (Kirat Rai); Han ones never do.
const plainBeyondBasicPlane = /^\p{Script=Han}$/u;
const composesOrReorders = /^[\p{M}\u1100-\u11ff]$/u;

/** The tables of one tokenizer; `keepCase` only concerns `words`. Throws `usage` for any other name. */
export function createTokenRules(tokenizer: TokenizerName, keepCase: boolean): TokenRules {
  if (tokenizer === 'words') return wordRules(keepCase);
  if (tokenizer === 'whitespace') return whitespaceRules();
  throw new W2vError(
    'usage',
    `tokenizer is '${quotable(String(tokenizer))}'; it must be words or whitespace`,
    "split the text yourself and use 'whitespace'",
  );
}

function wordRules(keepCase: boolean): TokenRules {
  const byteClass = new Uint8Array(256).fill(CHARACTER.separator, 0, 128).fill(CHARACTER.multibyte, 128);
  for (let byte = 0; byte < 128; byte++) {
    if (wordCharacter.test(String.fromCharCode(byte))) byteClass[byte] = CHARACTER.word;
  }
  byteClass[0x27] = CHARACTER.joiner;
  byteClass[0x2d] = CHARACTER.joiner;
  markLineEndAndNul(byteClass);
  const classify = (codePoint: number): number => {
    if (codePoint === 0x2019 || codePoint === 0x2010) return CHARACTER.joiner;
    const character = String.fromCodePoint(codePoint);
    if (!wordCharacter.test(character)) return CHARACTER.separator;
    if (composesOrReorders.test(character)) return CHARACTER.folded;
    if (codePoint > 0xffff && !plainBeyondBasicPlane.test(character)) return CHARACTER.folded;
    return finalForm(character) === character ? CHARACTER.word : CHARACTER.folded;
  };
  const finalForm = (word: string): string => {
    if (!letterOrDigit.test(word)) return '';
    const joined = word.replaceAll('\u2019', "'").replaceAll('\u2010', '-').normalize('NFC');
    // Lower case can leave NFC (U+03D3 and its like), hence once more: a final form must be its own final form.
    return keepCase ? joined : joined.toLowerCase().normalize('NFC');
  };
  return { byteClass, lowerCase: !keepCase, classOf: classify, invalidClass: CHARACTER.separator, finalForm };
}

function whitespaceRules(): TokenRules {
  const byteClass = new Uint8Array(256).fill(CHARACTER.word, 0, 128).fill(CHARACTER.multibyte, 128);
  for (const byte of [0x09, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20]) byteClass[byte] = CHARACTER.separator;
  markLineEndAndNul(byteClass);
  const classify = (codePoint: number): number =>
    /^\p{White_Space}$/u.test(String.fromCodePoint(codePoint)) ? CHARACTER.separator : CHARACTER.word;
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
