// Worker threads that take tasks and answer with results, one at a time each.
import { Worker } from 'node:worker_threads';
import { throwIfAborted, W2vError } from '../errors.ts';

export interface WorkerPool<Task, Result> {
  threads: number;
  /**
   * Hands tasks to whichever worker is free; resolves to their results in the order of the tasks. Stops all workers
   * when the signal fires, a task fails, or a worker dies.
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

/** A worker with the one task it is busy with, and why it can take no more. */
interface Member<Result> {
  worker: Worker;
  pending?: { resolve(result: Result): void; reject(error: unknown): void } | undefined;
  failure?: Error;
}

/**
 * Starts workers on a built script, each with its own `workerData`; the script answers through `serveTasks`.
 * Throws `out-of-memory` where the system refuses a thread (here, or in the first `run`); none is left running then.
 */
export function startPool<Task, Result>(script: URL, workerData: unknown[]): WorkerPool<Task, Result> {
  const members: Member<Result>[] = [];
  const stop = async () => {
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  };
  try {
    // Options of the process, such as --input-type, are not for the scripts of its workers.
    for (const data of workerData) members.push(watched(new Worker(script, { workerData: data, execArgv: [] })));
  } catch (error) {
    void stop();
    throw startFailure(error, members.length, workerData.length) ?? error;
  }

  /** Listens for as long as the worker lives: an idle one that fails must not end the process. */
  function watched(worker: Worker): Member<Result> {
    const member: Member<Result> = { worker };
    const settle = (act: (pending: NonNullable<Member<Result>['pending']>) => void) => {
      const { pending } = member;
      member.pending = undefined;
      if (pending) act(pending);
    };
    const fail = (error: Error) => {
      member.failure ??= error;
      settle(({ reject }) => reject(member.failure));
    };
    worker.on('message', (reply: Reply) =>
      settle(({ resolve, reject }) => (reply.error ? reject(revive(reply.error)) : resolve(reply.result as Result))),
    );
    worker.on('error', (error: Error) => fail(startFailure(error, undefined, workerData.length) ?? error));
    worker.on('exit', (code) => fail(new Error(`a worker thread ended early (exit code ${code})`)));
    return member;
  }

  function ask(member: Member<Result>, task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (member.failure) {
        reject(member.failure);
        return;
      }
      member.pending = { resolve, reject };
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
    close: stop,
  };
}

/** What it means that the system refuses a thread or what a thread needs; undefined for any other error. */
function startFailure(error: unknown, started: number | undefined, wanted: number): W2vError | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new W2vError(
      'out-of-memory',
      `a worker thread ran out of memory: ${message}`,
      'keep fewer words ({ minCount, maxVocab }), or give fewer { threads }',
      { cause: error },
    );
  }
  if (code !== 'ERR_WORKER_INIT_FAILED') return undefined;
  const reason = /E[A-Z]+/.exec(message)?.[0] ?? message;
  const files = reason === 'EMFILE' || reason === 'ENFILE';
  const observed = started === undefined ? `not all of ${wanted}` : `${started} of ${wanted}`;
  return new W2vError(
    'out-of-memory',
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
