// The queries of nearest: words and sums of words, from the command line, from lines or from the prompt.

import { usage } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import { quotable } from '../base/printable.ts';
import { knownForm } from '../corpus/known-form.ts';
import { type Expression, parseExpression } from '../query/expression.ts';
import type { AsyncQuestions } from '../query/questions.ts';
import { isComposed, type WordList, wordIndex } from '../vectors/word-vectors.ts';
import { type CommandContext, say } from './context.ts';
import { type InputLine, parseLine } from './terminal/input-lines.ts';

const SHOWN = 10; // words in a message

export interface Query {
  /** As it was written. */
  query: string;
  terms: Expression;
}

/** Throws `usage` for a malformed sum. */
export function parseQuery(text: string): Query {
  return { query: text, terms: parseExpression(text) };
}

/** Throws `file-malformed` with the number of the line. */
export function queryOfLine(line: InputLine): Query {
  return parseLine(line, parseQuery);
}

/** Throws `usage` if a sign is an argument of its own and not in the vocabulary: a sum without quotes. */
export function checkQuotes(vectors: AsyncQuestions, queries: readonly Query[]): void {
  const sign = queries.find(({ query }) => (query === '-' || query === '+') && !wordIndex(vectors).has(query));
  if (sign === undefined || queries.length < 3) return;
  const sum = queries.map(({ query }) => query).join(' ');
  const observed = `'${sign.query}' is a separate argument; a sum of words is one argument`;
  throw usage(observed, `quote it: '${quotable(sum)}'`);
}

/** `king queen` is two words, unless it is one of the vocabulary, or a sum. `note`: as of `wordAsTrained`. */
export function queriesAtPrompt(vectors: AsyncQuestions, line: string, note: (text: string) => void): Query[] {
  const whole = parseQuery(line);
  const isOne = whole.terms.length > 1 || /^[-+]\s/.test(line) || wordIndex(vectors).has(line);
  const queries = isOne ? [whole] : line.split(/\s+/).map(parseQuery);
  return queries.map(({ query, terms }) => ({
    query,
    terms: terms.map(({ word, sign }) => ({ word: wordAsTrained(vectors, word, note), sign })),
  }));
}

/**
 * A word that the vocabulary has only as the tokenizer writes it, in lower case and NFC, is taken so, and `note` says
 * it.
 */
export function wordAsTrained(vectors: WordList, word: string, note: (text: string) => void): string {
  const trained = knownForm(wordIndex(vectors), word) ?? word;
  if (trained !== word) note(`'${quotable(word)}' is not in the vocabulary, '${quotable(trained)}' is`);
  return trained;
}

/** For JSON: the words whose vectors are composed of their n-grams, if there are any. */
export function composedField(vectors: WordList, words: readonly string[]): { composed?: string[] } {
  const composed = [...new Set(words)].filter((word) => isComposed(vectors, word));
  return composed.length > 0 ? { composed } : {};
}

/** Says on stderr which words are not in the vocabulary, and that their vectors are composed from n-grams. */
export function sayComposed(context: CommandContext, vectors: WordList, words: readonly string[]): void {
  const { composed = [] } = composedField(vectors, words);
  if (composed.length === 0) return;
  const shown = composed.slice(0, SHOWN).map((word) => `'${quotable(word)}'`);
  const more = composed.length > SHOWN ? `, and ${thousands(composed.length - SHOWN)} more` : '';
  const what =
    composed.length === 1 ? 'the vector is composed of its n-grams' : 'the vectors are composed of their n-grams';
  say(context, `Not in the vocabulary: ${shown.join(', ')}${more}; ${what}`);
}
