// A lock file: one process at a time. It names its holder, which writes to it every few seconds. It is stale if that
// process has ended. Because process ids are reused, or may belong to another machine on the same disk, it is also
// stale if it was not written to for a minute by the clock of that disk.
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../base/errors.ts';
import { hasEnded, timeOfProcess } from './leftovers.ts';
import { readRegular } from './regular-file.ts';
import { forget, removeLeftovers, removeTemporary, temporaryBeside } from './temporaries.ts';

export interface Lock {
  /** False once another process has taken the lock away as stale, after this one was stopped for a minute. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** The process that holds a lock; `pid` 0 if the lock names none yet. */
export interface Holder {
  pid: number;
  host: string;
}

export interface LockFileOptions {
  /** Milliseconds without a write after which a lock is stale. */
  staleMilliseconds?: number | undefined;
}

/** The lock, or who holds it; 'folder' if a folder has its name. Throws system errors. */
export async function tryLock(
  path: string,
  { staleMilliseconds = 60_000 }: LockFileOptions = {},
): Promise<Lock | Holder | 'folder'> {
  const since = new Date(timeOfProcess()).toISOString();
  const text = JSON.stringify({ pid: process.pid, host: hostname(), since });
  for (;;) {
    const own = await acquire(path, text);
    if (typeof own !== 'number') {
      await removeLeftovers(path); // of a process that was killed while it made its lock
      return held(path, own, text, staleMilliseconds);
    }
    const holder = await readHolder(path);
    if (holder === 'folder') return 'folder';
    if (holder === undefined) continue;
    if (!isStale(holder, own, staleMilliseconds)) return holder;
    await removeStale(path, holder);
  }
}

export interface WaitOptions extends LockFileOptions {
  /** Milliseconds after which a lock that is held is given up; default: none. */
  patience?: number | undefined;
  /** Milliseconds between checks of a lock that is held. */
  poll: number;
  /** Called once if another process holds the lock. */
  onWait?: ((holder: Holder) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** As `tryLock`, but waits while another process holds the lock. Throws `interrupted`. */
export async function waitForLock(
  path: string,
  { patience = Number.POSITIVE_INFINITY, poll, onWait, signal, ...options }: WaitOptions,
): Promise<Lock | Holder | 'folder'> {
  const until = Date.now() + patience;
  for (let waits = 0; ; waits++) {
    const lock = await tryLock(path, options);
    if (lock === 'folder' || 'release' in lock || Date.now() > until) return lock;
    throwIfAborted(signal);
    if (waits === 0) onWait?.(lock);
    await sleep(poll);
  }
}

/**
 * Waits for several locks, and returns the function that gives them back. Those that are not given back in 10 seconds
 * are passed over, and those that there cannot be (no permission).
 */
export async function lockAll(paths: readonly string[]): Promise<() => Promise<void>> {
  const until = Date.now() + 10_000; // giving names to complete files takes milliseconds
  const locks: Lock[] = [];
  // In one order, so that no two wait for each other.
  for (const path of [...paths].sort()) {
    const lock = await waitForLock(path, { patience: until - Date.now(), poll: 20 }).catch(() => undefined);
    if (typeof lock === 'object' && 'release' in lock) locks.push(lock);
  }
  return async () => {
    for (const lock of locks) await lock.release().catch(() => undefined);
  };
}

function held(path: string, handle: FileHandle, text: string, staleMilliseconds: number): Lock {
  // Writes to this very file, even if another one has its name by now: then the lock was taken away as stale.
  const heartbeat = setInterval(() => handle.write(text, 0).catch(() => {}), staleMilliseconds / 12);
  heartbeat.unref();
  let isReleased = false;
  const isHeld = async () =>
    !isReleased && (await handle.stat()).ino === (await lstat(path).catch(() => undefined))?.ino;
  return {
    isHeld,
    async release() {
      if (isReleased) return;
      clearInterval(heartbeat);
      const isOwn = await isHeld();
      isReleased = true;
      await handle.close();
      if (isOwn) await rm(path, { force: true });
    },
  };
}

interface Found extends Holder {
  text: string;
  /** When the lock was made, by the clock of its machine: milliseconds since 1970, or NaN. */
  since: number;
  /** When it was last written to, by the clock of the disk. */
  touched: number;
}

// Whoever may write in its folder reads who holds it.
const MODE = 0o644;

const isCode = (error: unknown, ...codes: string[]) => codes.includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * The open lock file, or, if another process holds the lock, the time by the clock of its disk, which is not this
 * machine's on a network. A hard link appears whole or not at all, so no process reads a lock without its holder.
 */
async function acquire(path: string, text: string): Promise<FileHandle | number> {
  const own = temporaryBeside(path);
  const handle = await open(own, 'wx', MODE);
  let isHeld = false;
  try {
    await handle.write(text, 0);
    const now = (await handle.stat()).mtimeMs;
    try {
      await link(own, path);
    } catch (error) {
      if (isCode(error, 'EEXIST')) return now;
      if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
      return await acquireWithoutLinks(path, text, now);
    }
    isHeld = true;
    return handle;
  } finally {
    await removeTemporary(own);
    if (!isHeld) await handle.close();
  }
}

/** On disks without hard links, such as exFAT: for a moment the lock is there and empty. */
async function acquireWithoutLinks(path: string, text: string, now: number): Promise<FileHandle | number> {
  try {
    const handle = await open(path, 'wx', MODE);
    await handle.write(text, 0);
    return handle;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return now;
    throw error;
  }
}

const nobody = { text: '', pid: 0, host: '', since: Number.NaN, touched: 0 };

/** Undefined if the lock no longer exists. Only a regular file is read: a link or a FIFO there is the lock of nobody. */
async function readHolder(path: string): Promise<Found | 'folder' | undefined> {
  try {
    const found = await lstat(path);
    if (found.isDirectory()) return 'folder';
    if (!found.isFile()) return nobody;
    const text = await readRegular(path);
    return { ...parseHolder(text), text, touched: found.mtimeMs };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (isCode(error, 'ELOOP', 'ENXIO')) return nobody; // not a file any more
    throw error;
  }
}

/** pid 0 if the lock names no holder: it is not written yet, or a full disk truncated it. */
function parseHolder(text: string): Pick<Found, 'pid' | 'host' | 'since'> {
  try {
    const { pid, host, since } = JSON.parse(text) as { pid: number; host: string; since: string };
    if (Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string')
      return { pid, host, since: Date.parse(since) };
  } catch {
    // as one of nobody
  }
  return nobody;
}

const unnamedMilliseconds = 2000;

function isStale(holder: Found, now: number, staleMilliseconds: number): boolean {
  const age = now - holder.touched;
  if (age > staleMilliseconds || (holder.pid === 0 && age > unnamedMilliseconds)) return true;
  return holder.pid !== 0 && holder.host === hostname() && hasEnded(holder.pid, holder.since);
}

/** Takes the stale lock away by renaming it. If another waiter was faster and it is a new lock by now, it goes back. */
async function removeStale(path: string, stale: Found): Promise<void> {
  const aside = temporaryBeside(path);
  try {
    await rename(path, aside);
  } catch (error) {
    forget(aside);
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const text = await readRegular(aside).catch(() => ''); // a link
  if (text !== '' && text !== stale.text) await link(aside, path).catch(() => {});
  await removeTemporary(aside);
}
