// Finds nearest rows for many queries: a compiled kernel (src/kernels/nearest.assembly.ts) scores every row in float32
// and keeps slightly more than the k best, which are scored again in doubles. With |cos32 - cos| <= e, rows not kept
// have cos <= (lowest kept) + e. If the k-th best is above that bound, the result equals that of doubles; otherwise the
// query is repeated in doubles.
import { sharedMemory } from '../kernels/load.ts';
import { hasKernels } from '../kernels/read.ts';
import { startKernel } from '../kernels/start.ts';
import { STEP_WORK, type Steps } from '../steps.ts';
import { BestRows } from '../vectors/best-rows.ts';
import { dotProducts, GROUP, packGroup, type QueryGroup } from '../vectors/dot-products.ts';
import { inverseNorm, inverseNormSteps } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ScoredRows, Search } from './search.ts';

/** Queries per pass: with their rows they stay in a second-level cache. */
const BATCH = 1024;
const PANEL = 8;
const SPARE = 16;
const HIT_WORDS = 9;
const KERNEL_SPEED = 8; // relative to doubles without SIMD

interface Kernel {
  screen(panel: number, queries: number, Q: number, D: number, thresholds: number, hits: number): number;
}

/**
 * Whether there are enough products, and enough queries per row, to make up for copying rows to the kernel's layout.
 */
export function paysToScreen(queries: number, rows: number, dimensions: number): boolean {
  return hasKernels && queries >= 8 && queries * rows * dimensions >= 1e7;
}

/** The best k rows of each query; undefined for a query that float32 cannot decide. */
export function* screenRows(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  search: Search,
): Steps<(ScoredRows | undefined)[]> {
  const results: (ScoredRows | undefined)[] = [];
  for (let first = 0; first < queries.length; first += BATCH) {
    const last = first + BATCH;
    results.push(...(yield* screenBatch(vectors, queries.slice(first, last), excluded.slice(first, last), search)));
  }
  return results;
}

function* screenBatch(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  { limit, k }: Search,
): Steps<(ScoredRows | undefined)[]> {
  const inverse = yield* inverseNormSteps(vectors);
  const screen = createScreen(vectors, queries, excluded, inverse, k);
  const work = PANEL * queries.length * vectors.dimensions;
  const rowsOfStep = PANEL * Math.max(1, Math.floor((KERNEL_SPEED * STEP_WORK) / work));
  for (let first = 0; first < limit; first += rowsOfStep) {
    screen.take(first, Math.min(first + rowsOfStep, limit));
    yield;
  }
  const settled: (ScoredRows | undefined)[] = [];
  for (let query = 0; query < queries.length; query++) {
    settled.push(screen.settle(query));
    yield;
  }
  return settled;
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
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  inverse: Float64Array,
  k: number,
): Screen {
  const { matrix, dimensions } = vectors;
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
    const length = lengths[at]!;
    if (!(length > 0)) return;
    for (let column = 0; column < dimensions; column++) unit[at * dimensions + column] = query[column]! * length;
    thresholds[at] = Number.NEGATIVE_INFINITY;
  });
  const best = queries.map(() => new BestRows(k + SPARE));
  const panel = new Float32Array(memory.buffer, panelAt, PANEL * dimensions);
  const hitNumbers = new Uint32Array(memory.buffer, hitsAt, HIT_WORDS * height);
  const hitScores = new Float32Array(memory.buffer, hitsAt, HIT_WORDS * height);
  const group = packGroup([], dimensions);
  function takePanel(first: number, count: number): void {
    packPanel(panel, matrix, inverse, dimensions, first, count);
    const hits = kernel.screen(panelAt, queriesAt, height, dimensions, thresholdsAt, hitsAt);
    for (let hit = 0; hit < hits; hit++) {
      const query = hitNumbers[hit * HIT_WORDS]!;
      const rows = best[query]!;
      for (let lane = 0; lane < count; lane++) {
        const score = hitScores[hit * HIT_WORDS + 1 + lane]!;
        if (score > rows.worst && !excluded[query]!.has(first + lane)) rows.add(first + lane, score);
      }
      thresholds[query] = rows.worst;
    }
  }
  return {
    take(first, end) {
      for (let row = first; row < end; row += PANEL) takePanel(row, Math.min(PANEL, end - row));
    },
    settle(query) {
      const length = lengths[query]!;
      if (!(length > 0)) return [];
      return settle(best[query]!.sorted(), vectors, queries[query]!, inverse, length, k, group);
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
    const scale = lane < count ? inverse[first + lane]! : 0;
    const from = (first + lane) * dimensions;
    if (scale === 0) for (let column = 0; column < dimensions; column++) panel[column * PANEL + lane] = 0;
    else
      for (let column = 0; column < dimensions; column++) panel[column * PANEL + lane] = matrix[from + column]! * scale;
  }
}

/**
 * Bound on |cos32 - cos|: each of D products and sums, and both unit vectors, have rounding errors of at most 2^-24.
 */
export function screeningError(dimensions: number): number {
  return (dimensions + 8) * 2 ** -23;
}

/**
 * The best k candidates (sorted by float32 score), scored in doubles, with `group` as a buffer for the query; undefined
 * if a row that was not kept might belong to them.
 */
function settle(
  candidates: ScoredRows,
  { matrix, dimensions }: WordVectors,
  query: ArrayLike<number>,
  inverse: Float64Array,
  length: number,
  k: number,
  group: QueryGroup,
): ScoredRows | undefined {
  group.set(query);
  const score = new Float64Array(GROUP);
  const exact = candidates.map(([row]): [number, number] => {
    dotProducts(matrix, dimensions, row, row + 1, group, 1, score);
    return [row, inverse[row] === 0 ? 0 : score[0]! * inverse[row]! * length];
  });
  exact.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (candidates.length < k + SPARE) return exact.slice(0, k);
  const lowest = candidates.at(-1)![1] + screeningError(dimensions);
  return exact[k - 1]![1] > lowest ? exact.slice(0, k) : undefined;
}
