// Whether a lock, a file or a folder that names its process was left behind by one that was killed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Process ids are valid on one machine only, but folders may be shared between machines. */
export const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 4);

const DAY = 24 * 60 * 60 * 1000; // milliseconds
const started = Date.now() - process.uptime() * 1000;

/** Milliseconds since 1970, never before this process began, also where the clock is set back meanwhile. */
export const timeOfProcess = (): number => started + process.uptime() * 1000;

/**
 * True if process `pid` of machine `on` has ended, or if the file was last changed a day ago. `modified`: milliseconds
 * since 1970.
 */
export function isLeftBehind(on: string | undefined, pid: number, modified: number): boolean {
  if (Date.now() - modified > DAY) return true;
  return on === host && hasEnded(pid, modified);
}

/**
 * Whether the process of this machine has ended that made something at `made` (milliseconds since 1970). With the id of
 * this process it was an earlier one if that is older: a container that is started again gives the same ids.
 */
export function hasEnded(pid: number, made: number): boolean {
  return pid === process.pid ? made < started : !isProcessAlive(pid);
}

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
