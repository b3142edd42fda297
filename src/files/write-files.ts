// Outputs appear whole or not at all: each is written to a temporary file in its own folder, and only when all of them
// are complete and on the disk do they take their names.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { OutputFile } from './output.ts';

export interface WriteOptions {
  /** Replace files that exist. */
  force?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

interface Target {
  /** As the user named it, for messages. */
  name: string;
  /** With links resolved, so that a link is written through and not replaced. */
  path: string;
  /** A device, a pipe: there is nothing to replace, the bytes go to it directly. */
  special: boolean;
}

/**
 * Throws, before any work is done, what `writeFiles` would throw: `file-exists` without `force`, `file-unwritable` where
 * the folder is missing or refuses a file.
 */
export async function checkOutputs(paths: readonly string[], options: WriteOptions = {}): Promise<void> {
  for (const path of paths) {
    const target = await locate(path, options.force ?? false);
    if (target.special) continue;
    const temporary = temporaryName(target.path);
    try {
      await (await open(temporary, 'wx')).close();
    } catch (error) {
      throw unwritable(target.name, error);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/**
 * Writes all of `files`, or none: they are renamed into place when the last is complete. Whatever happens before leaves
 * no file behind and existing ones untouched.
 *
 * Throws `file-exists`, `file-unwritable` (folder missing, no permission, disk full), `interrupted`.
 */
export async function writeFiles(files: readonly OutputFile[], options: WriteOptions = {}): Promise<void> {
  const force = options.force ?? false;
  const targets: Target[] = [];
  for (const file of files) targets.push(await locate(file.path, force));
  const temporaries: string[] = [];
  try {
    for (const [at, file] of files.entries()) {
      const target = targets[at]!;
      const path = target.special ? target.path : temporaryName(target.path);
      if (!target.special) temporaries.push(path);
      await writeOne(path, target, file, options.signal);
    }
    throwIfAborted(options.signal);
    // Somebody else may have written while we did.
    for (const target of targets) await locate(target.name, force);
    for (const target of targets.filter(({ special }) => !special)) {
      try {
        await rename(temporaries[0]!, target.path);
      } catch (error) {
        throw unwritable(target.name, error);
      }
      temporaries.shift();
    }
  } finally {
    for (const path of temporaries) await rm(path, { force: true });
  }
}

async function writeOne(path: string, target: Target, file: OutputFile, signal: AbortSignal | undefined) {
  let handle: FileHandle;
  try {
    handle = await open(path, target.special ? 'w' : 'wx');
  } catch (error) {
    throw unwritable(target.name, error);
  }
  try {
    await file.content({
      async write(bytes) {
        throwIfAborted(signal);
        try {
          for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
        } catch (error) {
          throw unwritable(target.name, error);
        }
      },
    });
    if (!target.special) await handle.sync();
  } finally {
    await handle.close();
  }
}

async function locate(name: string, force: boolean): Promise<Target> {
  try {
    const path = await realpath(name);
    const found = await stat(path);
    if (found.isDirectory()) throw new W2vError('file-unwritable', `${name} is a folder`, 'name a file in it');
    if (found.isFile() && !force) {
      throw new W2vError('file-exists', `${name} exists already`, 'choose another name, or replace it with --force');
    }
    return { name, path, special: !found.isFile() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { name, path: name, special: false };
    throw error instanceof W2vError ? error : unwritable(name, error);
  }
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`);
}

function unwritable(name: string, error: unknown): W2vError {
  const folder = dirname(name);
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const [why, hint] = {
    ENOENT: [`the folder ${folder} does not exist`, `make it first: mkdir -p ${folder}`],
    ENOTDIR: [`${folder} is not a folder`, 'choose another path'],
    EACCES: ['no permission', 'choose a folder you may write to'],
    EPERM: ['no permission', 'choose a folder you may write to'],
    EROFS: ['the file system is read-only', 'choose a folder you may write to'],
    ENOSPC: ['the disk is full', 'free some room, or choose another disk'],
    EDQUOT: ['your disk quota is used up', 'free some room, or choose another disk'],
    ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
  }[code] ?? [code, 'choose another path'];
  return new W2vError('file-unwritable', `${name} cannot be written: ${why}`, hint!, { cause: error });
}
