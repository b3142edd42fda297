// Manages temporary files next to the output files: which names are in use, and which files a killed run left behind.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { host, isLeftBehind } from './leftovers.ts';

const inUse = new Set<string>();
const LONGEST = 100; // bytes of the final name to repeat; file systems allow 255, some only 143

/** An unused name next to `path`. It counts as in use until `forget`. */
export function temporaryBeside(path: string): string {
  const name = `.${stem(path)}.${host}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  const temporary = join(dirname(path), name);
  inUse.add(temporary);
  return temporary;
}

/** The name of the lock for writing `path` together with other files. */
export function lockBeside(path: string): string {
  return join(dirname(path), `.${stem(path)}.lock`);
}

export function forget(temporary: string): void {
  inUse.delete(temporary);
}

export async function removeTemporary(temporary: string): Promise<void> {
  await rm(temporary, { force: true }).catch(() => undefined);
  forget(temporary);
}

/** Removes the temporary files of this process synchronously, for use at exit. */
export function removeTemporaries(): void {
  for (const temporary of inUse) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // the next run that writes this file removes it
    }
  }
  inUse.clear();
}

/**
 * Removes temporary files that killed runs left behind for `path` and for what belongs to it (`path.json`, which may be
 * set aside when it is outdated, and is not there any more then): those of dead processes of this machine, and any that
 * are older than a day.
 */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${stem(path)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(start)) continue;
    const match = /^(?:[a-z]+\.)?(?:([0-9a-f]{4})-(\d+)-)?[0-9a-f]{8}\.tmp$/.exec(name.slice(start.length));
    const temporary = join(folder, name);
    if (match === null || inUse.has(temporary)) continue;
    const found = await stat(temporary).catch(() => undefined);
    if (found === undefined || !isLeftBehind(match[1], Number(match[2]), found.mtimeMs)) continue;
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** The name of `path`, truncated between characters. */
function stem(path: string): string {
  let cut = '';
  for (const character of basename(path)) {
    if (Buffer.byteLength(cut + character) > LONGEST) break;
    cut += character;
  }
  return cut;
}
