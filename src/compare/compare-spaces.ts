// Compares two sets of vectors word by word: overlap@k = |N1 and N2| / k, N the k nearest words by cosine among the words
// of both (Pierrejean & Tanguy 2018; the Embedding Comparator, Boggust et al. 2022, takes the Jaccard index of the same
// sets). Two levels give it a meaning: k / (n - 1), which two unrelated orders of n words have in common by chance, and
// the overlap between two seeds of one training, which is its noise (Antoniak & Mimno 2018).
import { W2vError } from '../errors.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { checkOptionNames, namesOf } from '../option-names.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns, type Steps } from '../steps.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import { inverseNormSteps as sparseInverseNormSteps } from '../vectors/sparse-rows.ts';
import { wordIndex } from '../vectors/word-vectors.ts';
import { overlapDefaults } from './neighbor-overlap.ts';
import { neighborRows } from './neighbors.ts';
import { NOT_COMPARED } from './not-compared.ts';
import { pickWords, sharedWords } from './shared-words.ts';

export interface CompareSpacesOptions {
  /** Neighbours compared; default 10, at most 254. */
  k?: number | undefined;
  /** Compares this many first of the common words, the neighbours among them too; 0: all. Default 50,000. */
  limit?: number | undefined;
  /** The vectors of the first training again with another seed. Words that it lacks are not compared. */
  seeds?: Vectors | undefined;
  /** Phase 'neighbours', in words. */
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Overlap of each word of the first file: number of common neighbours, 0 .. k, or NOT_COMPARED. */
export interface Overlap {
  /** (V of the first file) */
  byWord: Uint8Array;
  /** Words by number of common neighbours, 0 .. k. */
  histogram: number[];
  /** Mean share of common neighbours, 0 .. 1. */
  mean: number;
}

export interface SpacesComparison extends Overlap {
  /** Number of words that both files have. */
  common: number;
  /**
   * Number of words whose neighbours were compared, and which may be neighbours: the first of the common words that are
   * not zero or NaN in a file.
   */
  compared: number;
  k: number;
  /** (V of the first file) the row of the same word in the second file, or -1. */
  rows: Int32Array;
  /** The share expected of two unrelated files: k / (compared - 1). */
  chance: number;
  /** The same between two seeds of the first training. */
  seeds?: Overlap;
}

export const compareSpacesDefaults = { k: overlapDefaults.k, limit: 50_000 };

const optionNames = namesOf<CompareSpacesOptions>({
  k: true,
  limit: true,
  seeds: true,
  onProgress: true,
  signal: true,
});

/**
 * Compares the neighbours of each common word. Words are in the order of the first file, so the limit keeps its most frequent
 * ones. Throws `usage` for options out of range, `file-malformed` for fewer than two common words, `interrupted`.
 */
export async function compareSpaces(
  first: Vectors,
  second: Vectors,
  options: CompareSpacesOptions = {},
): Promise<SpacesComparison> {
  checkOptionNames('compareSpaces', options, optionNames);
  const { k = compareSpacesDefaults.k, limit = compareSpacesDefaults.limit, seeds, onProgress, signal } = options;
  checkWhole('k', k, 1, NOT_COMPARED - 1);
  checkWhole('limit', limit, 0, Number.MAX_SAFE_INTEGER);
  return finishInTurns(
    comparisonSteps([first, second, ...(seeds === undefined ? [] : [seeds])], k, limit, onProgress),
    signal,
  );
}

function* comparisonSteps(
  files: readonly Vectors[],
  k: number,
  limit: number,
  onProgress: OnProgress | undefined,
): Steps<SpacesComparison> {
  const [first, second] = files as [Vectors, Vectors];
  const common = sharedWords([first, second]).length;
  let words = sharedWords(files);
  for (const vectors of files) words = words.filter(yield* directionsOf(vectors));
  if (limit > 0) words = words.slice(0, limit);
  if (words.length < 2) {
    const observed = 'fewer than two common words have vectors that are not zero and contain no NaN or infinity';
    throw new W2vError('file-malformed', observed, 'train or convert the files again');
  }
  const most = Math.min(k, words.length - 1);
  const lists: Int32Array[] = [];
  for (const [at, vectors] of files.entries()) {
    const total = files.length * words.length;
    const report = (done: number) =>
      onProgress?.({ phase: 'neighbours', done: at * words.length + done, total, unit: 'words' });
    report(0);
    lists.push(yield* neighborLists(yield* pickWords(vectors, words), most, report));
  }
  const index = wordIndex(second);
  const rows = Int32Array.from(first.words, (word) => index.get(word) ?? -1);
  const own = wordIndex(first);
  const places = Int32Array.from(words, (word) => own.get(word)!);
  const overlapWith = (other: Int32Array): Overlap =>
    overlapOfLists(lists[0]!, other, most, places, first.words.length);
  return {
    common,
    compared: words.length,
    k: most,
    rows,
    ...overlapWith(lists[1]!),
    chance: most / (words.length - 1),
    ...(files.length > 2 && { seeds: overlapWith(lists[2]!) }),
  };
}

/** (n, k) the k nearest rows of each row. */
function* neighborLists(vectors: Vectors, k: number, report: (done: number) => void): Steps<Int32Array> {
  const queries = Array.from({ length: vectors.words.length }, (_, row) => row);
  const lists = new Int32Array(queries.length * k);
  for (const [row, { rows }] of (yield* neighborRows(vectors, queries, k, report)).entries()) lists.set(rows, row * k);
  return lists;
}

/** Whether each row has a direction: it is not zero, and all its numbers are finite. */
function* directionsOf(vectors: Vectors): Steps<(word: string) => boolean> {
  const index = wordIndex(vectors);
  const inverse = 'dimensions' in vectors ? yield* inverseNormSteps(vectors) : yield* sparseInverseNormSteps(vectors);
  return (word) => inverse[index.get(word)!]! > 0;
}

/** `places[i]` is the row in the first file, of V words, of word i of the lists. */
function overlapOfLists(one: Int32Array, other: Int32Array, k: number, places: Int32Array, V: number): Overlap {
  const byWord = new Uint8Array(V).fill(NOT_COMPARED);
  const histogram = new Array<number>(k + 1).fill(0);
  let sum = 0;
  for (const [at, place] of places.entries()) {
    const neighbors = one.subarray(at * k, (at + 1) * k);
    let same = 0;
    for (const row of other.subarray(at * k, (at + 1) * k)) if (neighbors.includes(row)) same++;
    byWord[place] = same;
    histogram[same]!++;
    sum += same;
  }
  return { byWord, histogram, mean: sum / (places.length * k) };
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const observed = `${name} is ${value}, expected a whole number of ${least} .. ${most}`;
  throw new W2vError('usage', observed, name === 'limit' ? 'give 0 for all words' : 'leave it out for 10');
}
