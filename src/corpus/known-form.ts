// The form in which a vocabulary has a word: one rule for questions, for starting vectors and for contexts.
import { createTokenRules } from './token-rules.ts';

const rules = createTokenRules('words', false);

/** The word as it is written, else in lower case and NFC, as the tokenizer writes it; undefined if `known` has neither. */
export function knownForm(known: { has(word: string): boolean }, word: string): string | undefined {
  return [word, rules.finalForm(word)].find((form) => known.has(form));
}
