// A word of a vocabulary that is worth asking about, for the command that a summary suggests.
import { englishStopWords } from '../corpus/cleaning/stop-words.ts';
import { printable } from '../printable.ts';

const stopWords = new Set(englishStopWords);

/**
 * A content word of some length, not among the most frequent ones: these are function words and particles. Undefined
 * where every word would be taken for an option or a sum.
 *
 * @param words by frequency, the most frequent first
 */
export function wordToTry(words: readonly string[]): string | undefined {
  const start = Math.min(300, Math.floor(words.length / 10));
  const rarer = words.slice(start);
  return rarer.find(isContent) ?? words.find(isContent) ?? rarer.find(isPlain) ?? words.find(isPlain);
}

/** Five letters, or two syllables or characters of a script that writes words shorter. */
function isContent(word: string): boolean {
  if (stopWords.has(word)) return false;
  return /^\p{L}{5,}$/u.test(word) || /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}]{2,}$/u.test(word);
}

function isPlain(word: string): boolean {
  return /^[^-+\s]\S*$/.test(word) && printable(word) === word;
}
