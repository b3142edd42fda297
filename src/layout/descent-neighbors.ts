// Approximate k nearest rows of every row by cosine, where scoring all pairs would take too long: NN-descent (Dong,
// Charikar & Li 2011) on worker threads (src/kernels/neighbor-descent.assembly.ts). The result depends on the seed and
// not on the number of threads: a step is the same for any split of its work, and ends before the next one starts.
import { throwIfAborted } from '../errors.ts';
import type { KernelCall, KernelWorkerData } from '../kernels/kernel-worker.ts';
import { packageFile } from '../package-file.ts';
import { createRandom } from '../random.ts';
import { finishInTurns } from '../steps.ts';
import { startPool } from '../workers/pool.ts';
import { descentMemory } from './descent-memory.ts';
import type { NeighborOptions } from './exact-neighbors.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { UnitRows } from './unit-rows.ts';

const TREES = 8;
const LEAF = 48;
const LIST = 20; // neighbours of a list, at least: with more of them, more of the wanted ones are found
const SAMPLE = 16;
const MOST_ROUNDS = 12;
const STILL = 0.002; // of all neighbours: it ends with fewer new ones in a round
const BLOCK = 1 << 14; // rows whose pairs are found before they enter the lists
const MOST_THREADS = 16;

/** Throws `out-of-memory`, `interrupted`. */
export async function descentNeighbors(
  unit: UnitRows,
  k: number,
  { seed, onProgress, signal, ...options }: NeighborOptions & { seed: number },
): Promise<NeighborGraph> {
  const n = unit.rows.length;
  const K = Math.min(n - 1, Math.max(k, LIST));
  const leaf = Math.max(LEAF, K + 1);
  const threads = Math.min(options.threads, MOST_THREADS);
  const ofLeaves = (BLOCK * (leaf - 1)) / 2; // one worker may have them all
  const ofSamples = Math.ceil(BLOCK / threads) * ((SAMPLE * (SAMPLE - 1)) / 2 + SAMPLE * SAMPLE);
  const shape = { K, sample: SAMPLE, threads, pairs: Math.ceil(Math.max(ofLeaves, ofSamples)) };
  const { memory, places, trees, buffers, graph } = await descentMemory(unit, shape, signal);
  const run = startWorkers(memory, threads, signal);
  const own = (worker: number) => share(0, n, worker, threads);
  const enter = async () => {
    let entered = 0;
    for (const buffer of buffers) entered += sum(await run.each('enter', (worker) => [buffer, ...own(worker)]));
    return entered;
  };
  const random = createRandom(seed, 3);
  const report = (done: number) => {
    const words = Math.round((n * done) / (TREES + MOST_ROUNDS));
    onProgress?.({ phase: 'neighbors', done: words, total: n, unit: 'words' });
  };

  async function startFromTrees(): Promise<void> {
    for (let first = 0; first < TREES; first += threads) {
      report(first);
      const grown = trees.slice(0, TREES - first).map((tree) => ({ ...tree, seed: random.uint32() }));
      const leaves = await run.each('tree', (worker) => {
        const { order, ends, stack, seed: own } = grown[worker] ?? {};
        return order === undefined ? undefined : [order, ends!, stack!, leaf, own!];
      });
      for (const [at, { order, ends }] of grown.entries()) {
        for (const [from, end] of blocks(new Uint32Array(memory.buffer, ends, leaves[at]))) {
          await run.each('joinLeaves', (worker) => [
            order,
            ends,
            ...share(from, end, worker, threads),
            buffers[worker]!,
          ]);
          await enter();
        }
      }
    }
  }

  /** Returns how many neighbours are new. */
  async function round(): Promise<number> {
    const ofRound = random.uint32();
    await run.each('sample', (worker) => [...own(worker), ofRound]);
    await run.each('age', own);
    let entered = 0;
    for (let from = 0; from < n; from += BLOCK) {
      const end = Math.min(n, from + BLOCK);
      await run.each('join', (worker) => [...share(from, end, worker, threads), buffers[worker]!]);
      entered += await enter();
    }
    return entered;
  }

  try {
    await run.each('place', () => places);
    await run.each('clear', own);
    await startFromTrees();
    for (let done = 0; done < MOST_ROUNDS; done++) {
      report(TREES + done);
      if ((await round()) < STILL * n * K) break;
    }
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    await run.close();
  }
  return finishInTurns(graph(Math.min(k, K)), signal);
}

/** Workers that take the same step at once. The caller closes them. */
function startWorkers(memory: WebAssembly.Memory, threads: number, signal: AbortSignal | undefined) {
  const data: KernelWorkerData = { kernel: 'neighbor-descent', memory };
  const script = packageFile('dist/kernel-worker.js');
  const pool = startPool<KernelCall, number>(script, new Array<KernelWorkerData>(threads).fill(data));
  const stop = () => void pool.close();
  signal?.addEventListener('abort', stop);
  const workers = Array.from({ length: threads }, (_, worker) => worker);
  return {
    /** The results of all workers; 0 of one that `numbersOf` gives nothing. */
    async each(name: string, numbersOf: (worker: number) => number[] | undefined): Promise<number[]> {
      throwIfAborted(signal);
      return Promise.all(
        workers.map((worker) => {
          const numbers = numbersOf(worker);
          return numbers === undefined ? 0 : pool.send(worker, { name, numbers });
        }),
      );
    },
    async close(): Promise<void> {
      signal?.removeEventListener('abort', stop);
      await pool.close();
    },
  };
}

function share(from: number, end: number, worker: number, workers: number): [number, number] {
  const cut = (at: number) => from + Math.floor(((end - from) * at) / workers);
  return [cut(worker), cut(worker + 1)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** First and last leaf of pieces of at most BLOCK rows, from where each leaf ends. */
function* blocks(ends: Uint32Array): Generator<[number, number]> {
  let first = 0;
  for (let leaf = 0; leaf < ends.length; leaf++) {
    const start = first === 0 ? 0 : ends[first - 1]!;
    if (leaf + 1 < ends.length && ends[leaf + 1]! - start <= BLOCK) continue;
    yield [first, leaf + 1];
    first = leaf + 1;
  }
}
