// Finds the rows nearest to each query by cosine, exactly. A compiled kernel (src/kernels/rows/nearest.assembly.ts) scores
// every row in float32 and keeps slightly more than the k best, which are scored again in doubles. With
// |cos32 - cos| <= e, rows not kept have cos <= (lowest kept) + e. If the k-th best is above that bound, the result
// equals that of doubles. Where it is not, where there are few queries, and in browsers, every row is scored in doubles.

import { BestRows } from '../algebra/best-rows.ts';
import { dotProducts } from '../algebra/dot-products.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { sharedMemory } from '../kernels/load.ts';
import { hasKernels } from '../kernels/read.ts';
import { startKernel } from '../kernels/start.ts';
import { inverseNorm, inverseNormSteps, withNorms } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ScoredRows, Search } from './search.ts';

/** Queries per pass: with their rows they stay in a second-level cache. */
const BATCH = 1024;
const PANEL = 8;
/** Rows kept in float32 beyond the k best. */
export const SPARE = 16;
const HIT_WORDS = 9;
const KERNEL_SPEED = 8; // relative to doubles without SIMD
/** Of rows scored in doubles; fits in a second-level cache. */
const BLOCK_BYTES = 256 * 1024;

/** The best k rows of each query. excluded[q]: rows to exclude from its results. */
export function* nearestRows(
  given: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  search: Search,
): Steps<ScoredRows[]> {
  const vectors = withNorms(given);
  const pays = paysToScreen(queries.length, search.limit, vectors.dimensions);
  const found = pays ? yield* screenRows(vectors, queries, excluded, search) : queries.map(() => undefined);
  const left = queries.flatMap((_, at) => (found[at] === undefined ? [at] : []));
  const [asked, without] = [left.map((at) => queries[at]), left.map((at) => excluded[at])];
  const scored = (yield* scoreRows(vectors, asked, without, search)).values();
  return found.map((rows) => rows ?? scored.next().value!);
}

/**
 * Whether there are enough products, and enough queries per row, to make up for copying rows to the kernel's layout.
 */
export function paysToScreen(queries: number, rows: number, dimensions: number): boolean {
  return hasKernels && queries >= 3 && queries * rows * dimensions >= 1e7;
}

/** In doubles. Each block of rows is scored against all queries while it is in the cache. */
function* scoreRows(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  { limit, k }: Search,
): Steps<ScoredRows[]> {
  const { matrix, dimensions } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const asked = queries.map((query, at) => ({
    query: Float64Array.from(query),
    length: inverseNorm(query, 0, dimensions),
    excluded: excluded[at],
    best: new BestRows(k),
  }));
  const directed = asked.filter(({ length }) => length > 0);
  const block = Math.max(16, Math.floor(BLOCK_BYTES / (4 * Math.max(1, dimensions))));
  const products = new Float64Array(block);
  let work = 0;
  for (let first = 0; first < limit; first += block) {
    const last = Math.min(first + block, limit);
    for (const { query, length, excluded, best } of directed) {
      dotProducts(matrix, dimensions, first, last, query, products);
      keepBest(best, products, first, last, inverse, length, excluded);
      work += (last - first) * dimensions;
      if (work < STEP_WORK) continue;
      work = 0;
      yield;
    }
  }
  return asked.map(({ best }) => best.sorted());
}

function keepBest(
  best: BestRows,
  products: Float64Array,
  first: number,
  last: number,
  inverse: Float64Array,
  length: number,
  excluded: ReadonlySet<number>,
): void {
  for (let row = first; row < last; row++) {
    const norm = inverse[row];
    // An explicit 0, because a product that overflowed must not turn a row of zeros into NaN.
    const score = norm === 0 ? 0 : products[row - first] * norm * length;
    // NaN fails the comparison, which skips such rows.
    if (score > best.worst && !excluded.has(row)) best.add(row, score);
  }
}

interface Kernel {
  screen(panel: number, queries: number, Q: number, D: number, thresholds: number, hits: number): number;
}

/** The best k rows of each query; undefined for a query that float32 cannot decide. */
export function* screenRows(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  { limit, k }: Search,
): Steps<(ScoredRows | undefined)[]> {
  const inverse = yield* inverseNormSteps(vectors);
  const results: (ScoredRows | undefined)[] = [];
  for (let begin = 0; begin < queries.length; begin += BATCH) {
    const batch = queries.slice(begin, begin + BATCH);
    const screen = createScreen(vectors, batch, excluded.slice(begin, begin + BATCH), inverse, k);
    const work = PANEL * batch.length * vectors.dimensions;
    const rowsOfStep = PANEL * Math.max(1, Math.floor((KERNEL_SPEED * STEP_WORK) / work));
    for (let first = 0; first < limit; first += rowsOfStep) {
      screen.take(first, Math.min(first + rowsOfStep, limit));
      yield;
    }
    for (let query = 0; query < batch.length; query++) {
      results.push(screen.settle(query));
      yield;
    }
  }
  return results;
}

interface Screen {
  /** Processes rows first .. end - 1; calls must be in order. */
  take(first: number, end: number): void;
  /** The best k rows of a query, after all rows; undefined if float32 cannot decide. */
  settle(query: number): ScoredRows | undefined;
}

// The loops over rows are separate functions, because engines compile loops in plain functions better than in
// generators.
function createScreen(
  { matrix, dimensions }: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  inverse: Float64Array,
  k: number,
): Screen {
  const height = 4 * Math.ceil(queries.length / 4);
  const align = (bytes: number) => 64 * Math.ceil(bytes / 64);
  const queriesAt = 1024;
  const panelAt = queriesAt + align(4 * height * dimensions);
  const thresholdsAt = panelAt + 4 * PANEL * dimensions;
  const hitsAt = thresholdsAt + align(4 * height);
  const memory = sharedMemory(hitsAt + 4 * HIT_WORDS * height);
  const kernel = startKernel('nearest', { memory }) as unknown as Kernel;

  const unit = new Float32Array(memory.buffer, queriesAt, height * dimensions);
  // Unused places and queries without a direction get a threshold that no score exceeds.
  const thresholds = new Float32Array(memory.buffer, thresholdsAt, height).fill(Number.POSITIVE_INFINITY);
  const lengths = queries.map((query) => inverseNorm(query, 0, dimensions));
  queries.forEach((query, at) => {
    const length = lengths[at];
    if (!(length > 0)) return;
    for (let column = 0; column < dimensions; column++) unit[at * dimensions + column] = query[column] * length;
    thresholds[at] = Number.NEGATIVE_INFINITY;
  });
  const best = queries.map(() => new BestRows(k + SPARE));
  const panel = new Float32Array(memory.buffer, panelAt, PANEL * dimensions);
  const hitNumbers = new Uint32Array(memory.buffer, hitsAt, HIT_WORDS * height);
  const hitScores = new Float32Array(memory.buffer, hitsAt, HIT_WORDS * height);
  function takePanel(first: number, count: number): void {
    packPanel(panel, matrix, inverse, dimensions, first, count);
    const hits = kernel.screen(panelAt, queriesAt, height, dimensions, thresholdsAt, hitsAt);
    for (let hit = 0; hit < hits; hit++) {
      const query = hitNumbers[hit * HIT_WORDS];
      const rows = best[query];
      for (let lane = 0; lane < count; lane++) {
        const score = hitScores[hit * HIT_WORDS + 1 + lane];
        if (score > rows.worst && !excluded[query].has(first + lane)) rows.add(first + lane, score);
      }
      thresholds[query] = rows.worst;
    }
  }
  const product = new Float64Array(1);
  return {
    take(first, end) {
      for (let row = first; row < end; row += PANEL) takePanel(row, Math.min(PANEL, end - row));
    },
    settle(at) {
      const length = lengths[at];
      if (!(length > 0)) return [];
      const query = Float64Array.from(queries[at]);
      const cosineOf = (row: number) => {
        dotProducts(matrix, dimensions, row, row + 1, query, product);
        return inverse[row] === 0 ? 0 : product[0] * inverse[row] * length;
      };
      return rescored(best[at].sorted(), cosineOf, k, dimensions)?.slice(0, k);
    },
  };
}

/** Interleaves eight unit-length rows. Missing rows become zeros, which are never read. */
function packPanel(
  panel: Float32Array,
  matrix: Float32Array,
  inverse: Float64Array,
  dimensions: number,
  first: number,
  count: number,
): void {
  for (let lane = 0; lane < PANEL; lane++) {
    const scale = lane < count ? inverse[first + lane] : 0;
    const from = (first + lane) * dimensions;
    if (scale === 0) for (let column = 0; column < dimensions; column++) panel[column * PANEL + lane] = 0;
    else
      for (let column = 0; column < dimensions; column++) panel[column * PANEL + lane] = matrix[from + column] * scale;
  }
}

/**
 * The k + SPARE candidates (fewer if there are no more rows; sorted by float32 score) by their cosines in doubles;
 * undefined if a row that was not kept might be among the k best.
 */
export function rescored(
  candidates: ScoredRows,
  cosineOf: (row: number) => number,
  k: number,
  dimensions: number,
): ScoredRows | undefined {
  const exact = candidates.map(([row]): [number, number] => [row, cosineOf(row)]);
  exact.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (candidates.length < k + SPARE) return exact;
  // |cos32 - cos|: each of D products and sums, and both unit vectors, have rounding errors of at most 2^-24.
  const error = (dimensions + 8) * 2 ** -23;
  return exact[k - 1][1] > candidates.at(-1)![1] + error ? exact : undefined;
}
