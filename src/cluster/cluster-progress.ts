// The progress of a job on a cluster: its stages as tasks that are done.
import type { OnProgress } from '../base/progress.ts';
import type { Stage } from './protocol/messages.ts';

export interface ClusterProgress {
  onProgress?: OnProgress | undefined;
  onReattach?: ((why: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Attempts that fail are counted by Spark too, so the tasks that are done are at most those that there are. Spark adds
 * stages as it goes on: the part that is done never shrinks for it, and all tasks done is not the end.
 */
export function stagesReporter(phase: string, { onProgress }: ClusterProgress) {
  let part = 0;
  return (stages: readonly Stage[]): void => {
    let [done, total] = [0, 0];
    for (const { numTasks, numCompletedTasks } of stages) {
      total += Number(numTasks);
      done += Math.min(Number(numTasks), Number(numCompletedTasks));
    }
    if (total === 0 || done === total) return;
    part = Math.max(part, done / total);
    onProgress?.({ phase, done: part * total, total, unit: 'steps' });
  };
}
