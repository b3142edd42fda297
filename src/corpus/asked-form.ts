// A word of a question, prepared as the text was: `new york` is the word `new_york` where the vocabulary has it so, and
// 1984 is 0000 where digits were folded.
import { phraseDefaults } from '../base/defaults.ts';
import { withDigitsFolded } from './cleaning/digits.ts';
import { knownForm } from './known-form.ts';

/** How the text was prepared, as far as it matters to questions. */
export interface TextForm {
  /** What joins the words of a phrase; default `_`. */
  delimiter?: string | undefined;
  /** Whether each digit became 0. */
  digitsFolded?: boolean | undefined;
}

/** The form of the options in a manifest. */
export function textFormOf({ phrases, digits }: Record<string, unknown>): TextForm {
  const { delimiter } = (phrases ?? {}) as { delimiter?: unknown };
  return { delimiter: typeof delimiter === 'string' ? delimiter : undefined, digitsFolded: digits === 'fold' };
}

/** The word that the vocabulary has for `word`; undefined if it has none. */
export function askedForm(
  known: { has(word: string): boolean },
  word: string,
  { delimiter = phraseDefaults.delimiter, digitsFolded = false }: TextForm = {},
): string | undefined {
  const folded = digitsFolded ? withDigitsFolded(word) : word;
  return knownForm(known, folded.trim().split(/\s+/).join(delimiter));
}
