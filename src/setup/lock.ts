// A lock that allows one set-up at a time. The lock file names its holder's process, which writes to it every few
// seconds. It is stale if that process has ended. Because process ids are reused, or may belong to another machine on
// the same disk, it is also stale if it was not written to for a minute by the clock of that disk.
import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted, W2vError } from '../errors.ts';
import { isCode } from '../fetch/cache.ts';
import { quotable } from '../printable.ts';

export interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Called once if another process holds the lock. */
  onWait?: ((holder: string) => void) | undefined;
  /** Milliseconds between checks of a held lock. */
  pollMilliseconds?: number;
  /** Milliseconds without a write after which a lock is stale. */
  staleMilliseconds?: number;
}

/**
 * Runs `work` while holding the lock file `path`; waits for it as long as its holder lives.
 * @throws W2vError 'setup-failed' if the path is a folder, 'interrupted'
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { pollMilliseconds = 200, staleMilliseconds = 60_000 } = options;
  const text = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  let isTold = false;
  let own = await acquire(path, text);
  while (typeof own === 'number') {
    throwIfAborted(options.signal);
    const holder = await readHolder(path);
    if (holder !== undefined && isStale(holder, own, staleMilliseconds)) await removeStale(path, holder);
    else {
      if (holder !== undefined && !isTold) {
        options.onWait?.(`process ${holder.pid} on ${holder.host}`);
        isTold = true;
      }
      await sleep(pollMilliseconds);
    }
    own = await acquire(path, text);
  }
  const handle = own;
  // Writes to this very file, even if another one has its name by now: then the lock was taken away as stale.
  const heartbeat = setInterval(() => handle.write(text, 0).catch(() => {}), staleMilliseconds / 12);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    const isOwn = (await handle.stat()).ino === (await stat(path).catch(() => undefined))?.ino;
    await handle.close();
    if (isOwn) await rm(path, { force: true });
  }
}

interface Holder {
  text: string;
  pid: number;
  host: string;
  /** When it was last written to, by the clock of the disk. */
  touched: number;
}

/**
 * The open lock file, or, if another process holds the lock, the time by the clock of its disk, which is not this
 * machine's on a network. A hard link appears whole or not at all, so no process reads a lock without its holder.
 */
async function acquire(path: string, text: string): Promise<FileHandle | number> {
  const own = uniqueName(path);
  const handle = await open(own, 'wx', 0o600);
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
    await rm(own, { force: true });
    if (!isHeld) await handle.close();
  }
}

/** On disks without hard links, such as exFAT: for a moment the lock is there and empty. */
async function acquireWithoutLinks(path: string, text: string, now: number): Promise<FileHandle | number> {
  try {
    const handle = await open(path, 'wx', 0o600);
    await handle.write(text, 0);
    return handle;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return now;
    throw error;
  }
}

/** Undefined if the lock no longer exists. Set-up never creates anything but a file, such as a dangling link. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const found = await lstat(path);
    if (found.isDirectory()) {
      const observed = `${quotable(path)} is a folder, expected the lock file of a set-up`;
      throw new W2vError('setup-failed', observed, 'remove it, then run w2v setup again');
    }
    if (!found.isFile()) return { text: '', pid: 0, host: '', touched: 0 };
    const text = await readFile(path, 'utf8');
    return { text, ...parseHolder(text), touched: found.mtimeMs };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** pid 0 if the lock names no holder: it is not written yet, or a full disk truncated it. */
function parseHolder(text: string): { pid: number; host: string } {
  try {
    const { pid, host } = JSON.parse(text) as { pid: number; host: string };
    if (Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string') return { pid, host };
  } catch {
    // as one of nobody
  }
  return { pid: 0, host: '' };
}

const unnamedMilliseconds = 2000;

function isStale(holder: Holder, now: number, staleMilliseconds: number): boolean {
  const age = now - holder.touched;
  if (age > staleMilliseconds || (holder.pid === 0 && age > unnamedMilliseconds)) return true;
  return holder.pid !== 0 && holder.host === hostname() && !isAlive(holder.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Takes the stale lock away by renaming it. If another waiter was faster and it is a new lock by now, it goes back. */
async function removeStale(path: string, stale: Holder): Promise<void> {
  const aside = uniqueName(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const text = await readFile(aside, 'utf8').catch(() => ''); // a link that leads nowhere
  if (text !== '' && text !== stale.text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

function uniqueName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
}
