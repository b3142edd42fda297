// The worker side of a pool (pool.ts): receives a task, returns its result.
import { parentPort } from 'node:worker_threads';
import { W2vError } from '../base/errors.ts';

export function serveTasks<Task, Result>(work: (task: Task) => Result): void {
  parentPort?.on('message', (task: Task) => {
    try {
      parentPort?.postMessage({ result: work(task) });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const { name, message, stack } = error;
      parentPort?.postMessage({
        error: { name, message, stack, ...(error instanceof W2vError && { code: error.code, hint: error.hint }) },
      });
    }
  });
}
