// A lock that is a symbolic link to the name of its holder, which is made in one step. It is stale if that process has
// ended.
import { lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, hasEnded, host } from './leftovers.ts';

const PATIENCE = 10_000; // milliseconds: giving names to complete files takes a few
const POLL = 20; // milliseconds

type Release = () => void;

/**
 * The function that gives the lock back, or who holds it: 'process 12'. Where there can be no lock (no symbolic links,
 * no permission), there is none, and the function does nothing.
 */
function takeLock(path: string): Release | string {
  for (;;) {
    try {
      symlinkSync(`${host}-${process.pid}`, path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => {};
    }
    const holder = holderOf(path);
    if (holder !== undefined) return holder;
    rmSync(path, { force: true });
  }
}

/**
 * Waits for the lock in which several files get their names, so that of two processes that write the same files at the
 * same time one wins with all of them. If one is not given back in 10 seconds, goes on without.
 */
export async function lockCommit(path: string): Promise<Release> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const lock = takeLock(path);
    if (typeof lock === 'function') return lock;
    if (Date.now() > until) return () => {};
    await sleep(POLL);
  }
}

/** Undefined if the holder has ended. */
function holderOf(path: string): string | undefined {
  try {
    const [on, pid] = readlinkSync(path).split('-');
    const { mtimeMs } = lstatSync(path);
    if (on === host) return hasEnded(Number(pid), mtimeMs) ? undefined : `process ${pid}`;
    return Date.now() - mtimeMs > DAY ? undefined : `process ${pid} of another machine`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'another process'; // not a link of ours
  }
}
