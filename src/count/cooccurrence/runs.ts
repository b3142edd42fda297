// The sorted runs of a counting: written by the threads that count, and merged part by part.
import type { OnProgress } from '../../base/progress.ts';
import { packageFile } from '../../package-file.ts';
import { startPool, type WorkerPool } from '../../workers/pool.ts';
import { type CountingPlan, mostRunsMerged, TASK_TOKENS } from './counting-plan.ts';
import type { CountingResult, CountingTask, CountingWorkerData, Extents } from './counting-worker.ts';

/** The threads of a plan. */
export function startCounting(data: CountingWorkerData): WorkerPool<CountingTask, CountingResult> {
  const ofEach = new Array<CountingWorkerData>(data.plan.threads).fill(data);
  return startPool(packageFile('dist/counting-worker.js'), ofEach);
}

/** Counts all entries of a corpus, of which the workers know; the runs, each a list of its parts. */
export async function countRuns(
  pool: WorkerPool<CountingTask, CountingResult>,
  length: number,
  { onProgress, signal }: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
): Promise<Extents[][]> {
  const report = reporter(length, onProgress);
  report(0);
  const counted = await pool.run(tasksOf(0, length), (done) => report(done * TASK_TOKENS), signal);
  return runsOf([...counted, ...(await pool.runOnEach({ kind: 'drain' }, signal))]);
}

export function tasksOf(from: number, to: number): CountingTask[] {
  const tasks: CountingTask[] = [];
  for (let position = from; position < to; position += TASK_TOKENS) {
    tasks.push({ kind: 'count', position, count: Math.min(TASK_TOKENS, to - position) });
  }
  return tasks;
}

/** The runs that have something. */
export function runsOf(results: readonly CountingResult[]): Extents[][] {
  return results.flatMap(({ runs = [] }) => runs).filter((run) => run.some((part) => part.length > 0));
}

export function reporter(length: number, onProgress: OnProgress | undefined): (done: number) => void {
  return (done) => onProgress?.({ phase: 'count', done: Math.min(length, done), total: length, unit: 'words' });
}

/** Merges part by part, in several rounds if there are more runs than a worker can read at once. */
export async function mergeRuns(
  pool: WorkerPool<CountingTask, CountingResult>,
  plan: CountingPlan,
  runs: Extents[][],
  signal: AbortSignal | undefined,
): Promise<Extents[]> {
  const parts = plan.partRows.length - 1;
  const most = Math.max(2, mostRunsMerged(plan));
  let round = runs;
  for (;;) {
    const last = round.length <= most;
    const groups: Extents[][][] = [];
    for (let start = 0; start === 0 || start < round.length; start += most)
      groups.push(round.slice(start, start + most));
    const tasks = groups.flatMap((group) =>
      Array.from({ length: parts }, (_, part): CountingTask => {
        return { kind: 'merge', part, last, runs: group.map((run) => run[part] as Extents) };
      }),
    );
    const merged = (await pool.run(tasks, undefined, signal)).map((result) => result.merged as Extents);
    if (last) return merged;
    round = groups.map((_, group) => merged.slice(group * parts, (group + 1) * parts));
  }
}
