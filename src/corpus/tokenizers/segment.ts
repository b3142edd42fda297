// What a tokenizer beyond `words` and `whitespace` is: a function that splits a piece of a line. Its tokens then take
// the way of all words (token-rules.ts: NFC, lower case), which the compiled kernel counts.
import { pieces } from './pieces.ts';

export interface Segmenter {
  /**
   * Splits a piece of a line, in NFC, into tokens, in order. A token with white space in it becomes several tokens.
   * Called on the thread that reads; the result depends on nothing but the piece.
   */
  segment(piece: string): Iterable<string>;
  /** Characters in a piece at most: longer lines come in pieces, cut where no word can be. Absent: no limit. */
  longest?: number;
}

/**
 * The tokens of a text without line ends, in NFC, since dictionaries have whole syllables and letters with their
 * accents.
 */
export function* tokensOfText(text: string, segmenter: Segmenter): Generator<string> {
  const composed = text.normalize('NFC');
  for (const piece of segmenter.longest === undefined ? [composed] : pieces(composed, segmenter.longest)) {
    yield* segmenter.segment(piece);
  }
}

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Whether a token is a word and not punctuation. */
export const isWord = (token: string): boolean => letterOrDigit.test(token);
