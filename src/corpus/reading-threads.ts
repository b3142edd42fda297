// The threads that read a text: they tokenize its parts (parallel-reader.ts) and map provisional to final ids
// (encode.ts). They start with the first task, because a small text is read sooner by one thread.
import { availableParallelism } from 'node:os';
import { usage, W2vError } from '../base/errors.ts';
import { loadKernel } from '../kernels/load.ts';
import { packageFile } from '../package-file.ts';
import { type OrderedTasks, orderedTasks } from '../workers/ordered-tasks.ts';
import { startPool, type WorkerPool } from '../workers/pool.ts';
import { LONGEST_TOKEN } from './token-rules.ts';
import { tokenizerMemory } from './tokenize.ts';
import type { TokenizerSettings } from './tokenizers/tokenizers.ts';

/** Bytes of text in a part. */
export const PART = 1 << 20;
/** Entries of a part at most: one for each byte, also of an unfinished token before it, and one for each file's end. */
export const PART_ENTRIES = 2 * PART + LONGEST_TOKEN + 64;

/** The bytes of one file in a part. */
export interface Piece {
  name: string;
  /** Of its first byte in the file. */
  offset: number;
  /** In the part. */
  start: number;
  end: number;
  /** Whether the file's line began before this piece. */
  insideLine: boolean;
  /** Whether it continues the last piece of the same thread, maybe inside a token. */
  continues: boolean;
  /** Whether the file ends with it. */
  last: boolean;
}

export type ReadingTask =
  | { kind: 'read'; place: number; pieces: Piece[] }
  | { kind: 'counts' }
  /** Maps `count` entries at `position` of `file` through `finalIds` (map-ids.ts). */
  | { kind: 'map'; place: number; file: number; position: number; count: number; finalIds: Int32Array };

export interface ReadingResult {
  /** In the output of the task's place. */
  entries: number;
  /** Entries after these, which the output has no room for. */
  more: Int32Array[];
  /** Types that are new to the thread: their records in the order of their ids. */
  records: Uint8Array;
  /** Spellings among them, with the ids of their final forms: id, form, id ... */
  links: Int32Array;
  /** The occurrences of all types by id, when the thread's table ends: its ids start at 0 again. */
  counts?: Float64Array | undefined;
  lines: number;
  invalidBytes: number;
  overlongTokens: number;
}

export interface ReadingWorkerData {
  settings: TokenizerSettings;
  /** Compiled once, and optimized once. */
  kernel: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** With more types, a thread starts a new table. */
  mostTypes: number;
  places: Place[];
}

/** Shared memory of a task. */
interface Place {
  /** (PART) bytes */
  input: Uint8Array;
  /** (PART_ENTRIES) */
  output: Int32Array;
}

export interface ReadingThreads {
  /** Threads to use; 1: read without workers. */
  threads: number;
  /** Starts the threads once. Undefined if the system has no memory for at least two: then read without them. */
  start(): OrderedTasks<ReadingTask, ReadingResult> | undefined;
  /** The tasks if the threads are started. */
  started(): OrderedTasks<ReadingTask, ReadingResult> | undefined;
  /** Runs a task on every thread at the same time. */
  runOnEach(task: ReadingTask): Promise<ReadingResult[]>;
  place(number: number): Place;
  close(): Promise<void>;
}

const MOST_THREADS = 8; // one thread reads, hashes and merges; it has no work for more
const PLACES = 3; // per thread
const MOST_TYPES = 1 << 20; // about 50 MB

/** Throws `usage` unless `threads` is a whole number of at least 1. */
export function readingThreads(
  threads: number = availableParallelism(),
  settings: TokenizerSettings,
  mostTypes = MOST_TYPES,
): ReadingThreads {
  if (!Number.isInteger(threads) || threads < 1) {
    throw usage(`threads is ${threads}: expected a whole number of at least 1`, 'leave it out');
  }
  const used = Math.min(threads, MOST_THREADS);
  let places: Place[] = [];
  let pool: WorkerPool<ReadingTask, ReadingResult> | undefined;
  let tasks: OrderedTasks<ReadingTask, ReadingResult> | undefined;
  return {
    threads: used,
    start() {
      if (tasks) return tasks;
      const memories = memoriesFor(used);
      if (memories.length < 2) return undefined;
      places = Array.from({ length: PLACES * memories.length }, () => ({
        input: new Uint8Array(new SharedArrayBuffer(PART)),
        output: new Int32Array(new SharedArrayBuffer(4 * PART_ENTRIES)),
      }));
      const shared = { settings, kernel: loadKernel('tokens'), mostTypes, places };
      const data: ReadingWorkerData[] = memories.map((memory) => ({ ...shared, memory }));
      pool = startPool(packageFile('dist/reading-worker.js'), data);
      tasks = orderedTasks(pool, places.length);
      return tasks;
    },
    started: () => tasks,
    runOnEach: (task) => pool!.runOnEach(task),
    place: (number) => places[number],
    close: async () => pool?.close(),
  };
}

/**
 * A memory for each thread, as far as the system gives them: each takes 10 GB of addresses, which a limit may exclude.
 */
function memoriesFor(threads: number): WebAssembly.Memory[] {
  const memories: WebAssembly.Memory[] = [];
  try {
    while (memories.length < threads) memories.push(tokenizerMemory());
  } catch (error) {
    if (!(error instanceof W2vError)) throw error;
  }
  return memories;
}
