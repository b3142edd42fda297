// What a tokenizer beyond `words` and `whitespace` is: a function that splits a piece of a line. Its tokens then take
// the way of all words (token-rules.ts: NFC, lower case), which the compiled kernel counts.

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

// Cuts a long line into pieces for a segmenter, whose time may grow faster than its input (Intl.Segmenter needs 200
// times as long for a character of a line of 100,000 as for one of 1,000). A piece ends, in its second half, after the
// last end of a sentence, else after the last white space, else after the last punctuation, else before a letter (not
// inside a character with combining marks). The cuts depend only on the text.

const sentenceEnd = /[。！？｡][」』）"”’]?$|[.!?…]["'”’)\]]*\s$/u;
const ends = [sentenceEnd, /\s$/u, /[\p{P}\p{S}]$/u];
const LONGEST_END = 4; // characters that the patterns look at

/** Yields `text` in order, in pieces of at most `longest` (at least 4) UTF-16 units. */
export function* pieces(text: string, longest: number): Generator<string> {
  let at = 0;
  while (text.length - at > longest) {
    const end = endOfPiece(text, at, longest);
    yield text.slice(at, end);
    at = end;
  }
  if (at < text.length) yield text.slice(at);
}

function endOfPiece(text: string, at: number, longest: number): number {
  const least = at + (longest >> 1);
  for (const pattern of ends) {
    for (let end = at + longest; end > least; end--) {
      if (startsCharacter(text, end) && pattern.test(text.slice(Math.max(at, end - LONGEST_END), end))) return end;
    }
  }
  for (let end = at + longest; end > least; end--) if (startsCharacter(text, end)) return end;
  return at + longest - Number(/[\udc00-\udfff]/.test(text[at + longest]));
}

// What never stands at the start of a grapheme cluster: marks, joiners, skin tones, the later jamo of a syllable, the
// second half of a surrogate pair; and after a joiner the cluster goes on.
const goesOn = /^(?:[\p{M}\p{Emoji_Modifier}\u1160-\u11ff\ud7b0-\ud7fb\udc00-\udfff]|\u200c|\u200d)/u;

function startsCharacter(text: string, at: number): boolean {
  const code = text.codePointAt(at)!;
  if (code < 0x300) return text.charCodeAt(at - 1) !== 0x200d;
  return !goesOn.test(String.fromCodePoint(code)) && text.charCodeAt(at - 1) !== 0x200d;
}
