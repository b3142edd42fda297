// Compares two sets of vectors word by word: overlap@k = |N1 and N2| / k, N the k nearest words by cosine among the
// words of both (Pierrejean & Tanguy 2018; the Embedding Comparator, Boggust et al. 2022, takes the Jaccard index of
// the same sets). Two levels give it a meaning: k / (n - 1), which two unrelated orders of n words have in common by
// chance, and the overlap between two seeds of one training, which is its noise (Antoniak & Mimno 2018).

import { availableParallelism } from 'node:os';
import { malformed, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { OnProgress, Progress } from '../base/progress.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { exactNeighbors } from '../map/exact-neighbors.ts';
import { unitRows } from '../map/unit-rows.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import { wordIndex } from '../vectors/word-vectors.ts';
import { overlapDefaults } from './neighbor-overlap.ts';
import { neighborRows } from './neighbors.ts';
import { NOT_COMPARED } from './not-compared.ts';
import { pickWords, sharedWords } from './shared-words.ts';

/** How many neighbors and words `compareSpaces` takes, and the second seed to measure noise by. */
export interface CompareSpacesOptions {
  /** Neighbors compared; default 10, at most 254. */
  k?: number | undefined;
  /**
   * Compares this many first of the common words, the neighbors among them too; 0: all. Default 100,000, of sparse
   * vectors 5,000.
   */
  limit?: number | undefined;
  /** The vectors of the first training again with another seed. Words that it lacks are not compared. */
  seeds?: Vectors | undefined;
  /** Worker threads for dense vectors; default: one for each processor. The result does not depend on it. */
  threads?: number | undefined;
  /** Phase 'neighbors', in words. */
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Overlap of each word of the first file: number of common neighbors, 0 .. k, or NOT_COMPARED. */
export interface Overlap {
  /** (V of the first file) */
  byWord: Uint8Array;
  /** Words by number of common neighbors, 0 .. k. */
  histogram: number[];
  /** Mean share of common neighbors, 0 .. 1. */
  mean: number;
  /** (V of the first file) the same as `byWord` of more neighbors, `wide`: it orders words with equal numbers. */
  widerByWord: Uint8Array;
}

/** What `compareSpaces` finds: the overlap of each word of the first file with the second, and the levels beside it. */
export interface SpacesComparison extends Overlap {
  /** Number of words that both files have. */
  common: number;
  /**
   * Number of words whose neighbors were compared, and which may be neighbors: the first of the common words that are
   * not zero or NaN in a file.
   */
  compared: number;
  k: number;
  /** Number of neighbors in `widerByWord`: 5 k, or fewer of few words. */
  wide: number;
  /** (V of the first file) the row of the same word in the second file, or -1. */
  rows: Int32Array;
  /** The share expected of two unrelated files: k / (compared - 1). */
  chance: number;
  /** The same between two seeds of the first training. */
  seeds?: Overlap;
}

export const compareSpacesDefaults = { k: overlapDefaults.k, limit: { dense: 100_000, sparse: 5_000 } };

const MOST_WIDE = NOT_COMPARED - 1;

const optionNames = namesOf<CompareSpacesOptions>({
  k: true,
  limit: true,
  seeds: true,
  threads: true,
  onProgress: true,
  signal: true,
});

/**
 * Compares the neighbors of each common word, exactly: 100,000 dense words of 100 dimensions take some 30 seconds of
 * one processor for each file, 5,000 words of a PPMI matrix with 11 million values 15 seconds. Words are in the order
 * of the first file, so the limit keeps its most frequent ones. Throws `usage` for options out of range,
 * `file-malformed` for fewer than two common words, `interrupted`.
 */
export async function compareSpaces(
  first: Vectors,
  second: Vectors,
  options: CompareSpacesOptions = {},
): Promise<SpacesComparison> {
  checkOptionNames('compareSpaces', options, optionNames);
  const { seeds, threads = availableParallelism(), onProgress, signal } = options;
  for (const vectors of [first, second, seeds ?? second]) checkAnyVectors(vectors);
  const files = [first, second, ...(seeds === undefined ? [] : [seeds])];
  const kind = files.every((file) => 'dimensions' in file) ? 'dense' : 'sparse';
  const { k = compareSpacesDefaults.k, limit = compareSpacesDefaults.limit[kind] } = options;
  checkWhole('k', k, 1, NOT_COMPARED - 1, 'leave it out for 10');
  checkWhole('limit', limit, 0, Number.MAX_SAFE_INTEGER, 'give 0 for all words');
  checkWhole('threads', threads, 1, 1024, 'leave it out');
  const common = sharedWords([first, second]).length;
  const words = await finishInTurns(comparedWords(files, limit), signal);
  const most = Math.min(k, words.length - 1);
  const wide = Math.max(most, Math.min(5 * k, MOST_WIDE, words.length - 1));
  const lists: Int32Array[] = [];
  for (const [at, vectors] of files.entries()) {
    const [done, total] = [at * words.length, files.length * words.length];
    const report = (own: number) => onProgress?.({ phase: 'neighbors', done: done + own, total, unit: 'words' });
    const picked = await finishInTurns(pickWords(vectors, words), signal);
    lists.push(await neighborLists(picked, wide, { threads, report, signal }));
  }
  const index = wordIndex(second);
  const rows = Int32Array.from(first.words, (word) => index.get(word) ?? -1);
  const own = wordIndex(first);
  const places = Int32Array.from(words, (word) => own.get(word)!);
  const overlapWith = (other: Int32Array): Overlap =>
    overlapOfLists(lists[0], other, { k: most, wide }, places, first.words.length);
  return {
    common,
    compared: words.length,
    k: most,
    wide,
    rows,
    ...overlapWith(lists[1]),
    chance: most / (words.length - 1),
    ...(files.length > 2 && { seeds: overlapWith(lists[2]) }),
  };
}

/** The first `limit` (0: all) words that all files have and that have a direction in each. */
function* comparedWords(files: readonly Vectors[], limit: number): Steps<string[]> {
  let words = sharedWords(files);
  for (const vectors of files) words = words.filter(yield* directionsOf(vectors));
  if (limit > 0) words = words.slice(0, limit);
  if (words.length >= 2) return words;
  const observed = 'fewer than two common words have vectors that are not zero and contain no NaN or infinity';
  throw malformed(observed, 'train or convert the files again');
}

interface Work {
  threads: number;
  /** Takes the number of words done. */
  report(done: number): void;
  signal: AbortSignal | undefined;
}

/** (n, k) the k nearest rows of each row, all of which have a direction. */
async function neighborLists(vectors: Vectors, k: number, { threads, report, signal }: Work): Promise<Int32Array> {
  report(0);
  if ('dimensions' in vectors) {
    const onProgress = ({ done }: Progress) => report(done);
    const rows = await finishInTurns(unitRows(vectors), signal);
    return (await exactNeighbors(rows, k, { threads, onProgress, signal })).neighbors;
  }
  const queries = Array.from({ length: vectors.words.length }, (_, row) => row);
  const lists = new Int32Array(queries.length * k);
  const found = await finishInTurns(neighborRows(vectors, queries, k, report), signal);
  for (const [row, { rows }] of found.entries()) lists.set(rows, row * k);
  return lists;
}
/** Whether each row has a direction: it is not zero, and all its numbers are finite. */
function* directionsOf(vectors: Vectors): Steps<(word: string) => boolean> {
  const index = wordIndex(vectors);
  const inverse = yield* inverseNormSteps(vectors);
  return (word) => inverse[index.get(word)!] > 0;
}

/** `places[i]` is the row in the first file, of V words, of word i of the lists, which have `wide` neighbors each. */
function overlapOfLists(
  one: Int32Array,
  other: Int32Array,
  { k, wide }: { k: number; wide: number },
  places: Int32Array,
  V: number,
): Overlap {
  const byWord = new Uint8Array(V).fill(NOT_COMPARED);
  const widerByWord = new Uint8Array(V).fill(NOT_COMPARED);
  const histogram = new Array<number>(k + 1).fill(0);
  let sum = 0;
  for (const [at, place] of places.entries()) {
    const [start, end] = [at * wide, (at + 1) * wide];
    const same = sameRows(one.subarray(start, start + k), other.subarray(start, start + k));
    byWord[place] = same;
    widerByWord[place] = sameRows(one.subarray(start, end), other.subarray(start, end));
    histogram[same]++;
    sum += same;
  }
  return { byWord, histogram, mean: sum / (places.length * k), widerByWord };
}

function sameRows(one: Int32Array, other: Int32Array): number {
  let same = 0;
  for (const row of other) if (one.includes(row)) same++;
  return same;
}

function checkWhole(name: string, value: number, least: number, most: number, hint: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw usage(`${name} is ${value}, expected a whole number of ${least} .. ${most}`, hint);
}
