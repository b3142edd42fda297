// Worker thread for counting: reads the tokens of a task, counts pairs, writes sorted runs, and merges parts of runs.
import { readSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { W2vError } from '../../base/errors.ts';
import { sharedMemory } from '../../kernels/load.ts';
import { startKernel } from '../../kernels/start.ts';
import { serveTasks } from '../../workers/serve-tasks.ts';
import {
  type CountingPlan,
  hasLineEnd,
  LOOK_AHEAD,
  RUN_STATE_BYTES as STATE_BYTES,
  TASK_TOKENS,
} from './counting-plan.ts';
import { type SpillFile, transfer } from './spill-file.ts';
import { addTallies, type Tallies } from './tallies.ts';

export interface CountingWorkerData {
  plan: CountingPlan;
  corpus: { length: number; file?: number; ids?: Int32Array };
  spill: SpillFile;
  /** (1) BigInt64: end of the spill file, shared by all workers. */
  spillEnd: BigInt64Array;
  tallies: Tallies;
  /** (V) probability of keeping each word if tokens are dropped at random. */
  draw?: { keep: Float64Array; seed: number };
}

/** Position of a piece of a run in the spill file: offset, length, offset, length ... */
export type Extents = number[];

export type CountingTask =
  | { kind: 'count'; position: number; count: number }
  | { kind: 'drain' }
  | { kind: 'merge'; part: number; runs: Extents[]; last: boolean };

export interface CountingResult {
  /** Runs written, each a list of its parts. */
  runs?: Extents[][];
  /** The merged part. */
  merged?: Extents;
}

interface Kernel {
  sampleTokens(from: number, count: number, to: number, keep: number, seed: bigint, position: bigint): number;
  countPairs(tokens: number, from: number, count: number, total: number): number;
  pendingKeys(): number;
  sortKeys(bits: number): void;
  writePart(firstRow: number, endRow: number, withDense: number): void;
  dropKeys(): void;
  mergePart(firstRow: number, runs: number, states: number, heap: number, asRow: number, asColumn: number): void;
}

const { plan, corpus, spill, spillEnd, tallies, draw } = workerData as CountingWorkerData;
const { at } = plan;
const memory = sharedMemory(at.end);
const bytes = new Uint8Array(memory.buffer);
const words32 = new Uint32Array(memory.buffer);
const raw = new Int32Array(memory.buffer, at.tokens, TASK_TOKENS + plan.window + LOOK_AHEAD);

let extents: Extents = [];
let refill: (run: number) => void = () => {};

const kernel = startKernel('cooccurrence', {
  memory,
  functions: {
    flush(length) {
      const offset = Number(Atomics.add(spillEnd, 0, BigInt(length)));
      transfer('write', spill, bytes, at.output, length, offset);
      extents.push(offset, length);
    },
    refill: (run) => refill(run),
  },
  constants: {
    directional: plan.directional,
    windowSize: plan.window,
    columnBits: plan.columnBits,
    distanceBits: plan.distanceBits,
    weights: at.weights,
    denseLimit: at.limits,
    denseStart: at.starts,
    dense: at.dense,
    wideCells: plan.wideCells,
    keyBuffer: at.keys,
    spareBuffer: at.spareKeys,
    keyCapacity: plan.keyCapacity,
    histogram: at.histogram,
    out: at.output,
    outCapacity: plan.outputBytes,
  },
}) as unknown as Kernel;

new Uint32Array(memory.buffer, at.limits, plan.words).set(plan.denseLimits);
new Uint32Array(memory.buffer, at.starts, plan.words).set(plan.denseStarts);
new BigUint64Array(memory.buffer, at.weights, plan.window + 1).set(plan.multiples);
if (draw) new Float64Array(memory.buffer, at.keep, plan.words).set(draw.keep);

function readCorpus(...piece: [to: Uint8Array, at: number, length: number, position: number]): number {
  try {
    return readSync(corpus.file as number, ...piece);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new W2vError('file-unreadable', `the ids of the corpus cannot be read back: ${why}`, 'check the disk');
  }
}

/** Reads up to `count` entries of the corpus to entry `offset` of the token buffer. */
function readTokens(position: number, offset: number, count: number): number {
  const wanted = Math.min(count, corpus.length - position);
  if (corpus.ids) {
    raw.set(corpus.ids.subarray(position, position + wanted), offset);
    return wanted;
  }
  const address = at.tokens + offset * 4;
  let done = 0;
  while (done < wanted * 4) {
    const got = readCorpus(bytes, address + done, wanted * 4 - done, position * 4 + done);
    if (got === 0) break;
    done += got;
  }
  return done >> 2;
}

/** Loads the tokens of a task and the next W; returns their address, the number to count and the number loaded. */
function loadTask(position: number, count: number): { address: number; count: number; total: number } {
  if (!draw) {
    const total = readTokens(position, 0, count + plan.window);
    return { address: at.tokens, count: Math.min(count, total), total };
  }
  const seed = BigInt.asUintN(64, BigInt(draw.seed));
  const sample = (from: number, length: number, kept: number) => {
    const got = readTokens(from, 0, length);
    return [got, kernel.sampleTokens(at.tokens, got, at.kept + kept * 4, at.keep, seed, BigInt(from))] as const;
  };
  const ids = new Int32Array(memory.buffer, at.kept, raw.length);
  const [, kept] = sample(position, count, 0);
  let total = kept;
  for (let next = position + count; next < corpus.length && total - kept < plan.window; ) {
    const [got, more] = sample(next, LOOK_AHEAD, total);
    next += got;
    if (got === 0 || hasLineEnd(ids, total, total + more)) {
      total += more;
      break;
    }
    total += more;
  }
  return { address: at.kept, count: kept, total };
}

function writeRun(withDense: boolean): Extents[] {
  kernel.sortKeys(2 * plan.columnBits);
  const parts: Extents[] = [];
  for (let part = 0; part + 1 < plan.partRows.length; part++) {
    extents = [];
    kernel.writePart(plan.partRows[part] as number, plan.partRows[part + 1] as number, withDense ? 1 : 0);
    parts.push(extents);
  }
  kernel.dropKeys();
  return parts;
}

let sinceDrain = 0;

function count(position: number, length: number): Extents[][] {
  const runs: Extents[][] = [];
  if (sinceDrain + length > plan.tokensPerDrain) {
    runs.push(...drain());
  }
  sinceDrain += length;
  const task = loadTask(position, length);
  for (let done = 0; ; ) {
    done = kernel.countPairs(task.address, done, task.count, task.total);
    if (done >= task.count) return runs;
    runs.push(writeRun(false));
  }
}

function drain(): Extents[][] {
  sinceDrain = 0;
  return [writeRun(true)];
}

function merge(part: number, runs: Extents[], last: boolean): Extents {
  const states = at.dense;
  const heap = states + runs.length * STATE_BYTES;
  const windows = Math.ceil((heap + runs.length * 4) / 64) * 64;
  const window = Math.min(1 << 20, Math.floor((at.end - windows) / Math.max(1, runs.length)));
  const cursors = runs.map(() => ({ extent: 0, offset: 0 }));
  refill = (run) => {
    const state = (states + run * STATE_BYTES) >> 2;
    const start = windows + run * window;
    const left = (words32[state + 1] as number) - (words32[state] as number);
    bytes.copyWithin(start, words32[state] as number, words32[state + 1] as number);
    const pieces = runs[run] as Extents;
    const cursor = cursors[run] as { extent: number; offset: number };
    let end = start + left;
    while (end < start + window && cursor.extent < pieces.length) {
      const rest = (pieces[cursor.extent + 1] as number) - cursor.offset;
      const length = Math.min(rest, start + window - end);
      transfer('read', spill, bytes, end, length, (pieces[cursor.extent] as number) + cursor.offset);
      end += length;
      cursor.offset += length;
      if (length === rest) {
        cursor.extent += 2;
        cursor.offset = 0;
      }
    }
    words32[state] = start;
    words32[state + 1] = end;
    words32[state + 2] = cursor.extent < pieces.length ? 1 : 0;
  };
  for (let run = 0; run < runs.length; run++) {
    words32.set([windows + run * window, windows + run * window, 1], (states + run * STATE_BYTES) >> 2);
  }
  extents = [];
  kernel.mergePart(plan.partRows[part] as number, runs.length, states, heap, at.asRow, at.asColumn);
  if (last) addTallies(tallies, plan, part, words32.subarray(at.asRow >> 2), words32.subarray(at.asColumn >> 2));
  bytes.fill(0, at.asRow, at.histogram);
  return extents;
}

serveTasks<CountingTask, CountingResult>((task) => {
  if (task.kind === 'count') return { runs: count(task.position, task.count) };
  if (task.kind === 'drain') return { runs: drain() };
  return { merged: merge(task.part, task.runs, task.last) };
});
