// Where the optimizer of UMAP starts: PCA, each axis stretched to 0 .. 10 (as umap-learn does), or another layout,
// whose words keep their places; a word that it does not have starts between its neighbours.
import { createRandom } from '../random.ts';
import type { Steps } from '../steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { PlacedWords } from './layout-types.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { principalCoordinates } from './principal-axes.ts';
import { sharedRows } from './turn-beside.ts';

const WIDTH = 10;
const NOISE = 1e-4; // parts words in the same place
const ROUNDS = 20;

/** (n, axes) the points of the graph's words, which are the rows `rows` of the vectors. */
export function* firstMap(
  vectors: WordVectors,
  rows: Int32Array,
  graph: NeighborGraph,
  { axes, seed, beside }: { axes: 2 | 3; seed: number; beside?: PlacedWords | undefined },
): Steps<Float64Array> {
  const points = beside === undefined ? undefined : yield* pointsBeside(vectors, rows, graph, beside);
  if (points !== undefined) {
    stretch(points, axes, true, seed);
    return points;
  }
  const coordinates = yield* principalCoordinates(vectors, axes);
  const own = new Float64Array(rows.length * axes);
  rows.forEach((row, at) => {
    own.set(coordinates.subarray(row * axes, (row + 1) * axes), at * axes);
  });
  stretch(own, axes, false, seed);
  return own;
}

/** Undefined if fewer than two words are shared. */
function* pointsBeside(
  vectors: WordVectors,
  rows: Int32Array,
  { k, neighbors }: NeighborGraph,
  beside: PlacedWords,
): Steps<Float64Array | undefined> {
  const { axes, positions } = beside;
  const isPlaced = new Uint8Array(vectors.words.length);
  for (const row of rows) isPlaced[row] = 1;
  const shared = new Map(sharedRows(vectors, isPlaced, beside));
  if (shared.size < 2) return undefined;
  const points = new Float64Array(rows.length * axes);
  const known = Uint8Array.from(rows, (row) => Number(shared.has(row)));
  rows.forEach((row, at) => {
    const there = shared.get(row);
    if (there !== undefined) points.set(positions.subarray(there * axes, (there + 1) * axes), at * axes);
  });
  // Those next to known words first, then those next to these; what is left over starts at the origin.
  for (let round = 0; round < ROUNDS; round++) {
    const found: number[] = [];
    for (let at = 0; at < rows.length; at++) {
      if (known[at] === 1) continue;
      const near = neighbors.subarray(at * k, (at + 1) * k).filter((other) => known[other] === 1);
      if (near.length === 0) continue;
      for (let axis = 0; axis < axes; axis++) {
        const sum = near.reduce((total, other) => total + points[other * axes + axis]!, 0);
        points[at * axes + axis] = sum / near.length;
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
function stretch(points: Float64Array, axes: number, alike: boolean, seed: number): void {
  const random = createRandom(seed, 1);
  const largest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  for (let at = 0; at < points.length; at++) points[at] = (WIDTH * points[at]!) / largest + NOISE * random.normal();
  const ranges = Array.from({ length: axes }, (_, axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = axis; at < points.length; at += axes) {
      low = Math.min(low, points[at]!);
      high = Math.max(high, points[at]!);
    }
    return { low, width: high - low || 1 };
  });
  const widest = Math.max(...ranges.map(({ width }) => width));
  for (let at = 0; at < points.length; at++) {
    const { low, width } = ranges[at % axes]!;
    points[at] = (WIDTH * (points[at]! - low)) / (alike ? widest : width);
  }
}
