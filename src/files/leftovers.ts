// Whether a file or a folder with the name of a process in its own name was left behind by one that was killed.
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { isProcessAlive } from './process-alive.ts';

/** Process ids are valid on one machine only, but folders may be shared between machines. */
export const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 4);

export const DAY = 24 * 60 * 60 * 1000; // milliseconds
const started = Date.now() - process.uptime() * 1000;

/**
 * True if process `pid` of machine `on` has ended, or if the file was last changed a day ago. With the id of this
 * process it is from an earlier one if it is older (containers reuse ids). `modified`: milliseconds since 1970.
 */
export function isLeftBehind(on: string | undefined, pid: number, modified: number): boolean {
  if (Date.now() - modified > DAY) return true;
  return on === host && hasEnded(pid, modified);
}

/** Whether the process of this machine that made a file with its number has ended. */
export function hasEnded(pid: number, modified: number): boolean {
  return pid === process.pid ? modified < started : !isProcessAlive(pid);
}
