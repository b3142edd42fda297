// The vectors of the words of a text, by the tokenizer of the vectors' corpus.
import type { CleaningOptions } from '../corpus/cleaning/cleaning.ts';
import { withDigitsFolded } from '../corpus/cleaning/digits.ts';
import { knownForm } from '../corpus/known-form.ts';
import { textWords } from '../corpus/text-words.ts';
import { checkTokenizer, openTokenizer, type TokenizerOptions } from '../corpus/tokenizers/tokenizers.ts';
import { composedVector, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import { knownPhraseJoiner } from './join-known-phrases.ts';

export interface WordVectorsOfText {
  /** The rows of its words that the vocabulary has, in its order. */
  rows: number[];
  /** The vectors, (D) each, of words that the vocabulary lacks, composed of their n-grams. */
  composed: Float32Array[];
  /** All words of the text. */
  tokens: number;
}

/** How the text of the vectors was prepared. */
export interface TextWordOptions extends TokenizerOptions {
  /** `fold`: each of 0 to 9 becomes 0. Default `keep`. */
  digits?: CleaningOptions['digits'];
  /**
   * What joins the words of a phrase: `_` takes `new york` for `new_york` where the vocabulary has it. Default: no
   * phrases.
   */
  phraseDelimiter?: string | undefined;
}

export type WordsOfText = (text: string) => WordVectorsOfText;

/**
 * By the tokenizer that is given; without one, by `words`, and each word is taken as it is written, else in lower case.
 * Throws as `openTokenizer`.
 */
export async function openWordsOfText(
  vectors: WordVectors,
  { digits, phraseDelimiter, ...options }: TextWordOptions,
): Promise<WordsOfText> {
  const index = wordIndex(vectors);
  const isGiven = Object.values(options).some((value) => value !== undefined);
  const split = textWords(await openTokenizer(checkTokenizer(isGiven ? options : { keepCase: true })));
  const rowOf = isGiven
    ? (word: string) => index.get(word)
    : (word: string) => {
        const form = knownForm(index, word);
        return form === undefined ? undefined : index.get(form);
      };
  const vocabulary = { words: vectors.words, has: (word: string) => rowOf(word) !== undefined };
  const join = phraseDelimiter === undefined ? undefined : knownPhraseJoiner(vocabulary, phraseDelimiter);
  return (text) => {
    const single = split(digits === 'fold' ? withDigitsFolded(text) : text);
    const words = join === undefined ? single : join(single);
    const rows: number[] = [];
    const composed: Float32Array[] = [];
    for (const word of words) {
      const row = rowOf(word);
      if (row !== undefined) rows.push(row);
      else if (vectors.subwords !== undefined) {
        const vector = composedVector(vectors, word);
        if (vector !== undefined) composed.push(vector);
      }
    }
    return { rows, composed, tokens: words.length };
  };
}
