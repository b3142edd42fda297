// Which rows of the input matrix make up each word's vector (Bojanowski et al. 2017): its own, row i for word i, and
// one for each of its n-grams. Only buckets that some word of the vocabulary has get a row, in the order in which they
// occur: frequent words come first, so that the rows of their n-grams lie together, and memory depends on the
// vocabulary, not on the buckets.
import { usage } from '../base/errors.ts';
import { decomposeHangul } from '../base/jamo.ts';
import { quotable, shortened } from '../base/printable.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { bucketsOfKnown, type SubwordVectors } from '../vectors/subword-vectors.ts';
import type { SubwordRules } from '../vectors/subwords.ts';

export interface SubwordTable {
  rules: SubwordRules;
  /** (V + 1) where the list of each word starts in `rows`, and the end of the last. */
  starts: Uint32Array;
  /**
   * The rows of all words, one list after another: a word's own row, then its n-grams', twice where an n-gram occurs
   * twice.
   */
  rows: Uint32Array;
  /** V + N: the rows of the input matrix. */
  inputRows: number;
  /** (buckets) the number 0 .. N - 1 of a bucket's row after the words' V rows; -1 for a bucket without one. */
  ngramRows: Int32Array;
}

const MOST_NGRAMS = 1 << 16; // of one word, which is what readers of models take: 1,000 letters have 4,000 of 3 to 6

/** Throws `usage` for a word with more than 65,536 n-grams, and for two words that are the same in jamo. */
export function* subwordTable(words: readonly string[], rules: SubwordRules): Steps<SubwordTable> {
  if (rules.units === 'jamo') requireDistinct(words);
  const starts = new Uint32Array(words.length + 1);
  const ngramRows = new Int32Array(rules.bucket).fill(-1);
  let rows = new Uint32Array(16 * words.length);
  let [end, ngrams, work] = [0, 0, 0];
  for (const [word, text] of words.entries()) {
    requireFewNgrams(text, rules);
    const buckets = bucketsOfKnown({ rules }, text);
    if (end + 1 + buckets.length > rows.length) {
      const wider = new Uint32Array(2 * (end + 1 + buckets.length));
      wider.set(rows);
      rows = wider;
    }
    rows[end++] = word;
    for (const bucket of buckets) {
      if (ngramRows[bucket] < 0) ngramRows[bucket] = ngrams++;
      rows[end++] = words.length + ngramRows[bucket];
    }
    starts[word + 1] = end;
    work += 1000 * buckets.length;
    if (work < STEP_WORK) continue;
    work = 0;
    yield;
  }
  return { rules, starts, rows: rows.subarray(0, end), inputRows: words.length + ngrams, ngramRows };
}

/** The n-grams of an input matrix, (V + N, D), that was trained with the table; a view of it. */
export function ngramsOf(
  { rules, ngramRows }: SubwordTable,
  input: Float32Array,
  V: number,
  D: number,
): SubwordVectors {
  return { rules, matrix: input.subarray(V * D), rows: ngramRows };
}

function requireFewNgrams(word: string, rules: SubwordRules): void {
  if (word.length * (rules.maxn - rules.minn + 1) < MOST_NGRAMS) return; // a quick bound; the exact number is below it
  const observed = `the word '${quotable(shortened(word))}' has more than ${MOST_NGRAMS} n-grams`;
  throw usage(observed, 'leave these words out ({ minCount, maxVocab }), or narrow { subwords }');
}

/** Jamo in the text, ㄱㅏㄴ, can be a syllable taken apart, 간; a model's dictionary could not tell the two words apart. */
function requireDistinct(words: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const word of words) {
    const jamo = decomposeHangul(word);
    const other = seen.get(jamo);
    if (other !== undefined) {
      const observed = `the words '${quotable(other)}' and '${quotable(word)}' are the same in jamo`;
      throw usage(observed, 'take one of them out of the text, or leave out { subwordUnits }');
    }
    seen.set(jamo, word);
  }
}
