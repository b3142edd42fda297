// Finds approximate nearest rows with a navigable small-world graph (HNSW: Malkov & Yashunin 2020) from the package
// usearch. The graph only proposes candidates, and nearest.ts scores them exactly. All similarities are therefore
// exact, but a neighbour may be missing; `recall` measures how often.
import { availableParallelism } from 'node:os';
import { throwIfAborted, W2vError } from '../errors.ts';
import { checkOptionNames } from '../option-names.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns } from '../steps.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { CONNECTIVITY } from './hnsw-graph.ts';
import { nearestWordsAsync } from './nearest.ts';
import type { RowIndex } from './row-index.ts';

/** usearch's defaults, given explicitly so that later versions search the same way. */
const EXPANSION = { expansion_add: 128, expansion_search: 64 };
const ROWS_AT_ONCE = 500; // between checks of the signal: a quarter of a second in a large graph

/** The used part of usearch's Index. */
interface Graph {
  add(keys: BigUint64Array, rows: Float32Array, threads: number): void;
  search(queries: Float32Array, count: number, threads: number): { keys: BigUint64Array; counts?: BigUint64Array };
  size(): number;
  save(path: string): void;
  view(path: string): void;
}

/** An approximate index of nearest words, from `buildHnsw`. */
export interface HnswIndex extends RowIndex {
  /** Writes the graph, which `openHnsw` can open. */
  save(path: string): void;
}

async function createGraph(dimensions: number): Promise<Graph> {
  try {
    const { default: usearch } = (await import('usearch')) as unknown as {
      default: { Index: new (config: object) => Graph };
    };
    return new usearch.Index({ metric: 'cos', dimensions, connectivity: CONNECTIVITY, ...EXPANSION });
  } catch (cause) {
    throw new W2vError(
      'engine-unavailable',
      `the approximate index needs the package usearch, which does not load: ${String((cause as Error).message).split('\n')[0]}`,
      'run npm install usearch, or ask without an { index }',
      { cause },
    );
  }
}

function indexOver(graph: Graph, dimensions: number): HnswIndex {
  return {
    candidates: (queries, count) =>
      queries.map((query) => {
        const { keys } = graph.search(Float32Array.from(query), Math.min(count, graph.size()), 1);
        return Array.from(keys.subarray(0, Math.min(count, graph.size())), Number);
      }),
    dimensions,
    save: (path) => graph.save(path),
  };
}

const buildNames = ['threads', 'onProgress', 'signal'];

/**
 * Builds the graph over all rows with a direction; rows of zeros, NaN or infinity are never proposed.
 *
 * @throws W2vError 'engine-unavailable' if usearch is missing, 'interrupted'
 */
export async function buildHnsw(
  vectors: WordVectors,
  options: { threads?: number; onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<HnswIndex> {
  checkVectors(vectors);
  checkOptionNames('buildHnsw', options, buildNames);
  const { matrix, dimensions, words } = vectors;
  const { threads = availableParallelism() } = options;
  const graph = await createGraph(dimensions);
  const scales = await finishInTurns(inverseNormSteps(vectors), options.signal);
  for (let from = 0; from < words.length; from += ROWS_AT_ONCE) {
    throwIfAborted(options.signal);
    options.onProgress?.({ phase: 'index', done: from, total: words.length, unit: 'words' });
    const to = Math.min(words.length, from + ROWS_AT_ONCE);
    const rows: number[] = [];
    for (let row = from; row < to; row++) if (scales[row]! > 0) rows.push(row); // NaN fails too
    if (rows.length === 0) continue;
    const block = new Float32Array(rows.length * dimensions);
    rows.forEach((row, at) => {
      block.set(matrix.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    });
    graph.add(BigUint64Array.from(rows, BigInt), block, threads);
    await new Promise(setImmediate);
  }
  return indexOver(graph, dimensions);
}

/**
 * Opens a graph that `save` wrote, without reading all of it; undefined if usearch rejects it, for example because of
 * another version. usearch does not validate the bytes, so the caller must have checked them.
 *
 * @throws W2vError 'engine-unavailable'
 */
export async function openHnsw(path: string, dimensions: number): Promise<HnswIndex | undefined> {
  const graph = await createGraph(dimensions);
  try {
    graph.view(path);
  } catch {
    return undefined;
  }
  return indexOver(graph, dimensions);
}

/** The share of the exact k nearest words that the index finds, over `sample` evenly spaced words of the file. */
export async function recallOf(
  index: RowIndex,
  vectors: WordVectors,
  k: number,
  sample: number,
  signal?: AbortSignal,
): Promise<number> {
  const { words } = vectors;
  const count = Math.min(sample, words.length);
  const asked = Array.from({ length: count }, (_, i) => words[Math.floor((i * words.length) / count)]!);
  const exact = await nearestWordsAsync(vectors, asked, { k, signal });
  const found = await nearestWordsAsync(vectors, asked, { k, index, signal });
  let hits = 0;
  let total = 0;
  exact.forEach((neighbors, at) => {
    const proposed = new Set(found[at]!.map(({ word }) => word));
    total += neighbors.length;
    hits += neighbors.filter(({ word }) => proposed.has(word)).length;
  });
  return total === 0 ? 1 : hits / total;
}
