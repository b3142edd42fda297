// The rows of the words of a text, by the tokenizer of the vectors' corpus.
import { knownForm } from '../corpus/known-form.ts';
import { textWords } from '../corpus/text-words.ts';
import { checkTokenizer, openTokenizer, type TokenizerOptions } from '../corpus/tokenizers/tokenizers.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';

/** The rows of the known words of a text, in its order, and the number of all its words. */
export type WordsOfText = (text: string) => { rows: number[]; tokens: number };

/**
 * By the tokenizer that is given; without one, by `words`, and each word is taken as it is written, else in lower case.
 * Throws as `openTokenizer`.
 */
export async function openWordsOfText(vectors: WordVectors, options: TokenizerOptions): Promise<WordsOfText> {
  const index = wordIndex(vectors);
  const isGiven = Object.values(options).some((value) => value !== undefined);
  const wordsOf = textWords(await openTokenizer(checkTokenizer(isGiven ? options : { keepCase: true })));
  const rowOf = isGiven
    ? (word: string) => index.get(word)
    : (word: string) => {
        const form = knownForm(index, word);
        return form === undefined ? undefined : index.get(form);
      };
  return (text) => {
    const words = wordsOf(text);
    const rows: number[] = [];
    for (const word of words) {
      const row = rowOf(word);
      if (row !== undefined) rows.push(row);
    }
    return { rows, tokens: words.length };
  };
}
