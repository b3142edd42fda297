// Exact nearest words by cosine: every row is scored, the best k are kept in a heap (score-rows.ts). Much work at once is
// first screened by a compiled kernel (screen-rows.ts), with the same answers; an index (row-index.ts) proposes rows.
import { queryDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { rowOf, rowVector, type WordVectors } from '../vectors/word-vectors.ts';
import { type RowIndex, scoreCandidates } from './row-index.ts';
import { scoreRows } from './score-rows.ts';
import { paysToScreen, screenRows } from './screen-rows.ts';
import { checkList, type Interruptible, type Neighbor, type ScoredRows, type Search, searchOf } from './search.ts';

export interface NearestOptions {
  /** Answers a query, at least 1. Fewer come back where there are fewer words. */
  k?: number | undefined;
  /** Answers come from the first so many words only (the most frequent); 0 or more than V: all. */
  restrictVocab?: number | undefined;
  /** exclude[q]: rows that may not answer query q. */
  exclude?: readonly (readonly number[])[] | undefined;
  /** Only the rows it proposes are scored: fast on large files, and now and then a neighbour is missed (see hnsw.ts). */
  index?: RowIndex | undefined;
}

/** Those who ask for words have the words themselves left out. */
export type NearestWordsOptions = Omit<NearestOptions, 'exclude'>;

/**
 * The k words nearest to each query vector (D numbers each, any length), nearest first; equal similarities in the order
 * of the file. A row of zeros has similarity 0 to everything; a row with NaN or infinity never answers; a query without
 * a direction (zeros, NaN, infinity) has no answers.
 *
 * Throws `usage` on a k below 1, a query of the wrong length, and an index together with restrictVocab.
 */
export function nearest(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions = {},
): Neighbor[][] {
  return finish(nearestSteps(vectors, queries, options));
}

/** `nearest` that lets the event loop run every 20 ms. Rejects as `nearest` throws, and with `interrupted`. */
export async function nearestAsync(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions & Interruptible = {},
): Promise<Neighbor[][]> {
  return finishInTurns(nearestSteps(vectors, queries, options), options.signal);
}

/** The k nearest of each word, the word itself left out. Throws `word-unknown`, and `usage` as `nearest` does. */
export function nearestWords(
  vectors: WordVectors,
  words: readonly string[],
  options: NearestWordsOptions = {},
): Neighbor[][] {
  return finish(nearestWordsSteps(vectors, words, options));
}

/** `nearestWords` that lets the event loop run every 20 ms. Rejects as `nearestWords` throws, and with `interrupted`. */
export async function nearestWordsAsync(
  vectors: WordVectors,
  words: readonly string[],
  options: NearestWordsOptions & Interruptible = {},
): Promise<Neighbor[][]> {
  return finishInTurns(nearestWordsSteps(vectors, words, options), options.signal);
}

export function* nearestWordsSteps(
  vectors: WordVectors,
  words: readonly string[],
  options: NearestWordsOptions,
): Steps<Neighbor[][]> {
  checkList(words, 'words', 'words');
  const rows = words.map((word) => rowOf(vectors, word));
  const queries = rows.map((row) => rowVector(vectors, row));
  return yield* nearestSteps(vectors, queries, { ...options, exclude: rows.map((row) => [row]) });
}

export function* nearestSteps(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions,
): Steps<Neighbor[][]> {
  const { dimensions, words } = vectors;
  const search = checkNearest(vectors, options);
  checkQueries(queries, dimensions);
  const excluded = queries.map((_, at) => new Set(options.exclude?.[at] ?? []));
  const found =
    options.index === undefined
      ? yield* bestRows(vectors, queries, excluded, search)
      : yield* scoreCandidates(vectors, queries, excluded, search.k, options.index);
  return found.map((rows) =>
    rows.map(([row, score]) => ({ word: words[row]!, similarity: Math.max(-1, Math.min(1, score)) })),
  );
}

/** What `nearest` looks for. Throws `usage` as it does. */
export function checkNearest({ words }: WordVectors, options: NearestOptions): Search {
  const search = searchOf(words.length, { ...options, k: options.k ?? queryDefaults.neighbors });
  if (options.index !== undefined && search.limit < words.length) {
    const observed = 'restrictVocab and an index are both given';
    throw new W2vError('usage', observed, 'the index covers all words: leave one out');
  }
  return search;
}

function* bestRows(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  search: Search,
): Steps<ScoredRows[]> {
  if (!paysToScreen(queries.length, search.limit, vectors.dimensions)) {
    return yield* scoreRows(vectors, queries, excluded, search);
  }
  const screened = yield* screenRows(vectors, queries, excluded, search);
  const left = queries.flatMap((_, at) => (screened[at] === undefined ? [at] : []));
  const scored = yield* scoreRows(
    vectors,
    left.map((at) => queries[at]!),
    left.map((at) => excluded[at]!),
    search,
  );
  left.forEach((at, place) => {
    screened[at] = scored[place];
  });
  return screened as ScoredRows[];
}

function checkQueries(queries: readonly ArrayLike<number>[], dimensions: number): void {
  checkList(queries, 'queries', 'vectors');
  for (const query of queries) {
    if (query?.length === dimensions && typeof query !== 'string') continue;
    const observed = typeof query === 'object' ? `has ${query.length} numbers` : `is ${JSON.stringify(query)}`;
    const message = `a query vector ${observed}, expected ${dimensions} numbers`;
    throw new W2vError('usage', message, 'ask with vectors of the same dimensions as the file');
  }
}
