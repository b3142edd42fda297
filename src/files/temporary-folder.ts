// Makes temporary folders in the system's folder for them, for their owner alone. A name has the process that made it,
// so that the next run removes what a killed one left behind.
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host, isLeftBehind } from './leftovers.ts';

const made = new Set<string>(); // by this process: the clock of its disk may lag behind
const pattern = /^w2v-[a-z]+-([0-9a-f]{4})-(\d+)-\w{6}$/;

/** A new empty folder with mode 0700; `kind`: what it is for, in small letters. Throws system errors. */
export function makeTemporaryFolder(kind: string): string {
  const parent = tmpdir();
  removeLeftoverFolders(parent);
  const folder = mkdtempSync(join(parent, `w2v-${kind}-${host}-${process.pid}-`));
  made.add(folder);
  return folder;
}

/** Removes the folders of this process, for use at exit: a second Ctrl-C does not wait for those who would. */
export function removeTemporaryFolders(): void {
  for (const folder of made) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // the next run that makes one removes it
    }
  }
}

/** Only folders of this user, because in a shared folder anybody may have given anything such a name. */
function removeLeftoverFolders(parent: string): void {
  for (const name of listed(parent)) {
    const match = pattern.exec(name);
    const folder = join(parent, name);
    if (match === null || made.has(folder)) continue;
    try {
      const found = lstatSync(folder);
      if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) continue;
      if (isLeftBehind(match[1], Number(match[2]), found.mtimeMs)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // another process removes it as well
    }
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // mkdtemp gives the reason
  }
}
