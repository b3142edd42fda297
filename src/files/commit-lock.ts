// A lock for the moment in which several files get their names, so that of two processes that write the same files at the
// same time one wins with all of them. The lock is a symbolic link to the name of its holder, which is made in one step.
import { lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { host, isLeftBehind } from './leftovers.ts';

const PATIENCE = 10_000; // milliseconds: a holder needs a few
const POLL = 20; // milliseconds

/**
 * Waits for the lock and returns a function that gives it back. Where there can be no lock (no symbolic links, no
 * permission), or one of another machine is not given back, goes on without.
 */
export async function lockCommit(path: string): Promise<() => void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      symlinkSync(`${host}-${process.pid}`, path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > until) return () => {};
    }
    if (isStale(path)) rmSync(path, { force: true });
    else await sleep(POLL);
  }
}

function isStale(path: string): boolean {
  try {
    const [on, pid] = readlinkSync(path).split('-');
    return isLeftBehind(on, Number(pid), lstatSync(path).mtimeMs);
  } catch {
    return false; // given back in the meantime, or not a link of ours
  }
}
