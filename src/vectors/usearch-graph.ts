// A navigable small-world graph (HNSW: Malkov & Yashunin 2020) over the rows of vectors, from the optional package
// usearch: it finds nearly all of the nearest rows by cosine, where exact search would take too long.
import { throwIfAborted, W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns } from '../base/steps.ts';
import { inverseNormSteps } from './norms.ts';
import type { WordVectors } from './word-vectors.ts';

/** usearch's defaults, given explicitly so that later versions search the same way. */
const SHAPE = { connectivity: 16, expansion_add: 128, expansion_search: 64 };

/** Rows that are added or asked about between checks of the signal: at most about a quarter of a second. */
export const ROWS_AT_ONCE = 200;

/** The used part of usearch's Index. Keys are rows of the vectors. */
export interface UsearchGraph {
  add(keys: BigUint64Array, rows: Float32Array, threads: number): void;
  /** `counts` is missing for one query; distances are 1 - cosine, increasing. */
  search(
    queries: Float32Array,
    count: number,
    threads: number,
  ): { keys: BigUint64Array; distances: Float32Array; counts?: BigUint64Array };
  size(): number;
  save(path: string): void;
  /** Opens what `save` wrote without reading all of it. The bytes are not validated. */
  view(path: string): void;
}

/** A graph without rows. Throws `engine-unavailable` if usearch is missing. */
export async function createGraph(dimensions: number): Promise<UsearchGraph> {
  try {
    const { default: usearch } = (await import('usearch')) as unknown as {
      default: { Index: new (config: object) => UsearchGraph };
    };
    return new usearch.Index({ metric: 'cos', dimensions, ...SHAPE });
  } catch (cause) {
    throw new W2vError(
      'engine-unavailable',
      `the approximate index needs the package usearch, which does not load: ${String((cause as Error).message).split('\n')[0]}`,
      'run npm install usearch, or ask without an { index }',
      { cause },
    );
  }
}

export interface GraphOptions {
  /** With one thread, the same vectors give the same graph. */
  threads: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The graph of all rows with a direction, not of zeros, NaN or infinity.
 *
 * @throws W2vError 'engine-unavailable' if usearch is missing, 'interrupted'
 */
export async function buildGraph(
  vectors: WordVectors,
  { threads, onProgress, signal }: GraphOptions,
): Promise<UsearchGraph> {
  const { words } = vectors;
  const graph = await createGraph(vectors.dimensions);
  const scales = await finishInTurns(inverseNormSteps(vectors), signal);
  for (let from = 0; from < words.length; from += ROWS_AT_ONCE) {
    throwIfAborted(signal);
    onProgress?.({ phase: 'index', done: from, total: words.length, unit: 'words' });
    const to = Math.min(words.length, from + ROWS_AT_ONCE);
    const rows: number[] = [];
    for (let row = from; row < to; row++) if (scales[row] > 0) rows.push(row); // NaN fails too
    if (rows.length === 0) continue;
    graph.add(BigUint64Array.from(rows, BigInt), copyOf(vectors, rows), threads);
    await new Promise(setImmediate);
  }
  return graph;
}

/** (rows, D) row-major */
export function copyOf({ matrix, dimensions }: WordVectors, rows: ArrayLike<number>): Float32Array {
  const copy = new Float32Array(rows.length * dimensions);
  for (let at = 0; at < rows.length; at++) {
    copy.set(matrix.subarray(rows[at] * dimensions, (rows[at] + 1) * dimensions), at * dimensions);
  }
  return copy;
}
