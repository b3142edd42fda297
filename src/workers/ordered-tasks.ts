// Runs tasks on a pool ahead of time and uses their results in the order of the tasks. A task has one of a limited
// number of places, for example a buffer; its place is free again when its result was used.
import type { WorkerPool } from './pool.ts';

export interface OrderedTasks<Task, Result> {
  /** The number of the place of the next task. Waits until it is free, and meanwhile uses results. */
  place(): Promise<number>;
  /**
   * Gives the task of that place to `worker`, or else to the one with the least to do; returns the worker's number.
   * `use` receives the result, after those of all earlier tasks.
   */
  push(task: Task, use: (result: Result, worker: number) => void, worker?: number): number;
  /** Uses the results of all tasks. */
  drain(): Promise<void>;
}

/** At most `places` tasks are unfinished or unused at the same time. */
export function orderedTasks<Task, Result>(
  pool: Pick<WorkerPool<Task, Result>, 'threads' | 'send'>,
  places: number,
): OrderedTasks<Task, Result> {
  const waiting: { result: Promise<Result>; worker: number; use: (result: Result, worker: number) => void }[] = [];
  const load: number[] = new Array(pool.threads).fill(0);
  let pushed = 0;

  async function useOldest(): Promise<void> {
    const { result, worker, use } = waiting[0];
    const value = await result;
    waiting.shift();
    use(value, worker);
  }

  return {
    async place() {
      while (waiting.length >= places) await useOldest();
      return pushed % places;
    },
    push(task, use, worker = load.indexOf(Math.min(...load))) {
      pushed++;
      load[worker]++;
      const result = pool.send(worker, task);
      const done = () => void load[worker]--;
      result.then(done, done); // also a handler for errors: a later result may fail before it is awaited
      waiting.push({ result, worker, use });
      return worker;
    },
    async drain() {
      while (waiting.length > 0) await useOldest();
    },
  };
}
