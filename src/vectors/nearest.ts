// Exact nearest words by cosine: every row is scored, the best k are kept in a heap. Rows go through the cache in
// blocks, and each block is scored against all queries before the next is read. Much work at once is first screened by a
// compiled kernel (screen-rows.ts), with the same answers.
import { queryDefaults } from '../defaults.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import { BestRows } from './best-rows.ts';
import { dotProducts, GROUP, packGroup } from './dot-products.ts';
import { inverseNorm, inverseNorms } from './norms.ts';
import { type RowIndex, scoreCandidates } from './row-index.ts';
import { paysToScreen, screenRows } from './screen-rows.ts';
import { rowOf, vectorOf, type WordVectors } from './word-vectors.ts';

export interface Neighbor {
  word: string;
  /** Cosine, -1 .. 1. */
  similarity: number;
}

export interface NearestOptions {
  /** Answers a query, at least 1. Fewer come back where there are fewer words. */
  k?: number | undefined;
  /** Answers come from the first so many words only (the most frequent); 0 or more than V: all. */
  restrictVocab?: number | undefined;
  /** exclude[q]: rows that may not answer query q. */
  exclude?: readonly (readonly number[])[] | undefined;
  /** Only the rows it proposes are scored: fast on large files, and now and then a neighbour is missed (see hnsw.ts). */
  index?: RowIndex | undefined;
  signal?: AbortSignal | undefined;
}

// Rows of a block together with a group of queries fit a second-level cache.
const BLOCK_BYTES = 256 * 1024;

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
  const { dimensions, words } = vectors;
  const k = options.k ?? queryDefaults.neighbors;
  if (!Number.isInteger(k) || k < 1) {
    throw new W2vError('usage', `k is ${k}, expected a whole number of at least 1`, 'ask for at least one neighbour');
  }
  for (const query of queries) {
    if (query.length !== dimensions) {
      const observed = `a query vector has ${query.length} numbers, expected ${dimensions}`;
      throw new W2vError('usage', observed, 'ask with vectors of the same dimensions as the file');
    }
  }
  const limit = options.restrictVocab ? Math.min(options.restrictVocab, words.length) : words.length;
  const toNeighbors = (rows: [row: number, score: number][]) =>
    rows.map(([row, score]) => ({ word: words[row]!, similarity: Math.max(-1, Math.min(1, score)) }));
  const excluded = queries.map((_, at) => new Set(options.exclude?.[at] ?? []));
  if (options.index !== undefined) {
    if (limit < words.length) {
      throw new W2vError(
        'usage',
        'restrictVocab and an index are both given',
        'the index covers all words: leave one out',
      );
    }
    return scoreCandidates(vectors, queries, excluded, k, options.index).map(toNeighbors);
  }
  const search = { limit, k, signal: options.signal };
  if (!paysToScreen(queries.length, limit, dimensions)) {
    return scoreRows(vectors, queries, excluded, search).map(toNeighbors);
  }
  const screened = screenRows(vectors, queries, excluded, search);
  const left = queries.flatMap((_, at) => (screened[at] === undefined ? [at] : []));
  const scored = scoreRows(
    vectors,
    left.map((at) => queries[at]!),
    left.map((at) => excluded[at]!),
    search,
  );
  left.forEach((at, place) => {
    screened[at] = scored[place];
  });
  return screened.map((rows) => toNeighbors(rows!));
}

export interface Search {
  /** Rows 0 .. limit - 1 may answer. */
  limit: number;
  k: number;
  signal: AbortSignal | undefined;
}

/** The best k rows of each query, every row scored in doubles. */
function scoreRows(
  { matrix, dimensions, words }: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  { limit, k, signal }: Search,
): [row: number, score: number][][] {
  const inverse = inverseNorms({ matrix, dimensions, words });
  const lengths = queries.map((query) => inverseNorm(query, 0, dimensions));
  const best = queries.map(() => new BestRows(k));
  const groups: Float64Array[] = [];
  for (let at = 0; at < queries.length; at += GROUP) groups.push(packGroup(queries.slice(at, at + GROUP), dimensions));

  const block = Math.max(16, Math.floor(BLOCK_BYTES / (4 * Math.max(1, dimensions))));
  const scores = new Float64Array(block * GROUP);
  for (let first = 0; first < limit && groups.length > 0; first += block) {
    throwIfAborted(signal);
    const last = Math.min(first + block, limit);
    for (let group = 0; group < groups.length; group++) {
      const count = Math.min(GROUP, queries.length - group * GROUP);
      dotProducts(matrix, dimensions, first, last, groups[group]!, count, scores);
      for (let lane = 0; lane < count; lane++) {
        const query = group * GROUP + lane;
        const length = lengths[query]!;
        if (length > 0) keepBest(best[query]!, scores, lane, first, last, inverse, length, excluded[query]!);
      }
    }
  }
  return best.map((rows) => rows.sorted());
}

/** The k nearest of each word, the word itself left out. Throws `word-unknown`, and `usage` as `nearest` does. */
export function nearestWords(
  vectors: WordVectors,
  queries: readonly string[],
  options: Omit<NearestOptions, 'exclude'> = {},
): Neighbor[][] {
  const rows = queries.map((word) => rowOf(vectors, word));
  const asked = queries.map((word) => vectorOf(vectors, word));
  return nearest(vectors, asked, { ...options, exclude: rows.map((row) => [row]) });
}

function keepBest(
  best: BestRows,
  scores: Float64Array,
  lane: number,
  first: number,
  last: number,
  inverse: Float64Array,
  length: number,
  excluded: ReadonlySet<number>,
): void {
  for (let row = first, at = lane; row < last; row++, at += GROUP) {
    const norm = inverse[row]!;
    // 0 is asked for by its own name: NaN or infinity elsewhere may not turn a row of zeros into NaN.
    const score = norm === 0 ? 0 : scores[at]! * norm * length;
    // NaN fails the comparison, which leaves such rows out.
    if (score > best.worst && !excluded.has(row)) best.add(row, score);
  }
}
