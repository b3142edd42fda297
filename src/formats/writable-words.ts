// Words a format cannot hold are refused before a byte is written; changing them is for the user to decide.
import { W2vError } from '../errors.ts';
import { shortened } from '../printable.ts';

/**
 * Throws `file-malformed` on the first word that has a half of a surrogate pair, is empty or matches `forbidden`; without `forbidden`
 * white space and empty words are no matter. `format` ends the message: 'the word2vec text format'.
 */
export function checkWords(words: readonly string[], forbidden: RegExp | undefined, format: string): void {
  for (let row = 0; row < words.length; row++) {
    const word = words[row]!;
    const reason =
      forbidden !== undefined && word === ''
        ? 'is empty'
        : forbidden?.test(word)
          ? 'holds white space'
          : /\p{Surrogate}/u.test(word)
            ? 'is not well-formed Unicode'
            : undefined;
    if (reason === undefined) continue;
    throw new W2vError(
      'file-malformed',
      `word ${row + 1} (${JSON.stringify(shortened(word))}) ${reason}, which ${format} cannot hold`,
      'rename or leave out that word, then write again',
    );
  }
}
