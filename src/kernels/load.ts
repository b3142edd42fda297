// Compiled kernels (dist/kernels/*.wasm) and the worker threads that run them, over memory they share.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { throwIfAborted, W2vError } from '../errors.ts';

/** Where a built file lies: kernels and workers are run from dist/, also when this code runs from src/ (in tests). */
export function builtFile(relative: string, from: string): URL {
  const url = new URL(relative, from);
  if (!from.endsWith('.ts')) return url;
  return new URL(url.href.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
}

const compiled = new Map<string, WebAssembly.Module>();

/** The kernel `name`.assembly.ts, compiled once a thread; a module may be sent to workers as it is. */
export function loadKernel(name: string): WebAssembly.Module {
  let module = compiled.get(name);
  if (!module) {
    module = new WebAssembly.Module(readFileSync(builtFile(`./${name}.wasm`, import.meta.url)));
    compiled.set(name, module);
  }
  return module;
}

/** 4 GiB: as much as a 32-bit WebAssembly memory can hold. */
export const LARGEST_MEMORY = 65536 * 65536;

/** A shared memory of at least `bytes` bytes, all zero; the system gives its pages as they are touched. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const initial = Math.ceil(bytes / 65536);
  if (initial <= 65536) {
    try {
      return new WebAssembly.Memory({ initial: Math.max(1, initial), maximum: 65536, shared: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new W2vError(
    'out-of-memory',
    `the compiled kernels need ${readableBytes(bytes)} in one piece; ${initial <= 65536 ? 'the system refused it' : 'at most 4.3 GB can be had'}`,
    'keep fewer words (--min-count, --max-vocab) or fewer dimensions (--dim)',
  );
}

/** 1234567 -> '1.2 MB' (powers of ten). */
export function readableBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Lays out areas one behind another in a memory, each on a 64-byte line. */
export function createLayout(start = 1024): { take(bytes: number): number; end(): number } {
  let next = start;
  return {
    take(bytes) {
      const at = next;
      next = Math.ceil((next + bytes) / 64) * 64;
      return at;
    },
    end: () => next,
  };
}

export interface WorkerPool<Task, Result> {
  threads: number;
  /**
   * Hands tasks to whichever worker is free; resolves to their results in the order of the tasks. Stops all workers
   * when the signal fires or a task fails.
   */
  run(tasks: Task[], onDone?: (done: number) => void, signal?: AbortSignal): Promise<Result[]>;
  /** Gives each worker the one task, at the same time. */
  runOnEach(task: Task, signal?: AbortSignal): Promise<Result[]>;
  close(): Promise<void>;
}

interface Reply {
  result?: unknown;
  error?: { name: string; message: string; code?: string; hint?: string; stack?: string };
}

/** Starts workers on a built script, each with its own `workerData`; the script answers through `serveTasks`. */
export function startPool<Task, Result>(script: URL, workerData: unknown[]): WorkerPool<Task, Result> {
  const workers = workerData.map((data) => new Worker(script, { workerData: data }));
  const stop = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };

  function ask(worker: Worker, task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        act();
      };
      const onMessage = (reply: Reply) =>
        settle(() => (reply.error ? reject(revive(reply.error)) : resolve(reply.result as Result)));
      const onError = (error: unknown) => settle(() => reject(error));
      const onExit = (code: number) =>
        settle(() => reject(new Error(`a worker thread ended early (exit code ${code})`)));
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(task);
    });
  }

  async function guarded<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const onAbort = () => void stop();
    signal?.addEventListener('abort', onAbort);
    try {
      return await work;
    } catch (error) {
      await stop();
      throwIfAborted(signal);
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    threads: workers.length,
    async run(tasks, onDone, signal) {
      throwIfAborted(signal);
      const results: Result[] = new Array(tasks.length);
      let next = 0;
      let done = 0;
      const serve = async (worker: Worker) => {
        while (next < tasks.length) {
          const index = next++;
          results[index] = await ask(worker, tasks[index] as Task);
          onDone?.(++done);
        }
      };
      await guarded(Promise.all(workers.map(serve)), signal);
      return results;
    },
    async runOnEach(task, signal) {
      throwIfAborted(signal);
      return guarded(Promise.all(workers.map((worker) => ask(worker, task))), signal);
    },
    close: stop,
  };
}

function revive(error: NonNullable<Reply['error']>): Error {
  if (error.code && error.hint) return new W2vError(error.code as W2vError['code'], error.message, error.hint);
  const plain = error.name === 'RangeError' ? new RangeError(error.message) : new Error(error.message);
  if (error.stack) plain.stack = error.stack;
  return plain;
}
