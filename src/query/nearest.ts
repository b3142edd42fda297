// Finds nearest words by cosine exactly: scores every row and keeps the best k in a heap (score-rows.ts). For many
// queries a compiled kernel screens rows first (screen-rows.ts), with the same results; an index (row-index.ts)
// proposes rows.
import { queryDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { withNorms } from '../vectors/row-norms.ts';
import { rowsOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { type RowIndex, scoreCandidates } from './row-index.ts';
import { scoreRows } from './score-rows.ts';
import { paysToScreen, screenRows } from './screen-rows.ts';
import { checkList, type Interruptible, type Neighbor, type ScoredRows, type Search, searchOf } from './search.ts';

/** How many nearest words, and among which. */
export interface NearestOptions {
  /** Results per query, at least 1; fewer if there are fewer words. */
  k?: number | undefined;
  /** Results come only from this many first (most frequent) words; 0 or more than V: all. */
  restrictVocab?: number | undefined;
  /** exclude[q]: rows to exclude from the results of query q. */
  exclude?: readonly (readonly number[])[] | undefined;
  /** Scores only the rows that the index proposes: fast on large files, but it may miss a neighbour (`buildHnsw`). */
  index?: RowIndex | undefined;
}

/** For queries by word, which exclude the word itself. */
export type NearestWordsOptions = Omit<NearestOptions, 'exclude'>;

/**
 * The k words nearest to each query vector (D numbers, any norm), nearest first; equal similarities in the order of the
 * file. A row of zeros has similarity 0 to everything; a row with NaN or infinity is never a result; a query without a
 * direction (zeros, NaN, infinity) has no results.
 *
 * Throws `usage` for k below 1, a query of the wrong length, and an index together with restrictVocab.
 */
export function nearest(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions = {},
): Neighbor[][] {
  return finish(nearestSteps(vectors, queries, options));
}

/** `nearest` that yields to the event loop every 20 ms. Rejects as `nearest` throws, and with `interrupted`. */
export async function nearestAsync(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions & Interruptible = {},
): Promise<Neighbor[][]> {
  return finishInTurns(nearestSteps(vectors, queries, options), options.signal);
}

/** The k nearest words to each word, without the word itself. Throws `word-unknown`, and `usage` as `nearest` does. */
export function nearestWords(
  vectors: WordVectors,
  words: readonly string[],
  options: NearestWordsOptions = {},
): Neighbor[][] {
  return finish(nearestWordsSteps(vectors, words, options));
}

/**
 * `nearestWords` that yields to the event loop every 20 ms. Rejects as `nearestWords` throws, and with `interrupted`.
 */
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
  const exclude = words.map((word) => rowsOf(vectors, [word]));
  const queries = words.map((word) => vectorOf(vectors, word));
  return yield* nearestSteps(vectors, queries, { ...options, exclude });
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
      ? yield* bestRows(withNorms(vectors), queries, excluded, search)
      : yield* scoreCandidates(vectors, queries, excluded, search.k, options.index);
  return found.map((rows) =>
    rows.map(([row, score]) => ({ word: words[row]!, similarity: Math.max(-1, Math.min(1, score)) })),
  );
}

/** Validates the arguments of `nearest`. Throws `usage`. */
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
    throw new W2vError('usage', message, 'give vectors with the dimensions of the file');
  }
}
