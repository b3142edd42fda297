// A folder that a training or a counting has for itself: it is saved there, and goes on from there. A lock keeps a
// second one out. At its end what is saved stays: a training can go on with more epochs, a counting with another way of
// making vectors.
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { missing, usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type Lock, waitForLock } from './lock-file.ts';
import { makeFolder } from './make-folder.ts';
import { requireRegular } from './regular-file.ts';
import { locate } from './targets.ts';
import { unwritable } from './unwritable.ts';

/** true: go on from what the folder holds; 'if-any': begin where it holds nothing. */
export type Resume = boolean | 'if-any';

export interface FolderOptions {
  resume: Resume;
  /** Begin although the folder holds something to go on from. */
  force: boolean;
}

export interface ResumableWork {
  /** In messages: `training`, `counting`. */
  name: string;
  /** The files it goes on from. */
  saves: readonly string[];
  /** Its other files. */
  parts?: readonly string[] | undefined;
  /** Permissions of a new folder. */
  mode?: number | undefined;
}

const LOCK = 'checkpoint.lock';

/**
 * Which of the work's `saves` are in the folder, which is made if it may be new.
 *
 * @throws W2vError 'file-missing' (nothing to resume), 'file-exists' (it holds saved work, or other files),
 *   'file-unwritable' (also where a link, a folder or a FIFO has the name of a file)
 */
export async function savesIn(
  folder: string,
  { name: work, saves, parts = [], mode }: ResumableWork,
  { resume, force }: FolderOptions,
): Promise<string[]> {
  const names = await entriesOf(folder, resume === true, mode);
  const found = saves.filter((name) => names.includes(name));
  if (resume === true && found.length === 0) {
    const hint = `begin the ${work} with { checkpoint }, or name the folder that it was given`;
    throw missing(`${quotable(folder)} holds no checkpoint to resume from`, hint);
  }
  if (found.length === 0) requireEmpty(folder, names, parts);
  if (resume === false && found.length > 0 && !force) {
    const hint = 'go on with { resume }, choose another folder, or begin anew with { force: true }';
    throw new W2vError('file-exists', `${quotable(folder)} holds the checkpoint of a ${work}`, hint);
  }
  for (const name of [...saves, ...parts]) await requireRegular(join(folder, name));
  return found;
}

/**
 * Locks the folder and says which of the work's `saves` are in it. It is looked at before, so that no one waits in vain,
 * and again under the lock: whoever had it may have saved and ended meanwhile.
 *
 * @throws W2vError as `savesIn` and `lockFolder` do
 */
export async function openFolder(
  folder: string,
  work: ResumableWork,
  options: FolderOptions,
): Promise<{ found: string[]; lock: Lock }> {
  await savesIn(folder, work, options);
  const lock = await lockFolder(folder, work);
  try {
    return { found: await savesIn(folder, work, options), lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** @throws W2vError 'file-unwritable' (another process has it, or it cannot be written to) */
export async function lockFolder(folder: string, { name: work }: ResumableWork): Promise<Lock> {
  const path = join(folder, LOCK);
  // A process that was killed just now may still be on its way out.
  const lock = await waitForLock(path, { patience: 2000, poll: 100 }).catch((error) => {
    throw unwritable(path, error);
  });
  if (lock === 'folder') {
    throw new W2vError('file-unwritable', `${quotable(path)} is a folder, expected a lock file`, 'remove it');
  }
  if ('release' in lock) return lock;
  const who = lock.pid === 0 ? `another ${work}` : `process ${lock.pid} on ${quotable(lock.host)}`;
  const hint = `wait for its end, or choose another folder; if it is gone, remove ${quotable(path)}`;
  throw new W2vError('file-unwritable', `${quotable(folder)} is in use by ${who}`, hint);
}

/**
 * Throws `usage` if an output would replace a file that the work keeps in its folder, under whatever name it is given.
 * To be asked before the work, of all files that it will write.
 */
export async function checkNotSaved(
  outputs: readonly string[],
  folder: string,
  { name: work, saves, parts = [] }: ResumableWork,
): Promise<void> {
  const home = await realpath(folder).catch(() => resolve(folder));
  for (const output of outputs) {
    const { path } = await locate(output);
    if (dirname(path) !== home || ![...saves, ...parts, LOCK].includes(basename(path))) continue;
    const observed = `${quotable(output)} is an output and a file of the ${work}'s checkpoint`;
    throw usage(observed, 'choose another name for the output');
  }
}

/** What a folder holds; made if need be. */
async function entriesOf(folder: string, mustExist: boolean, mode: number | undefined): Promise<string[]> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(folder, error);
  });
  if (found === undefined && mustExist) {
    throw missing(`${quotable(folder)}: there is no such folder to resume from`, 'check the path');
  }
  if (found && !found.isDirectory()) {
    const observed = `${quotable(folder)} is not a folder, as checkpoints need`;
    throw new W2vError('file-unwritable', observed, 'choose another path');
  }
  try {
    await makeFolder(folder, mode);
    return await readdir(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** The lock and the parts of killed work, temporary files and whatever else begins with a dot do not matter. */
function requireEmpty(folder: string, names: readonly string[], parts: readonly string[]): void {
  const ignored = ['lost+found', ...parts];
  const others = names.filter((name) => !name.startsWith('.') && !ignored.includes(name) && !name.startsWith(LOCK));
  if (others.length === 0) return;
  const observed = `${quotable(folder)} holds other files (${quotable(others[0])}), expected an empty or a new folder`;
  throw new W2vError('file-exists', observed, 'name a folder for the checkpoints alone');
}
