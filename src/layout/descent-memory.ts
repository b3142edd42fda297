// The memory of NN-descent, which the workers share (src/kernels/neighbor-descent.assembly.ts).
import { createLayout, sharedMemory } from '../kernels/load.ts';
import { finishInTurns, type Steps } from '../steps.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { UnitRows } from './unit-rows.ts';

export interface DescentShape {
  /** Neighbours of a list. */
  K: number;
  /** Rows of a sample. */
  sample: number;
  threads: number;
  /** The most pairs that one worker finds in one step. */
  pairs: number;
}

const STACK = 128; // as in the kernel
const ROW_NUMBERS = 4; // a row is padded to a multiple
const NEW = 0x80000000;
const NONE = 0x7fffffff;

export interface DescentMemory {
  memory: WebAssembly.Memory;
  /** What the kernel's `place` takes. */
  places: number[];
  /** Of each worker: a tree, and a buffer of pairs. */
  trees: { order: number; ends: number; stack: number }[];
  buffers: number[];
  /** The graph of the k best of each list. */
  graph(k: number): Steps<NeighborGraph>;
}

/** Throws `out-of-memory`, `interrupted`. */
export async function descentMemory(
  unit: UnitRows,
  { K, sample, threads, pairs }: DescentShape,
  signal: AbortSignal | undefined,
): Promise<DescentMemory> {
  const n = unit.rows.length;
  const width = ROW_NUMBERS * Math.ceil(unit.dimensions / ROW_NUMBERS);
  const layout = createLayout();
  const rows = layout.take(4 * n * width);
  const [scores, lists] = [layout.take(4 * n * K), layout.take(4 * n * K)];
  const [fresh, known] = [layout.take(8 * n * sample), layout.take(8 * n * sample)];
  const each = Array.from({ length: threads });
  const trees = each.map(() => ({
    order: layout.take(4 * n),
    ends: layout.take(4 * n),
    stack: layout.take(4 * STACK),
  }));
  const buffers = each.map(() => layout.take(16 + 12 * pairs));
  const memory = sharedMemory(layout.end());
  await finishInTurns(fill(unit, new Float32Array(memory.buffer, rows, n * width), width), signal);
  return {
    memory,
    places: [n, 4 * width, K, sample, rows, scores, lists, fresh, known],
    trees,
    buffers,
    graph: (k) =>
      best(new Uint32Array(memory.buffer, lists, n * K), new Float32Array(memory.buffer, scores, n * K), { n, K, k }),
  };
}

function* fill(unit: UnitRows, target: Float32Array, width: number): Steps<void> {
  for (let at = 0; at < unit.rows.length; at++) {
    unit.copy(at, target, at * width, 1);
    if (at % 1024 === 0) yield;
  }
}

/**
 * A list that is not full, which many neighbours of few rows can have, is filled with the row itself, at the far end.
 */
function* best(
  lists: Uint32Array,
  scores: Float32Array,
  { n, K, k }: { n: number; K: number; k: number },
): Steps<NeighborGraph> {
  const neighbors = new Int32Array(n * k);
  const cosines = new Float32Array(n * k);
  for (let row = 0; row < n; row++) {
    for (let at = 0; at < k; at++) {
      const other = (lists[row * K + at]! & ~NEW) >>> 0;
      neighbors[row * k + at] = other === NONE ? row : other;
      cosines[row * k + at] = other === NONE ? -1 : scores[row * K + at]!;
    }
    if (row % 4096 === 0) yield;
  }
  return { count: n, k, neighbors, cosines };
}
