// The rows of the words of a text, by the tokenizer of the vectors' corpus.
import { knownForm } from '../corpus/known-form.ts';
import { textTokenizer } from '../corpus/text-words.ts';
import type { TokenizerName } from '../corpus/token-rules.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';

export interface TokenizingOptions {
  /**
   * The tokenizer of the text that the vectors were made from (their manifest names it). Default: `words`, each taken as
   * it is written, else in lower case.
   */
  tokenizer?: TokenizerName | undefined;
  /** Whether that tokenizer kept capital letters; default false. */
  keepCase?: boolean | undefined;
}

/** The rows of the known words of a text, in its order, and the number of all its words. */
export type WordsOfText = (text: string) => { rows: number[]; tokens: number };

/** Throws `usage` for an unknown tokenizer. */
export function wordsOfText(vectors: WordVectors, { tokenizer, keepCase = false }: TokenizingOptions): WordsOfText {
  const index = wordIndex(vectors);
  const wordsOf = textTokenizer(tokenizer ?? 'words', tokenizer === undefined || keepCase);
  const rowOf =
    tokenizer === undefined
      ? (word: string) => {
          const form = knownForm(index, word);
          return form === undefined ? undefined : index.get(form);
        }
      : (word: string) => index.get(word);
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
