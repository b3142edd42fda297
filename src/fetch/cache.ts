// The per-user cache. Whatever enters it is made under a temporary name and renamed when whole, so a name that exists
// is complete, and what a killed set-up leaves behind is recognized by its name.
import { randomBytes } from 'node:crypto';
import { access, constants, readdir, rename, rm, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { W2vError } from '../errors.ts';
import { makeFolder } from '../files/make-folder.ts';
import { quotable } from '../printable.ts';

const temporaryPrefix = 'tmp-';

/** Permissions of the folders: code is loaded from here, and vectors of private texts are kept. */
const privately = 0o700;

/**
 * The folder for what w2v downloads and builds: W2V_CACHE, else XDG_CACHE_HOME/w2v, else ~/Library/Caches/w2v on macOS
 * and ~/.cache/w2v elsewhere. An empty variable counts as unset; a relative path is from the current folder.
 */
export function defaultCacheDirectory(
  environment: Record<string, string | undefined>,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  if (environment.W2V_CACHE) return resolve(environment.W2V_CACHE);
  if (environment.XDG_CACHE_HOME) return resolve(environment.XDG_CACHE_HOME, 'w2v');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'w2v') : join(home, '.cache', 'w2v');
}

/** A new empty folder inside the cache, for work that is not whole yet. */
export async function temporaryDirectory(cacheDirectory: string): Promise<string> {
  const path = join(cacheDirectory, `${temporaryPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await makeFolder(path, privately);
  return path;
}

/** Moves finished work to its name. Where the name is taken already, that is kept: it is complete too. */
export async function publish(temporary: string, finished: string): Promise<void> {
  try {
    await rename(temporary, finished);
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what set-ups left that were killed. Only for the holder of the lock: a running one's work looks the same. */
export async function removeLeftovers(cacheDirectory: string): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    if (name.startsWith(temporaryPrefix)) await rm(join(cacheDirectory, name), { recursive: true, force: true });
  }
}

/**
 * Creates the cache folder and checks that it can be written to.
 * @throws W2vError 'setup-failed'
 */
export async function openCache(cacheDirectory: string): Promise<void> {
  try {
    await makeFolder(cacheDirectory, privately);
    await access(`${cacheDirectory}/`, constants.W_OK | constants.X_OK); // with the slash it must be a folder
  } catch (cause) {
    throw new W2vError(
      'setup-failed',
      `the cache ${quotable(cacheDirectory)} cannot be written to (${errorCode(cause)})`,
      'set the environment variable W2V_CACHE to a folder you may write to',
      { cause },
    );
  }
}

/**
 * Checks that the cache's disk has `bytes` free.
 * @throws W2vError 'setup-failed'
 */
export async function requireRoom(cacheDirectory: string, bytes: number, what: string): Promise<void> {
  const free = await freeBytes(cacheDirectory);
  if (free < bytes) throw noRoom(cacheDirectory, `${what} needs ${bytes} bytes free, and there are ${free}`);
}

export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** The error for a disk that is full, or filled up on the way. */
export function noRoom(cacheDirectory: string, detail: string, cause?: unknown): W2vError {
  return new W2vError(
    'setup-failed',
    `no room in the cache ${cacheDirectory}: ${detail}`,
    'free some disk space, or set the environment variable W2V_CACHE to a folder on another disk',
    { cause },
  );
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(errorCode(error));
}

function errorCode(error: unknown): string {
  return String((error as NodeJS.ErrnoException)?.code ?? error);
}
