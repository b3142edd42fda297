// A lock that allows one set-up at a time, and makes the others wait.
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { waitForLock } from '../files/lock-file.ts';

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
  const { pollMilliseconds: poll = 200, onWait, ...rest } = options;
  const lock = await waitForLock(path, {
    ...rest,
    poll,
    onWait: ({ pid, host }) => onWait?.(`process ${pid} on ${host}`),
  });
  if (lock === 'folder' || !('release' in lock)) {
    const observed = `${quotable(path)} is a folder, expected the lock file of a set-up`;
    throw new W2vError('setup-failed', observed, 'remove it, then run w2v setup again');
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
