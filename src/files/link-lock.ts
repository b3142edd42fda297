// A lock that is a symbolic link to the name of its holder, which is made in one step. It is stale if that process has
// ended.
import { randomBytes } from 'node:crypto';
import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, hasEnded, host } from './leftovers.ts';
import { forget, temporaryBeside } from './temporaries.ts';

const PATIENCE = 10_000; // milliseconds: giving names to complete files takes a few
const POLL = 20; // milliseconds

type Release = () => void;

/**
 * The function that gives the lock back; undefined if another process holds it. Where there can be no lock (no symbolic
 * links, no permission), there is none, and the function does nothing.
 */
function takeLock(path: string): Release | undefined {
  const own = `${host}-${process.pid}-${randomBytes(4).toString('hex')}`;
  for (;;) {
    try {
      symlinkSync(own, path);
      return () => {
        if (linkAt(path) === own) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => {};
    }
    const stale = staleLock(path);
    if (stale === undefined) return undefined;
    if (!removeStale(path, stale)) return () => {};
  }
}

/**
 * Waits for the locks under which several files get their names, so that of two processes that write one file and
 * others at the same time one wins with all of its files. Locks that are not given back in 10 seconds are passed over.
 */
export async function lockCommit(paths: readonly string[]): Promise<Release> {
  const until = Date.now() + PATIENCE;
  const held: Release[] = [];
  // In one order, so that no two wait for each other.
  for (const path of [...paths].sort()) {
    let lock = takeLock(path);
    while (lock === undefined && Date.now() <= until) {
      await sleep(POLL);
      lock = takeLock(path);
    }
    if (lock) held.push(lock);
  }
  return () => {
    for (const release of held) release();
  };
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // gone, or not a link of ours
  }
}

/** What the lock says if its holder has ended, '' if it is gone; undefined if it is held. */
function staleLock(path: string): string | undefined {
  try {
    const text = readlinkSync(path);
    const [on, pid] = text.split('-');
    const { mtimeMs } = lstatSync(path);
    const isStale = on === host ? hasEnded(Number(pid), mtimeMs) : Date.now() - mtimeMs > DAY;
    return isStale ? text : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined; // not a link of ours
  }
}

/**
 * Takes the stale lock away by renaming it. If another waiter was faster and it is a new lock by now, it goes back.
 * False if it may not be removed.
 */
function removeStale(path: string, stale: string): boolean {
  if (stale === '') return true;
  const aside = temporaryBeside(path);
  try {
    renameSync(path, aside);
    const text = readlinkSync(aside);
    if (text !== stale) symlinkSync(text, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'EEXIST';
  } finally {
    rmSync(aside, { force: true });
    forget(aside);
  }
}
