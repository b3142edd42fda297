// One set-up at a time. The lock is a file naming its holder's process; the holder touches it every few seconds. It is
// stale when that process is gone, or, since a process number may have been given out again or belong to another
// machine on the same disk, when it was not touched for a minute.
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../errors.ts';
import { isCode } from './cache.ts';

export interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Called once when somebody else holds the lock. */
  onWait?: ((holder: string) => void) | undefined;
  /** Milliseconds between looks at a lock that is held. */
  pollMilliseconds?: number;
  /** Milliseconds without a touch after which a lock is stale. */
  staleMilliseconds?: number;
}

/** Runs `work` while holding the lock file `path`; waits for it as long as its holder lives. */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { pollMilliseconds = 200, staleMilliseconds = 60_000 } = options;
  let told = false;
  while (!(await acquire(path))) {
    throwIfAborted(options.signal);
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (isStale(holder, staleMilliseconds)) {
      await removeStale(path, holder);
      continue;
    }
    if (!told) options.onWait?.(`process ${holder.pid} on ${holder.host}`);
    told = true;
    await sleep(pollMilliseconds);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {}); // the lock was taken away as stale: the work's own steps are safe without it
  }, staleMilliseconds / 12);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

interface Holder {
  text: string;
  pid: number;
  host: string;
  touched: number;
}

/** A hard link appears whole or not at all, so nobody reads a lock without its holder in it. */
async function acquire(path: string): Promise<boolean> {
  const own = uniqueName(path);
  await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const { pid, host } = JSON.parse(text) as { pid: number; host: string };
    return { text, pid, host, touched: (await stat(path)).mtimeMs };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (error instanceof SyntaxError) return { text: '', pid: 0, host: '', touched: 0 };
    throw error;
  }
}

function isStale(holder: Holder, staleMilliseconds: number): boolean {
  if (Date.now() - holder.touched > staleMilliseconds) return true;
  return holder.host === hostname() && !isAlive(holder.pid);
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
  const text = await readFile(aside, 'utf8');
  if (stale.text !== '' && text !== stale.text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

function uniqueName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
}
