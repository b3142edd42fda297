// UMAP (McInnes, Healy & Melville 2018) of word vectors by cosine: the neighbor graph, its fuzzy set, a first map, and
// the optimizer that draws neighbors together and pushes others apart.
import { finishInTurns, type Steps } from '../base/steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { approximateNeighbors } from './approximate-neighbors.ts';
import { fitCurve } from './curve.ts';
import { exactNeighbors } from './exact-neighbors.ts';
import { firstMap } from './first-map.ts';
import { fuzzySet } from './fuzzy-set.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { optimize } from './optimize.ts';
import type { LayoutSettings } from './settings.ts';
import { unitRows } from './unit-rows.ts';

export interface UmapResult {
  /** (V, 2); 0 for a word without a direction. */
  coordinates: Float64Array;
  graph: NeighborGraph;
  /** (n) the row of each word of the graph, increasing. */
  rows: Int32Array;
  /** Whether the graph is exact. */
  exact: boolean;
}

/** Multiplications of an exact search: about a minute of one core. 100,000 words of 200 numbers need 1e12. */
export const MOST_EXACT = 1.2e12;
const MANY_WORDS = 10_000;
// At the start. Beside another map a tenth of umap-learn's 1: words stay near their places there, and neighbors are
// kept at least as well.
const RATE = { alone: 1, beside: 0.1 };
const EPOCHS = { few: 500, many: 200 }; // umap-learn's

/** Throws `out-of-memory`, `interrupted`, and `engine-unavailable` if exact search is too long and usearch is missing. */
export async function umap(vectors: WordVectors, settings: LayoutSettings, mostExact: number): Promise<UmapResult> {
  const { seed, minDist, signal, onProgress } = settings;
  const inTurns = <T>(steps: Steps<T>) => finishInTurns(steps, signal);
  const unit = await inTurns(unitRows(vectors));
  const { rows } = unit;
  const n = rows.length;
  const k = Math.min(settings.neighbors, n) - 1;
  const exact = (n * n * unit.dimensions) / 2 <= mostExact;
  const neighborsOf = () =>
    exact ? exactNeighbors(unit, k, settings) : approximateNeighbors(vectors, rows, k, settings);
  const graph = k < 1 ? emptyGraph(n) : await neighborsOf();
  const points = await inTurns(firstMap(vectors, rows, graph, settings));
  const set = await inTurns(fuzzySet(graph));
  const epochs = settings.epochs ?? (n > MANY_WORDS ? EPOCHS.many : EPOCHS.few);
  const rate = settings.beside === undefined ? RATE.alone : RATE.beside;
  await optimize(points, set, { ...fitCurve(minDist), epochs, rate, seed, onProgress, signal });
  const coordinates = new Float64Array(vectors.words.length * 2);
  rows.forEach((row, at) => {
    coordinates.set(points.subarray(at * 2, (at + 1) * 2), row * 2);
  });
  return { coordinates, graph, rows, exact };
}

function emptyGraph(count: number): NeighborGraph {
  return { count, k: 0, neighbors: new Int32Array(0), cosines: new Float32Array(0) };
}
