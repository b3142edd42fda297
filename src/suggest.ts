// The nearest spellings that exist, for a word that does not: optimal string alignment distance (Damerau 1964;
// insertions, deletions, substitutions, swaps of neighbours), letters compared without their case.

const LIMIT = 5;
const LETTERS_AN_EDIT = 4;
const LONGEST = 100; // of what is longer no spelling is guessed

/**
 * At most `limit` words out of `words` within a distance of 2 of `word` and of one edit per four letters (`lettersAnEdit`), nearest
 * first, then in the order of `words`. Where the same word stands there in another case, only that is meant.
 */
export function suggest(
  words: readonly string[],
  word: string,
  limit = LIMIT,
  lettersAnEdit = LETTERS_AN_EDIT,
): string[] {
  if (word.length > LONGEST) return [];
  const wanted = fold(word);
  const furthest = Math.min(2, Math.floor(wanted.length / lettersAnEdit));
  const found: string[][] = [[], [], []];
  const rows = [0, 1, 2].map(() => new Int32Array(wanted.length + 1));
  for (const candidate of words) {
    // A case pair can differ in length by one (the German sharp s), hence the slack.
    if (Math.abs(candidate.length - wanted.length) > furthest + 1) continue;
    const distance = boundedDistance(wanted, fold(candidate), furthest, rows);
    if (distance <= furthest && candidate !== word && found[distance]!.length < limit) {
      found[distance]!.push(candidate);
      if (distance === 0 && found[0]!.length === limit) break;
    }
  }
  return found[0]!.length > 0 ? found[0]! : found.flat().slice(0, limit);
}

function fold(word: string): string {
  return word.toLowerCase();
}

/** The distance of `a` and `b`, or any number above `bound` once it is known to be larger. Only the band is computed. */
function boundedDistance(a: string, b: string, bound: number, rows: Int32Array[]): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  const far = bound + 1;
  let [before, previous, current] = rows as [Int32Array, Int32Array, Int32Array];
  for (let i = 0; i <= a.length; i++) previous[i] = Math.min(i, far);
  for (let j = 1; j <= b.length; j++) {
    const first = Math.max(1, j - bound);
    const last = Math.min(a.length, j + bound);
    current.fill(far);
    if (first === 1) current[0] = Math.min(j, far);
    let least = current[0]!;
    const letter = b.charCodeAt(j - 1);
    for (let i = first; i <= last; i++) {
      const same = a.charCodeAt(i - 1) === letter;
      let cost = Math.min(previous[i]! + 1, current[i - 1]! + 1, previous[i - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 2) === letter && a.charCodeAt(i - 1) === b.charCodeAt(j - 2);
      if (swapped) cost = Math.min(cost, before[i - 2]! + 1);
      current[i] = Math.min(cost, far);
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, so one row beyond the bound is no proof yet.
    if (least > bound && Math.min(...previous.subarray(Math.max(0, first - 1), last + 1)) > bound) return far;
    [before, previous, current] = [previous, current, before];
  }
  return previous[a.length]!;
}
