// Rejects words that a format cannot store before anything is written; changing words is the user's decision.
import { malformed } from '../base/errors.ts';
import { shortened } from '../base/printable.ts';

/**
 * Throws `file-malformed` for the first word that has a lone surrogate, is empty or matches `forbidden`; without
 * `forbidden`, white space and empty words are allowed. `format` ends the message: 'the word2vec text format'.
 */
export function checkWords(words: readonly string[], forbidden: RegExp | undefined, format: string): void {
  for (let row = 0; row < words.length; row++) {
    const word = words[row];
    const reason =
      forbidden !== undefined && word === ''
        ? 'is empty'
        : forbidden?.test(word)
          ? 'contains white space'
          : /\p{Surrogate}/u.test(word)
            ? 'is not well-formed Unicode'
            : undefined;
    if (reason === undefined) continue;
    throw malformed(
      `word ${row + 1} (${JSON.stringify(shortened(word))}) ${reason}, which ${format} cannot store`,
      'rename or remove the word, then save again',
    );
  }
}
