// The form in which a vocabulary has a word: one rule for questions, for starting vectors and for contexts.
import { createTokenRules } from './token-rules.ts';

const rules = createTokenRules('words', false);

/**
 * The word as it is written, else in lower case and NFC, as the tokenizer writes it, else so with full-width letters
 * and other compatibility characters as the usual ones (NFKC); undefined if `known` has none of these.
 */
export function knownForm(known: { has(word: string): boolean }, word: string): string | undefined {
  if (known.has(word)) return word;
  return [word, word.normalize('NFKC')].map(rules.finalForm).find((form) => known.has(form));
}
