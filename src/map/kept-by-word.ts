// What a map keeps of each word's neighbors: the share of its k true nearest that are among the k nearest on the map.
import type { Steps } from '../base/steps.ts';
import { createMapNeighbors } from './map-neighbors.ts';
import type { UmapResult } from './umap.ts';

/** (V) shares 0 .. 1; NaN for a word without a direction, which the graph does not have. `k` is at most the graph's. */
export function* keptByWord(
  positions: Float32Array,
  { graph, rows }: Pick<UmapResult, 'graph' | 'rows'>,
  k: number,
): Steps<Float32Array> {
  const V = positions.length / 2;
  const kept = new Float32Array(V).fill(Number.NaN);
  const isPlaced = new Uint8Array(V);
  for (const row of rows) isPlaced[row] = 1;
  const onMap = yield* createMapNeighbors(positions, isPlaced);
  const near = new Int32Array(k);
  const marked = new Int32Array(V).fill(-1);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    for (let i = at * graph.k; i < at * graph.k + k; i++) marked[rows[graph.neighbors[i]]] = row;
    const count = onMap.nearest(row, k, near);
    let hits = 0;
    for (let i = 0; i < count; i++) if (marked[near[i]] === row) hits++;
    kept[row] = hits / k;
    if (at % 256 === 0) yield;
  }
  return kept;
}
