// The tokenizers that Node has in itself (ICU, by the rules of Unicode Standard Annex 29): `segmenter` for the words of
// any language, with dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese, and `characters` for what a
// reader takes as one character (grapheme clusters).
import { usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { isWord, type Segmenter } from './segment.ts';

const LONGEST = 400; // fastest from 200 to 1,000

/**
 * Words by Intl.Segmenter: what it takes for words (`isWordLike`) or has a letter or digit; no punctuation, no spaces.
 */
export function wordSegmenter(locale: string): Segmenter {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
  return {
    longest: LONGEST,
    *segment(piece) {
      for (const { segment, isWordLike } of segmenter.segment(piece)) if (isWordLike || isWord(segment)) yield segment;
    },
  };
}

/** Each grapheme cluster with a letter or digit in it. */
export function characterSegmenter(): Segmenter {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  return {
    longest: LONGEST,
    *segment(piece) {
      if (onlySingle.test(piece)) yield* piece.match(lettersAndDigits) ?? [];
      else for (const { segment } of segmenter.segment(piece)) if (isWord(segment)) yield segment;
    },
  };
}

// Text in which each code point is a cluster of its own, as most text of these languages is: printable ASCII and tabs,
// kana without combining marks, Han characters, Hangul syllables, and their full-width punctuation.
const onlySingle =
  /^[\t\x20-\x7e\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;
const lettersAndDigits = /[\p{L}\p{N}]/gu;

/**
 * The locale in its usual form (`EN-us` -> `en-US`). Throws `usage` for one that is no language tag or that ICU lacks.
 */
export function checkedLocale(locale: string): string {
  const hint = "give a language tag, such as { locale: 'th' }, 'ja' or 'zh-Hant'";
  let known: string[];
  try {
    known = Intl.Segmenter.supportedLocalesOf(locale);
  } catch {
    throw usage(`the locale '${quotable(locale)}' is not a language tag (BCP 47)`, hint);
  }
  if (known[0] === undefined) {
    throw usage(`this Node.js does not know the locale '${quotable(locale)}'`, hint);
  }
  return known[0];
}
