// Where the optimizer of UMAP starts: PCA, each axis stretched to 0 .. 10 (as umap-learn does), or another layout,
// whose words have fixed positions; a word that it does not have starts between its neighbors.
import { createRandom } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { PlacedWords } from './layout-types.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { principalCoordinates } from './principal-axes.ts';
import { sharedRows } from './turn-beside.ts';

const WIDTH = 10;
const NOISE = 1e-4; // parts words in the same place
const ROUNDS = 20;

/** (n, 2) the points of the graph's words, which are the rows `rows` of the vectors. */
export function* firstMap(
  vectors: WordVectors,
  rows: Int32Array,
  graph: NeighborGraph,
  { seed, beside }: { seed: number; beside?: PlacedWords | undefined },
): Steps<Float64Array> {
  const points = beside === undefined ? undefined : yield* pointsBeside(vectors, rows, graph, beside);
  if (points !== undefined) {
    stretch(points, true, seed);
    return points;
  }
  const coordinates = yield* principalCoordinates(vectors);
  const own = new Float64Array(rows.length * 2);
  rows.forEach((row, at) => {
    own.set(coordinates.subarray(row * 2, (row + 1) * 2), at * 2);
  });
  stretch(own, false, seed);
  return own;
}

/** Undefined if fewer than two words are shared. */
function* pointsBeside(
  vectors: WordVectors,
  rows: Int32Array,
  { k, neighbors }: NeighborGraph,
  beside: PlacedWords,
): Steps<Float64Array | undefined> {
  const { positions } = beside;
  const isPlaced = new Uint8Array(vectors.words.length);
  for (const row of rows) isPlaced[row] = 1;
  const shared = new Map(sharedRows(vectors, isPlaced, beside));
  if (shared.size < 2) return undefined;
  const points = new Float64Array(rows.length * 2);
  const known = Uint8Array.from(rows, (row) => Number(shared.has(row)));
  rows.forEach((row, at) => {
    const there = shared.get(row);
    if (there !== undefined) points.set(positions.subarray(there * 2, (there + 1) * 2), at * 2);
  });
  // Those next to known words first, then those next to these; what is left over starts at the origin.
  for (let round = 0; round < ROUNDS; round++) {
    const found: number[] = [];
    for (let at = 0; at < rows.length; at++) {
      if (known[at] === 1) continue;
      const near = neighbors.subarray(at * k, (at + 1) * k).filter((other) => known[other] === 1);
      if (near.length === 0) continue;
      for (let axis = 0; axis < 2; axis++) {
        const sum = near.reduce((total, other) => total + points[other * 2 + axis], 0);
        points[at * 2 + axis] = sum / near.length;
      }
      found.push(at);
    }
    for (const at of found) known[at] = 1;
    yield;
    if (found.length === 0) break;
  }
  return points;
}

/** Adds a little noise and stretches to 0 .. 10: the widest axis, and the others as much, or each axis by itself. */
function stretch(points: Float64Array, alike: boolean, seed: number): void {
  const random = createRandom(seed, 1);
  const largest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  for (let at = 0; at < points.length; at++) points[at] = (WIDTH * points[at]) / largest + NOISE * random.normal();
  const ranges = Array.from({ length: 2 }, (_, axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = axis; at < points.length; at += 2) {
      low = Math.min(low, points[at]);
      high = Math.max(high, points[at]);
    }
    return { low, width: high - low || 1 };
  });
  const widest = Math.max(...ranges.map(({ width }) => width));
  for (let at = 0; at < points.length; at++) {
    const { low, width } = ranges[at % 2];
    points[at] = (WIDTH * (points[at] - low)) / (alike ? widest : width);
  }
}
