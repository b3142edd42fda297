// Which rows of the input matrix make up each word's vector (Bojanowski et al. 2017): its own, row i for word i, and one for each
// of its n-grams. Only buckets that some word of the vocabulary has get a row, in the order in which they occur: frequent words
// come first, so that the rows of their n-grams lie together, and memory depends on the vocabulary, not on the buckets.
import { STEP_WORK, type Steps } from '../steps.ts';
import { bucketsOfKnown, type SubwordVectors } from '../vectors/subword-vectors.ts';
import type { SubwordRules } from '../vectors/subwords.ts';

export interface SubwordTable {
  rules: SubwordRules;
  /** (V + 1) where the list of each word starts in `rows`, and the end of the last. */
  starts: Uint32Array;
  /** The rows of all words, one list after another: a word's own row, then its n-grams', twice where an n-gram occurs twice. */
  rows: Uint32Array;
  /** V + N: the rows of the input matrix. */
  inputRows: number;
  /** (buckets) the number 0 .. N - 1 of a bucket's row after the words' V rows; -1 for a bucket without one. */
  ngramRows: Int32Array;
}

export function* subwordTable(words: readonly string[], rules: SubwordRules): Steps<SubwordTable> {
  const starts = new Uint32Array(words.length + 1);
  const ngramRows = new Int32Array(rules.bucket).fill(-1);
  let rows = new Uint32Array(16 * words.length);
  let [end, ngrams, work] = [0, 0, 0];
  for (const [word, text] of words.entries()) {
    const buckets = bucketsOfKnown({ rules }, text);
    if (end + 1 + buckets.length > rows.length) {
      const wider = new Uint32Array(2 * (end + 1 + buckets.length));
      wider.set(rows);
      rows = wider;
    }
    rows[end++] = word;
    for (const bucket of buckets) {
      if (ngramRows[bucket]! < 0) ngramRows[bucket] = ngrams++;
      rows[end++] = words.length + ngramRows[bucket]!;
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
