// The per-user cache. Entries are created under a temporary name and renamed when complete, so every entry with its
// final name is complete, and leftovers of a killed set-up are recognized by their names.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, readdir, rename, rm, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { checkObject, checkText } from '../base/check.ts';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { makeFolder } from '../files/make-folder.ts';

/** A hint for a call without the folder of the cache. */
export const needsCache = 'give { cacheDirectory: defaultCacheDirectory(process.env) }';

const temporaryPrefix = 'tmp-';

/** Permissions of the folders: w2v loads code from here and stores vectors of private texts. */
const privately = 0o700;

/**
 * The folder for downloads and builds: W2V_CACHE, or XDG_CACHE_HOME/w2v, or ~/Library/Caches/w2v on macOS,
 * %LOCALAPPDATA%\\w2v\\Cache on Windows, and ~/.cache/w2v elsewhere. An empty variable counts as unset; a relative path
 * is relative to the current folder.
 */
export function defaultCacheDirectory(
  environment: Record<string, string | undefined>,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  checkObject(environment, 'the environment', 'give process.env');
  checkText(platform, 'the platform');
  checkText(home, 'the home folder');
  if (environment.W2V_CACHE) return resolve(environment.W2V_CACHE);
  if (environment.XDG_CACHE_HOME) return resolve(environment.XDG_CACHE_HOME, 'w2v');
  if (platform === 'win32' && environment.LOCALAPPDATA) return join(environment.LOCALAPPDATA, 'w2v', 'Cache');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'w2v') : join(home, '.cache', 'w2v');
}

/** A new empty folder inside the cache for incomplete work. */
export async function temporaryDirectory(cacheDirectory: string): Promise<string> {
  const path = join(cacheDirectory, `${temporaryPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await makeFolder(path, privately);
  return path;
}

const WINDOWS_PATIENCE = 1000; // milliseconds, as in files/commit.ts

/**
 * Renames finished work to its final name. An existing entry is kept, because it is complete too. Windows refuses to
 * replace a folder as it refuses a folder that a virus scanner has open for a moment: EPERM or EACCES.
 */
export async function publish(
  temporary: string,
  finished: string,
  { move = rename as (from: string, to: string) => Promise<void>, platform = process.platform as string } = {},
): Promise<void> {
  for (const until = Date.now() + WINDOWS_PATIENCE; ; ) {
    try {
      return await move(temporary, finished);
    } catch (error) {
      const isRefused = isCode(error, 'EPERM', 'EACCES', 'EBUSY');
      if (isCode(error, 'ENOTEMPTY', 'EEXIST') || (isRefused && existsSync(finished))) break;
      if (platform !== 'win32' || !isRefused || Date.now() > until) throw error;
      await setTimeout(20);
    }
  }
  await rm(temporary, { recursive: true, force: true });
}

/** Removes leftovers of killed set-ups. Only with the lock held: the work of a running set-up looks the same. */
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
    await access(`${cacheDirectory}/`, constants.W_OK | constants.X_OK); // the slash requires a folder
  } catch (cause) {
    throw new W2vError(
      'setup-failed',
      `the cache ${quotable(cacheDirectory)} is not writable (${errorCode(cause)})`,
      'set the environment variable W2V_CACHE to a folder you can write to',
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
  if (free < bytes) throw noRoom(cacheDirectory, `${what} needs ${bytes} bytes, but ${free} are free`);
}

export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** The error for a full disk. */
export function noRoom(cacheDirectory: string, detail: string, cause?: unknown): W2vError {
  return new W2vError(
    'setup-failed',
    `not enough space in the cache ${cacheDirectory}: ${detail}`,
    'free disk space, or set the environment variable W2V_CACHE to a folder on another disk',
    { cause },
  );
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(errorCode(error));
}

function errorCode(error: unknown): string {
  return String((error as NodeJS.ErrnoException)?.code ?? error);
}
