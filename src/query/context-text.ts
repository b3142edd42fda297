// A sentence with a place left out, as a person types it: `you ? goodbye` -> the words around the place that a model
// knows.

import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { knownForm } from '../corpus/known-form.ts';
import { WORD } from '../corpus/text-words.ts';

const marks = ['_', '?'];

export interface ContextWords {
  /** The known words within the window, from left to right. */
  words: string[];
  /** Words that are not in the vocabulary. As in training they take no place in the window. */
  unknown: string[];
  /** Known words further from the place than the window. */
  tooFar: string[];
}

/**
 * The place is `_`, or `?` where there is no `_`, with white space around it. A word is taken as it is written, else as
 * the tokenizer writes it (corpus/known-form.ts), without punctuation.
 *
 * @param split splits the text on each side as the corpus was split (corpus/text-words.ts); default: as
 *   `words`
 * @param window words that count on each side; infinite if it is not known
 * @throws W2vError 'usage' where the place is not marked, more than one is, or there is no word
 */
export function contextWords(
  text: string,
  known: { has(word: string): boolean },
  window: number,
  split?: (text: string) => string[],
): ContextWords {
  const pieces = text.split(/\s+/).filter((piece) => piece !== '');
  const mark = marks.find((one) => pieces.includes(one));
  const place = mark === undefined ? -1 : pieces.indexOf(mark);
  if (mark === undefined || pieces.includes(mark, place + 1)) {
    const observed = `the context '${quotable(text)}' has ${mark === undefined ? 'no place' : 'several places'} marked`;
    throw usage(observed, "put one ? or _ where the word is missing, as in 'you ? goodbye'");
  }
  if (pieces.length === 1) {
    const observed = `the context '${quotable(text)}' has no word`;
    throw usage(observed, "put words around the place, as in 'you ? goodbye'");
  }
  const unknown: string[] = [];
  const wordsOf = (some: readonly string[]) =>
    (split
      ? split(some.join(' '))
      : some.flatMap((piece) => (known.has(piece) ? [piece] : (piece.match(WORD) ?? [piece])))
    ).flatMap((one) => {
      const form = knownForm(known, one);
      if (form === undefined) unknown.push(one);
      return form ?? [];
    });
  const before = wordsOf(pieces.slice(0, place));
  const after = wordsOf(pieces.slice(place + 1));
  const first = Math.max(0, before.length - window);
  return {
    words: [...before.slice(first), ...after.slice(0, window)],
    unknown,
    tooFar: [...before.slice(0, first), ...after.slice(window)],
  };
}
