// Suggests known words with a similar spelling for an unknown word: optimal string alignment distance (Damerau 1964:
// insertions, deletions, substitutions, transpositions), ignoring case. Words are compared after Unicode's
// compatibility decomposition (NFKD): a Hangul syllable is its two or three jamo, an accent is a letter of its own, and
// a full-width letter is the usual one. So one wrong vowel of 한국 is one edit in six letters, not one in two.

const LIMIT = 5;
const LETTERS_AN_EDIT = 4;
const LONGEST = 100; // no suggestions for longer words
const MOST_GROWTH = 4; // letters that one decomposes into: three jamo of a syllable, four of some Greek vowels

/**
 * At most `limit` of `words` within distance 2 of `word` and one edit per `lettersAnEdit` letters (default four),
 * nearest first, then in the order of `words`. If the word exists in another case or normalization form, only that is
 * suggested.
 */
import { checkList, checkText } from './check.ts';
export function suggest(
  words: readonly string[],
  word: string,
  limit = LIMIT,
  lettersAnEdit = LETTERS_AN_EDIT,
): string[] {
  checkText(word, 'a word');
  checkList(words, 'words', 'words');
  if (word.length > LONGEST) return [];
  const wanted = fold(word);
  const furthest = Math.min(2, Math.floor(wanted.length / lettersAnEdit));
  const found: string[][] = [[], [], []];
  const rows = [0, 1, 2].map(() => new Int32Array(wanted.length + 1));
  for (const candidate of words) {
    // Lengths before folding, which makes a word longer but for a few letters: hence the margin.
    if (candidate.length > wanted.length + furthest + 1) continue;
    if (candidate.length * MOST_GROWTH < wanted.length - furthest) continue;
    const distance = boundedDistance(wanted, fold(candidate), furthest, rows);
    if (distance <= furthest && candidate !== word && found[distance].length < limit) {
      found[distance].push(candidate);
      if (distance === 0 && found[0].length === limit) break;
    }
  }
  return found[0].length > 0 ? found[0] : found.flat().slice(0, limit);
}

function fold(word: string): string {
  return word.toLowerCase().normalize('NFKD');
}

/** The distance of `a` and `b`, or any number above `bound` if it is larger. Computes only a diagonal band. */
function boundedDistance(a: string, b: string, bound: number, rows: Int32Array[]): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  const far = bound + 1;
  let [before, previous, current] = rows as [Int32Array, Int32Array, Int32Array];
  for (let i = 0; i <= a.length; i++) previous[i] = Math.min(i, far);
  let leastBefore = 0;
  for (let j = 1; j <= b.length; j++) {
    const first = Math.max(1, j - bound);
    const last = Math.min(a.length, j + bound);
    current.fill(far);
    if (first === 1) current[0] = Math.min(j, far);
    let least = current[0];
    const letter = b.charCodeAt(j - 1);
    for (let i = first; i <= last; i++) {
      const same = a.charCodeAt(i - 1) === letter;
      let cost = Math.min(previous[i] + 1, current[i - 1] + 1, previous[i - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 2) === letter && a.charCodeAt(i - 1) === b.charCodeAt(j - 2);
      if (swapped) cost = Math.min(cost, before[i - 2] + 1);
      current[i] = Math.min(cost, far);
      if (cost < least) least = cost;
    }
    // A transposition reaches back two rows, so a single row above the bound does not prove it.
    if (least > bound && leastBefore > bound) return far;
    leastBefore = least;
    [before, previous, current] = [previous, current, before];
  }
  return previous[a.length];
}
