// Words a format cannot hold are refused before a byte is written; changing them is for the user to decide.
import { W2vError } from '../errors.ts';

/** Throws `usage` on the first word that is empty, has a half of a surrogate pair, or matches `forbidden`. */
export function checkWords(words: readonly string[], forbidden: RegExp, format: string): void {
  for (let row = 0; row < words.length; row++) {
    const word = words[row]!;
    const reason =
      word === ''
        ? 'is empty'
        : forbidden.test(word)
          ? 'holds white space'
          : /\p{Surrogate}/u.test(word)
            ? 'is not well-formed Unicode'
            : undefined;
    if (reason === undefined) continue;
    throw new W2vError(
      'usage',
      `word ${row + 1} (${JSON.stringify(word)}) ${reason}, which the word2vec ${format} format cannot hold`,
      'rename or leave out that word, then write again',
    );
  }
}
