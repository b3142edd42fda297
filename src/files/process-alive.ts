// Whether a process of this machine lives, by its id.
import { readFileSync } from 'node:fs';

/** False also for one that was killed and waits to be noticed by its parent, which in containers may never happen. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  try {
    // Linux: PID (NAME) STATE ..., where the name may hold anything.
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
}
