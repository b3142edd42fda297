// Writes output files atomically: each goes to a temporary file in its folder, and all are renamed only when all of
// them are complete and on disk.
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { throwIfAborted } from '../base/errors.ts';
import { commit, type Step } from './commit.ts';
import { lockAll } from './lock-file.ts';
import type { OutputFile } from './output.ts';
import { openSpecial } from './special-output.ts';
import { locate, locateAll, refuseExisting, type Target } from './targets.ts';
import { lockBeside, removeLeftovers, removeTemporary, temporaryBeside } from './temporaries.ts';
import { asUnwritable, unwritable } from './unwritable.ts';

export interface WriteOptions {
  /** Replace existing files; they keep their mode and, if the system allows it, their owner. */
  force?: boolean | undefined;
  /** Permissions of new files, before the umask. */
  mode?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Throws the errors of `writeFiles` before any work: `usage` if two of `paths` are one file, `file-exists` without
 * `force`, `file-unwritable` if the folder is missing or not writable.
 */
export async function checkOutputs(paths: readonly string[], options: WriteOptions = {}): Promise<void> {
  for (const { name, path, special, found } of await locateAll(paths, options.force ?? false)) {
    if (special) {
      // A pipe may get a reader later.
      if (!found?.isFIFO()) await (await openSpecial(path, options.signal).catch(refusing(name))).close();
      continue;
    }
    const temporary = temporaryBeside(path);
    try {
      await (await open(temporary, 'wx').catch(refusing(name))).close();
    } finally {
      await removeTemporary(temporary);
    }
  }
}

/**
 * Writes all of `files` or none. They get their names when the last is complete; if one fails, the others are removed
 * and the old files restored. `outdated`: files to remove at the same time, such as the manifest of a replaced file.
 * Also removes temporary files that killed runs left behind for these files. `isAlone`: the caller holds a lock that
 * keeps others from these files, so they are not locked one by one.
 *
 * Throws `usage` if two outputs are one file, `file-exists`, `file-unwritable` (folder missing, no permission, disk
 * full), `interrupted`.
 */
export async function writeFiles(
  files: readonly OutputFile[],
  options: WriteOptions & { outdated?: readonly string[]; isAlone?: boolean } = {},
): Promise<void> {
  const { force = false, signal, outdated = [], isAlone = false } = options;
  const names = [...files.map(({ path }) => path), ...outdated];
  const targets = await locateAll(names, force);
  for (const { path, special } of targets) if (!special) await removeLeftovers(path);
  const steps: Step[] = [];
  try {
    for (const [at, target] of targets.entries()) {
      if (target.special) continue;
      const temporary = at < files.length ? temporaryBeside(target.path) : undefined;
      steps.push({ target, temporary });
      if (temporary !== undefined) await writeTemporary(temporary, target, files[at], options);
    }
    for (const [at, file] of files.entries()) {
      if (targets[at].special) await writeSpecial(targets[at], file, signal);
    }
    throwIfAborted(signal);
    if (steps.length > 0) await commitInTurn(steps, force, isAlone);
  } finally {
    for (const { temporary } of steps) if (temporary !== undefined) await removeTemporary(temporary);
  }
  for (const folder of new Set(steps.map(({ target }) => dirname(target.path)))) await syncFolder(folder);
}

/** One process after another, so that of two that write one file and others, one wins with all of its files. */
async function commitInTurn(steps: readonly Step[], force: boolean, isAlone: boolean): Promise<void> {
  // One file is replaced in one step.
  const locks = steps.length > 1 && !isAlone ? steps.map(({ target }) => lockBeside(target.path)) : [];
  const release = await lockAll(locks);
  try {
    // Another process may have created these files in the meantime.
    for (const { target } of steps) refuseExisting(await locate(target.name), force);
    commit(steps, force);
  } finally {
    await release();
  }
}

/** For `catch`: converts a system error about `name` to a W2vError. */
function refusing(name: string): (error: unknown) => never {
  return (error) => {
    throw asUnwritable(name, error);
  };
}

async function writeTemporary(
  temporary: string,
  { name, found }: Target,
  file: OutputFile,
  { mode = 0o666, signal }: WriteOptions,
): Promise<void> {
  const handle = await open(temporary, 'wx', found === undefined ? mode : 0o600).catch(refusing(name));
  try {
    await file.content({
      async write(bytes) {
        throwIfAborted(signal);
        try {
          for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
        } catch (error) {
          throw unwritable(name, error);
        }
      },
    });
    if (found !== undefined) await takeOver(handle, found);
    await sync(handle).catch(refusing(name));
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
  // Some file systems report a full disk only here.
  await handle.close().catch(refusing(name));
}

/** Copies owner and permissions of the old file to the new file. */
async function takeOver(handle: FileHandle, old: NonNullable<Target['found']>): Promise<void> {
  const now = await handle.stat({ bigint: true });
  // Only root may change the owner; a member of a group may change the group to it.
  if (now.uid !== old.uid || now.gid !== old.gid) {
    await handle.chown(Number(old.uid), Number(old.gid)).catch(() => undefined);
  }
  await handle.chmod(Number(old.mode) & 0o777).catch(() => undefined);
}

async function writeSpecial({ name, path }: Target, file: OutputFile, signal: AbortSignal | undefined): Promise<void> {
  const output = await openSpecial(path, signal).catch(refusing(name));
  try {
    await file.content({
      async write(bytes) {
        throwIfAborted(signal);
        await output.write(bytes).catch(refusing(name));
      },
    });
  } catch (error) {
    await output.close().catch(() => undefined);
    throw error;
  }
  await output.close().catch(refusing(name));
}

const noSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']); // some network disks

async function sync(handle: FileHandle): Promise<void> {
  await handle.sync().catch((error: NodeJS.ErrnoException) => {
    if (!noSync.has(error.code ?? '')) throw error;
  });
}

/** Flushes the new names to disk. Errors are ignored, because the files are already complete. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
