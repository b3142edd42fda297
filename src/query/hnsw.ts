// Finds approximate nearest rows with a graph (vectors/usearch-graph.ts), which only proposes candidates; they are scored
// exactly (row-index.ts). All similarities are therefore exact, but a neighbor may be missing; `recall` measures how
// often.
import { availableParallelism } from 'node:os';
import { checkOptionNames } from '../base/option-names.ts';
import { buildGraph, createGraph, type GraphOptions, type UsearchGraph } from '../vectors/usearch-graph.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { nearestWordsAsync } from './nearest.ts';
import type { RowIndex } from './row-index.ts';

/** An approximate index of nearest words, from `buildHnsw`. */
export interface HnswIndex extends RowIndex {
  /** Writes the graph, for `viewHnsw`. */
  save(path: string): void;
}

function indexOver(graph: UsearchGraph, dimensions: number): HnswIndex {
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
export async function buildHnsw(vectors: WordVectors, options: Partial<GraphOptions> = {}): Promise<HnswIndex> {
  checkVectors(vectors);
  checkOptionNames('buildHnsw', options, buildNames);
  const { threads = availableParallelism() } = options;
  return indexOver(await buildGraph(vectors, { ...options, threads }), vectors.dimensions);
}

/**
 * Opens a graph that `save` wrote, without reading all of it; undefined if usearch rejects it, for example because of
 * another version. usearch does not validate the bytes: only a graph that this user's w2v wrote may be opened.
 *
 * @throws W2vError 'engine-unavailable'
 */
export async function viewHnsw(path: string, dimensions: number): Promise<HnswIndex | undefined> {
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
  const asked = Array.from({ length: count }, (_, i) => words[Math.floor((i * words.length) / count)]);
  const exact = await nearestWordsAsync(vectors, asked, { k, signal });
  const found = await nearestWordsAsync(vectors, asked, { k, index, signal });
  let hits = 0;
  let total = 0;
  exact.forEach((neighbors, at) => {
    const proposed = new Set(found[at].map(({ word }) => word));
    total += neighbors.length;
    hits += neighbors.filter(({ word }) => proposed.has(word)).length;
  });
  return total === 0 ? 1 : hits / total;
}
