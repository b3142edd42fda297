// The exact k nearest rows of every row by cosine: all pairs, each scored once, on worker threads
// (src/kernels/rows/neighbors.assembly.ts). The result does not depend on the number of threads.
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import type { KernelCall, KernelWorkerData } from '../kernels/kernel-worker.ts';
import { createLayout, sharedMemory } from '../kernels/load.ts';
import { packageFile } from '../package-file.ts';
import { startPool } from '../workers/pool.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { UnitRows } from './unit-rows.ts';

const PANEL = 8;
const TASK_WORK = 5e8; // multiplications: some 50 ms
const MOST_THREADS = 64;

export interface NeighborOptions {
  threads: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Throws `out-of-memory`, `interrupted`. */
export async function exactNeighbors(rows: UnitRows, k: number, options: NeighborOptions): Promise<NeighborGraph> {
  const count = rows.rows.length;
  const D = rows.dimensions;
  const { onProgress, signal } = options;
  const panels = Math.ceil(count / PANEL);
  const V = panels * PANEL;
  const tasks = tasksOf(panels, D);
  const threads = Math.min(options.threads, tasks.length, MOST_THREADS);
  const layout = createLayout();
  const panelsAt = layout.take(4 * V * D);
  const lists = Array.from({ length: threads }, () => layout.take(4 * V * (1 + 2 * k)));
  const memory = sharedMemory(layout.end());
  await finishInTurns(fillPanels(rows, new Float32Array(memory.buffer, panelsAt, V * D)), signal);
  const pool = startPool<KernelCall, unknown>(
    packageFile('dist/kernel-worker.js'),
    new Array<KernelWorkerData>(threads).fill({ kernel: 'neighbors', memory }),
  );
  let done = 0;
  let next = 0;
  const total = tasks.reduce((sum, { pairs }) => sum + pairs, 0);
  const report = () =>
    onProgress?.({ phase: 'neighbors', done: Math.round((count * done) / total), total: count, unit: 'words' });
  const onAbort = () => void pool.close();
  signal?.addEventListener('abort', onAbort);
  try {
    throwIfAborted(signal);
    report();
    await Promise.all(
      lists.map(async (list, worker) => {
        await pool.send(worker, { name: 'clear', numbers: [list, V, k] });
        while (next < tasks.length) {
          const { numbers, pairs } = tasks[next++];
          await pool.send(worker, { name: 'compare', numbers: [panelsAt, ...numbers, D, list, V, k] });
          done += pairs;
          report();
        }
      }),
    );
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await pool.close();
  }
  return finishInTurns(merged(memory.buffer, lists, count, V, k), signal);
}

interface Task {
  /** fromA, endA, fromB, endB */
  numbers: [number, number, number, number];
  /** Pairs of panels. */
  pairs: number;
}

/** All pairs of panels once: a strip of A with pieces of B from the strip on. */
function tasksOf(panels: number, D: number): Task[] {
  const pairsOfTask = Math.max(1, Math.floor(TASK_WORK / (PANEL * PANEL * D)));
  const height = Math.max(1, Math.min(64, Math.floor(Math.sqrt(pairsOfTask))));
  const width = Math.max(1, Math.floor(pairsOfTask / height));
  const tasks: Task[] = [];
  for (let a = 0; a < panels; a += height) {
    const endA = Math.min(panels, a + height);
    for (let b = a; b < panels; b += width) {
      const endB = Math.min(panels, b + width);
      tasks.push({ numbers: [a, endA, b, endB], pairs: (endA - a) * (endB - b) });
    }
  }
  return tasks;
}

/** Panels of eight rows, (panels, D, 8); NaN where there is no row. */
function* fillPanels(rows: UnitRows, panels: Float32Array): Steps<void> {
  panels.fill(Number.NaN, Math.floor(rows.rows.length / PANEL) * PANEL * rows.dimensions);
  for (let at = 0; at < rows.rows.length; at++) {
    const lane = at % PANEL;
    rows.copy(at, panels, (at - lane) * rows.dimensions + lane, PANEL);
    if (at % 1024 === 0) yield;
  }
}

/** The k best of all lists for each row. */
function* merged(
  buffer: SharedArrayBuffer,
  lists: readonly number[],
  count: number,
  V: number,
  k: number,
): Steps<NeighborGraph> {
  const scores = lists.map((list) => new Float32Array(buffer, list + 4 * V, V * k));
  const rows = lists.map((list) => new Int32Array(buffer, list + 4 * V * (1 + k), V * k));
  const neighbors = new Int32Array(count * k);
  const cosines = new Float32Array(count * k);
  const next = new Int32Array(lists.length);
  for (let row = 0; row < count; row++) {
    next.fill(row * k);
    for (let to = row * k; to < (row + 1) * k; to++) {
      let best = 0;
      for (let list = 1; list < lists.length; list++) {
        const [own, other] = [scores[list][next[list]], scores[best][next[best]]];
        if (own > other || (own === other && rows[list][next[list]] < rows[best][next[best]])) best = list;
      }
      neighbors[to] = rows[best][next[best]];
      cosines[to] = scores[best][next[best]];
      next[best]++;
    }
    if (row % 4096 === 0) yield;
  }
  return { count, k, neighbors, cosines };
}
