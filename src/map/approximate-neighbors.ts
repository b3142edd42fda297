// Nearly the k nearest rows of every row by cosine, where scoring all pairs would take too long: every row asks the graph
// of usearch. It is built and asked on one thread, so that the same vectors give the same map; usearch prepares no other
// threads for questions than it had when it was built.
import { throwIfAborted } from '../base/errors.ts';
import { buildGraph, copyOf, ROWS_AT_ONCE } from '../vectors/usearch-graph.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { NeighborOptions } from './exact-neighbors.ts';
import type { NeighborGraph } from './neighbor-graph.ts';

/**
 * @param rows (n) the rows of the vectors with a direction, increasing
 * @throws W2vError 'engine-unavailable' if usearch is missing, 'interrupted'
 */
export async function approximateNeighbors(
  vectors: WordVectors,
  rows: Int32Array,
  k: number,
  { onProgress, signal }: Pick<NeighborOptions, 'onProgress' | 'signal'>,
): Promise<NeighborGraph> {
  const n = rows.length;
  const V = vectors.words.length;
  // Half of the time for either: what is done is a share of the words.
  const report = (built: number, asked: number) =>
    onProgress?.({ phase: 'neighbors', done: Math.floor((n * (built + asked)) / 2), total: n, unit: 'words' });
  const graph = await buildGraph(vectors, { threads: 1, signal, onProgress: ({ done }) => report(done / V, 0) });
  const placeOf = new Int32Array(V);
  rows.forEach((row, place) => {
    placeOf[row] = place;
  });
  const neighbors = new Int32Array(n * k);
  const cosines = new Float32Array(n * k).fill(-1);
  for (let from = 0; from < n; from += ROWS_AT_ONCE) {
    throwIfAborted(signal);
    report(1, from / n);
    const asked = rows.subarray(from, from + ROWS_AT_ONCE);
    const { keys, distances, counts } = graph.search(copyOf(vectors, asked), k + 1, 1);
    for (const [at, own] of asked.entries()) {
      const end = (from + at + 1) * k;
      let to = end - k;
      const found = at * (k + 1);
      const count = Number(counts?.[at] ?? keys.length);
      for (let each = found; each < found + count && to < end; each++) {
        if (Number(keys[each]) === own) continue;
        neighbors[to] = placeOf[Number(keys[each])];
        cosines[to++] = 1 - distances[each];
      }
      neighbors.fill(from + at, to, end); // of too few that are found, the row itself is the farthest
    }
    await new Promise(setImmediate);
  }
  return { count: n, k, neighbors, cosines };
}
