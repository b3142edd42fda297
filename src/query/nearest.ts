// Finds nearest words by cosine, to vectors, to words, and to sums of words: exactly (nearest-rows.ts, and
// sparse-nearest.ts for sparse rows), or among the rows that an index proposes (row-index.ts).
import { checkList } from '../base/check.ts';
import { usage } from '../base/errors.ts';
import type { Steps } from '../base/steps.ts';
import { withNorms } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { checkVectors, checkWord, rowOf, rowsOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { checkExpressions, combine, type Expression } from './expression.ts';
import { nearestRows } from './nearest-rows.ts';
import { type RowIndex, scoreCandidates } from './row-index.ts';
import { atOnce, checkAsked, clamp, inSlices, inTurns, type Neighbor, type Search, searchOf } from './search.ts';
import { nearestToSum } from './sparse-nearest.ts';

/** How many nearest words, and among which. */
export interface NearestOptions {
  /** Results per query, at least 1; fewer if there are fewer words. */
  k?: number | undefined;
  /** Results come only from this many first (most frequent) words; 0 or more than V: all. */
  restrictVocab?: number | undefined;
  /** exclude[q]: rows to exclude from the results of query q. */
  exclude?: readonly (readonly number[])[] | undefined;
  /** Scores only the rows that the index proposes: fast on large files, but it may miss a neighbor (`buildHnsw`). */
  index?: RowIndex | undefined;
}

/** For queries by word, which exclude the word itself. */
export type NearestWordsOptions = Omit<NearestOptions, 'exclude'>;

export function* nearestSteps(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  options: NearestOptions = {},
): Steps<Neighbor[][]> {
  checkVectors(vectors);
  const { dimensions, words } = vectors;
  const search = checkNearest(vectors, options);
  checkQueries(queries, dimensions);
  const excluded = queries.map((_, at) => new Set(options.exclude?.[at] ?? []));
  const found =
    options.index === undefined
      ? yield* nearestRows(vectors, queries, excluded, search)
      : yield* scoreCandidates(vectors, queries, excluded, search.k, options.index);
  return found.map((rows) => rows.map(([row, score]) => ({ word: words[row], similarity: clamp(score) })));
}

export function* nearestWordsSteps(
  vectors: WordVectors | SparseVectors,
  words: readonly string[],
  options: NearestWordsOptions = {},
): Steps<Neighbor[][]> {
  checkAsked(vectors, options);
  checkList(words, 'words', 'words');
  words.forEach(checkWord);
  const expressions = words.map((word) => [{ word, sign: 1 }]);
  return yield* nearestExpressionsSteps(vectors, expressions, options);
}

export function* nearestExpressionsSteps(
  vectors: WordVectors | SparseVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions = {},
): Steps<Neighbor[][]> {
  checkAsked(vectors, options);
  checkExpressions(expressions);
  if (!('dimensions' in vectors)) return yield* sparseSteps(vectors, expressions, options);
  const wordsOf = (terms: Expression) => terms.map(({ word }) => word);
  const exclude = expressions.map((terms) => rowsOf(vectors, wordsOf(terms)));
  checkNearest(vectors, options);
  const held = withNorms(vectors);
  return yield* inSlices(expressions.length, (first, end) => {
    const some = expressions.slice(first, end);
    const queries = some.map((terms) => combine(terms, (word) => vectorOf(vectors, word)));
    return nearestSteps(held, queries, { ...options, exclude: exclude.slice(first, end) });
  });
}

function* sparseSteps(
  vectors: SparseVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions,
): Steps<Neighbor[][]> {
  const search = checkNearest(vectors, options);
  const rows = expressions.map((terms) => terms.map(({ word }) => rowOf(vectors, word)));
  const held = withNorms(vectors);
  const found: Neighbor[][] = [];
  for (const [at, terms] of expressions.entries()) {
    const signs = terms.map(({ sign }) => sign);
    const best = yield* nearestToSum(held, rows[at], signs, search);
    found.push(best.map(([row, score]) => ({ word: vectors.words[row], similarity: clamp(score) })));
    yield;
  }
  return found;
}

/**
 * The k words nearest to each query vector (D numbers, any norm), nearest first; equal similarities in the order of the
 * file. A row of zeros has similarity 0 to everything; a row with NaN or infinity is never a result; a query without a
 * direction (zeros, NaN, infinity) has no results.
 *
 * Throws `usage` for k below 1, a query of the wrong length, and an index together with restrictVocab.
 */
export const nearest = atOnce(nearestSteps);

/** `nearest` that yields to the event loop every 20 ms. Rejects as `nearest` throws, and with `interrupted`. */
export const nearestAsync = inTurns(nearestSteps);

/** The k nearest words to each word, without the word itself. Throws `word-unknown`, and `usage` as `nearest` does. */
export const nearestWords = atOnce(nearestWordsSteps);

/** `nearestWords` that yields to the event loop every 20 ms. Rejects as it throws, and with `interrupted`. */
export const nearestWordsAsync = inTurns(nearestWordsSteps);

/**
 * The k nearest words to each expression, without its own words. Throws `word-unknown`, and `usage` as `nearest` does.
 */
export const nearestExpressions = atOnce(nearestExpressionsSteps);

/** `nearestExpressions` that yields to the event loop every 20 ms. Rejects as it throws, and with `interrupted`. */
export const nearestExpressionsAsync = inTurns(nearestExpressionsSteps);

function checkNearest({ words }: WordVectors | SparseVectors, options: NearestOptions): Search {
  const search = searchOf(words.length, options);
  if (options.index !== undefined && search.limit < words.length) {
    const observed = 'restrictVocab and an index are both given';
    throw usage(observed, 'the index covers all words: leave one out');
  }
  return search;
}

function checkQueries(queries: readonly ArrayLike<number>[], dimensions: number): void {
  checkList(queries, 'queries', 'vectors');
  for (const query of queries) {
    if (query?.length === dimensions && typeof query !== 'string') continue;
    const observed = typeof query === 'object' ? `has ${query.length} numbers` : `is ${JSON.stringify(query)}`;
    const message = `a query vector ${observed}, expected ${dimensions} numbers`;
    throw usage(message, 'give vectors with the dimensions of the file');
  }
}
