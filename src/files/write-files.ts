// Outputs appear whole or not at all: each is written to a temporary file in its own folder, and only when all of them
// are complete and on the disk do they take their names.
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { throwIfAborted } from '../errors.ts';
import { commit, type Step } from './commit.ts';
import type { OutputFile } from './output.ts';
import { openSpecial } from './special-output.ts';
import { locate, locateAll, refuseExisting, type Target } from './targets.ts';
import { removeLeftovers, removeTemporary, temporaryBeside } from './temporaries.ts';
import { told, unwritable } from './unwritable.ts';

export interface WriteOptions {
  /** Replace files that exist; they keep their mode and, where the system allows it, their owner. */
  force?: boolean | undefined;
  /** Permissions of new files, less the umask. */
  mode?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Throws, before any work is done, what `writeFiles` would throw: `usage` where two of `paths` are one file, `file-exists`
 * without `force`, `file-unwritable` where the folder is missing or refuses a file.
 */
export async function checkOutputs(paths: readonly string[], options: WriteOptions = {}): Promise<void> {
  for (const { name, path, special, found } of await locateAll(paths, options.force ?? false)) {
    if (special) {
      // A pipe may get its reader later.
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
 * Writes all of `files`, or none: they take their names when the last is complete, and where one cannot, the others are
 * taken back and the old ones stand again. `outdated`: files that go when these come, such as the manifest of a replaced file.
 * What killed runs left behind beside these files is removed.
 *
 * Throws `usage` where two outputs are one file, `file-exists`, `file-unwritable` (folder missing, no permission, disk
 * full), `interrupted`.
 */
export async function writeFiles(
  files: readonly OutputFile[],
  options: WriteOptions & { outdated?: readonly string[] } = {},
): Promise<void> {
  const { force = false, signal, outdated = [] } = options;
  const names = [...files.map(({ path }) => path), ...outdated];
  const targets = await locateAll(names, force);
  for (const { path, special } of targets) if (!special) await removeLeftovers(path);
  const steps: Step[] = [];
  try {
    for (const [at, target] of targets.entries()) {
      if (target.special) continue;
      const temporary = at < files.length ? temporaryBeside(target.path) : undefined;
      steps.push({ target, temporary });
      if (temporary !== undefined) await writeTemporary(temporary, target, files[at]!, options);
    }
    for (const [at, file] of files.entries()) {
      if (targets[at]!.special) await writeSpecial(targets[at]!, file, signal);
    }
    throwIfAborted(signal);
    // Somebody else may have written while we did.
    for (const { target } of steps) refuseExisting(await locate(target.name), force);
    if (steps.length > 0) commit(steps, force);
  } finally {
    for (const { temporary } of steps) if (temporary !== undefined) await removeTemporary(temporary);
  }
  for (const folder of new Set(steps.map(({ target }) => dirname(target.path)))) await syncFolder(folder);
}

/** For `catch`: what the system says against `name`, as ours. */
function refusing(name: string): (error: unknown) => never {
  return (error) => {
    throw told(name, error);
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
  // Some file systems tell only here that the disk is full.
  await handle.close().catch(refusing(name));
}

/** The new file gets the owner and the permissions of the old one. */
async function takeOver(handle: FileHandle, old: NonNullable<Target['found']>): Promise<void> {
  const now = await handle.stat({ bigint: true });
  // Only root may give files away; a member of a group may give them to it.
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

/** Makes the new names last. The files are complete whatever this says. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
