// Commits a transaction on files: renames complete temporary files to their final names, all or none.
import { linkSync, lstatSync, renameSync as renameOnce, rmSync } from 'node:fs';
import { W2vError } from '../base/errors.ts';
import { fileExists, type Target } from './targets.ts';
import { forget, temporaryBeside } from './temporaries.ts';
import { asUnwritable } from './unwritable.ts';

export interface Step {
  target: Target;
  /** The complete new file; undefined to only remove the old file. */
  temporary: string | undefined;
}

/**
 * Synchronous, so that no signal handler runs between two steps. If a step fails, earlier steps are undone and the old
 * files are restored. Throws `file-unwritable`, and `file-exists` without `force`.
 *
 * If the process is killed in the middle, files may be missing, but new and old files are never mixed: all old files
 * except the first are renamed away, then the first is replaced, then the others appear.
 */
export function commit(steps: readonly Step[], force: boolean): void {
  const undo: (() => void)[] = [];
  const backups: string[] = [];
  let name = '';
  try {
    // A single step is atomic.
    if (force && steps.length > 1) {
      for (const [at, { target }] of steps.entries()) {
        name = target.name;
        const backup = setAside(target.path, at === 0);
        if (backup === undefined) continue;
        backups.push(backup);
        undo.push(() => {
          renameSync(backup, target.path);
          rmSync(backup, { force: true }); // rename keeps both names if they were links to one file
        });
      }
    }
    for (const { target, temporary } of steps) {
      name = target.name;
      if (temporary === undefined) rmSync(target.path, { force: true });
      else {
        install(temporary, target, force);
        undo.push(() => rmSync(target.path, { force: true }));
      }
    }
  } catch (error) {
    throw rolledBack(undo, backups, asUnwritable(name, error));
  }
  for (const backup of backups) discard(backup);
}

const WINDOWS_PATIENCE = 1000; // milliseconds

/**
 * On Windows a file cannot be renamed while a virus scanner or an indexer has it open, which takes some milliseconds.
 */
function renameSync(from: string, to: string): void {
  for (const until = Date.now() + WINDOWS_PATIENCE; ; ) {
    try {
      renameOnce(from, to);
      return;
    } catch (error) {
      const isOpen = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (process.platform !== 'win32' || !isOpen || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** A backup name for the file at `path`: a second name (`keep`), or a new name; undefined if there is no file. */
function setAside(path: string, keep: boolean): string | undefined {
  const backup = temporaryBeside(path);
  try {
    if (!keep || !linked(path, backup)) renameSync(path, backup);
    return backup;
  } catch (error) {
    forget(backup);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Renames `temporary` to `target`; without `force` only if `target` does not exist. */
function install(temporary: string, target: Target, force: boolean): void {
  if (force) renameSync(temporary, target.path);
  else if (linked(temporary, target.path)) rmSync(temporary, { force: true });
  else {
    if (lstatSync(target.path, { throwIfNoEntry: false })) throw fileExists(target.name);
    renameSync(temporary, target.path);
  }
  forget(temporary);
}

/** False if the file system does not support or allow the hard link, or if the name exists. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function rolledBack(undo: (() => void)[], backups: readonly string[], error: W2vError): W2vError {
  let failed = false;
  for (const step of undo.reverse()) {
    try {
      step();
    } catch {
      failed = true;
    }
  }
  for (const backup of backups) forget(backup);
  const kept = failed ? backups.filter((backup) => lstatSync(backup, { throwIfNoEntry: false })) : [];
  if (kept.length === 0) return error;
  const message = `${error.message}; the old files could not be restored`;
  return new W2vError(error.code, message, `they are kept as ${kept.join(', ')}`, { cause: error });
}

function discard(backup: string): void {
  try {
    rmSync(backup, { force: true });
  } catch {
    // the next run that writes this file removes it
  }
  forget(backup);
}
