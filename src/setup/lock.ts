// A lock that allows one set-up at a time, and makes the others wait.
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted, W2vError } from '../errors.ts';
import { tryLock } from '../files/lock-file.ts';
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
  const { pollMilliseconds = 200, staleMilliseconds, signal } = options;
  let isTold = false;
  for (;;) {
    const lock = await tryLock(path, { staleMilliseconds });
    if (lock === 'folder') {
      const observed = `${quotable(path)} is a folder, expected the lock file of a set-up`;
      throw new W2vError('setup-failed', observed, 'remove it, then run w2v setup again');
    }
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    throwIfAborted(signal);
    if (!isTold) options.onWait?.(`process ${lock.pid} on ${lock.host}`);
    isTold = true;
    await sleep(pollMilliseconds);
  }
}
