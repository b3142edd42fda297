// A pool of worker threads; each processes one task at a time, in the order given.
import { Worker } from 'node:worker_threads';
import { outOfMemory, throwIfAborted, W2vError } from '../base/errors.ts';

export interface WorkerPool<Task, Result> {
  threads: number;
  /**
   * Assigns tasks to free workers; resolves to the results in the order of the tasks. Stops all workers when the signal
   * fires, a task fails, or a worker dies.
   */
  run(tasks: Task[], onDone?: (done: number) => void, signal?: AbortSignal): Promise<Result[]>;
  /** Runs the same task on every worker at the same time. */
  runOnEach(task: Task, signal?: AbortSignal): Promise<Result[]>;
  /** Queues a task for worker number `worker`. The caller closes the pool when it fails. */
  send(worker: number, task: Task): Promise<Result>;
  close(): Promise<void>;
}

interface Reply {
  result?: unknown;
  error?: { name: string; message: string; code?: string; hint?: string; stack?: string };
}

/** A worker with its tasks, the current one first, and its failure if it cannot take more tasks. */
interface Member<Result> {
  worker: Worker;
  pending: { resolve(result: Result): void; reject(error: unknown): void }[];
  failure?: Error;
}

/**
 * Starts workers with a built script, each with its own `workerData`; the script responds through `serveTasks`.
 * Throws `out-of-memory` if the system cannot start a thread (here, or in the first `run`); then no worker keeps
 * running.
 */
export function startPool<Task, Result>(script: URL, workerData: unknown[]): WorkerPool<Task, Result> {
  const members: Member<Result>[] = [];
  const stop = async () => {
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  };
  try {
    // Process options such as --input-type must not apply to worker scripts.
    for (const data of workerData) members.push(watched(new Worker(script, { workerData: data, execArgv: [] })));
  } catch (error) {
    void stop();
    throw startFailure(error, members.length, workerData.length) ?? error;
  }

  /** Listens as long as the worker lives, because an error of an idle worker must not end the process. */
  function watched(worker: Worker): Member<Result> {
    const member: Member<Result> = { worker, pending: [] };
    const fail = (error: Error) => {
      member.failure ??= error;
      for (const { reject } of member.pending.splice(0)) reject(member.failure);
    };
    worker.on('message', ({ result, error }: Reply) => {
      const task = member.pending.shift();
      if (error) task?.reject(revive(error));
      else task?.resolve(result as Result);
    });
    worker.on('error', (error: Error) => fail(startFailure(error, undefined, workerData.length) ?? error));
    worker.on('exit', (code) => fail(endedEarly(code)));
    return member;
  }

  function ask(member: Member<Result>, task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (member.failure) {
        reject(member.failure);
        return;
      }
      member.pending.push({ resolve, reject });
      member.worker.postMessage(task);
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
    threads: members.length,
    async run(tasks, onDone, signal) {
      throwIfAborted(signal);
      const results: Result[] = new Array(tasks.length);
      let next = 0;
      let done = 0;
      const serve = async (member: Member<Result>) => {
        while (next < tasks.length) {
          const index = next++;
          results[index] = await ask(member, tasks[index] as Task);
          onDone?.(++done);
        }
      };
      await guarded(Promise.all(members.map(serve)), signal);
      return results;
    },
    async runOnEach(task, signal) {
      throwIfAborted(signal);
      return guarded(Promise.all(members.map((member) => ask(member, task))), signal);
    },
    send: (worker, task) => ask(members[worker], task),
    close: stop,
  };
}

function endedEarly(code: number): W2vError {
  const hint = 'run it again; if that does not help, give { threads: 1 }';
  return new W2vError('worker-failed', `a worker thread ended early (exit code ${code})`, hint);
}

/** The error for a system that cannot start a thread or lacks its resources; undefined for other errors. */
function startFailure(error: unknown, started: number | undefined, wanted: number): W2vError | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return outOfMemory(
      `a worker thread ran out of memory: ${message}`,
      'keep fewer words ({ minCount, maxVocab }), or give fewer { threads }',
      { cause: error },
    );
  }
  if (code !== 'ERR_WORKER_INIT_FAILED') return undefined;
  const reason = /E[A-Z]+/.exec(message)?.[0] ?? message;
  const files = reason === 'EMFILE' || reason === 'ENFILE';
  const observed = started === undefined ? `not all of ${wanted}` : `${started} of ${wanted}`;
  return outOfMemory(
    `the system allows ${files ? 'too few open files' : 'too few threads'} (${reason}): ${observed} worker threads started`,
    `give fewer { threads }, or raise the limit (${files ? 'ulimit -n' : "ulimit -u, or the container's limit of processes"})`,
    { cause: error },
  );
}

function revive(error: NonNullable<Reply['error']>): Error {
  if (error.code && error.hint) return new W2vError(error.code as W2vError['code'], error.message, error.hint);
  const plain = error.name === 'RangeError' ? new RangeError(error.message) : new Error(error.message);
  if (error.stack) plain.stack = error.stack;
  return plain;
}
