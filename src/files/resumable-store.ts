// The states of a training or a counting in its folder: the newest and the one before, of which the older is replaced
// by way of a temporary file. So there is always a whole one. What the folder may hold, and its lock, is the matter of
// resumable-folder.ts; a state as a file, of state-file.ts.
import { basename, join } from 'node:path';
import { malformed, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type Identity, requireFormat, requireSame } from './identity.ts';
import { type FolderOptions, lockFolder, openFolder, type ResumableWork } from './resumable-folder.ts';
import {
  DamagedState,
  readArrays,
  readHeader,
  type StateArrays,
  type StateHeader,
  type StateKind,
  writeState,
} from './state-file.ts';
import { removeLeftovers } from './temporaries.ts';
import { writeFiles } from './write-files.ts';

export interface SavedWork<Facts, Arrays extends StateArrays> extends ResumableWork, StateKind<Facts, Arrays> {}

export interface SavedState<Facts, Arrays extends StateArrays> {
  header: StateHeader<Facts, Arrays>;
  arrays: Arrays;
  file: string;
}

export interface NewestOptions<Facts, Arrays extends StateArrays> {
  /** What is wrong with a state whose hashes are right, if anything. */
  flaw(header: StateHeader<Facts, Arrays>, arrays: Arrays): Promise<string | undefined> | string | undefined;
  /** Hears of each file that is not whole. */
  onDamaged?: ((file: string, why: string) => void) | undefined;
}

export interface ResumableStore<Facts, Arrays extends StateArrays> {
  /** The files there were to go on from, damaged or not. */
  found: readonly string[];
  /**
   * The header of the newest state. Throws `usage` unless it agrees with what is known now, `file-malformed` if it is of
   * another version.
   */
  peek(known: Identity): Promise<StateHeader<Facts, Arrays> | undefined>;
  /**
   * The newest state that is whole, read and checked. Throws `usage` (of other work), `file-malformed` (none is whole;
   * of another version).
   */
  newest(identity: Identity, options: NewestOptions<Facts, Arrays>): Promise<SavedState<Facts, Arrays>>;
  /** Returns the file. Throws `file-unwritable`; then what was there is still there. */
  save(identity: Identity, facts: Facts, arrays: Arrays): Promise<string>;
  /** Lets others have the folder. */
  close(): Promise<void>;
}

/** @throws W2vError as `openFolder` does */
export async function openStore<Facts, Arrays extends StateArrays>(
  folder: string,
  work: SavedWork<Facts, Arrays>,
  options: FolderOptions,
): Promise<ResumableStore<Facts, Arrays>> {
  const { found, lock: first } = await openFolder(folder, work, options);
  let lock = first;
  const of = { folder, work: work.name };
  const paths = work.saves.map((name) => join(folder, name));
  for (const path of paths) await removeLeftovers(path);
  /** The last one that is of this work: the next does not replace it. */
  let last: { file: string; sequence: number } | undefined;

  /** The states with a good header, the newest first. */
  async function headers(onDamaged: (file: string, why: string) => void = () => {}) {
    const all: { file: string; header: StateHeader<Facts, Arrays> }[] = [];
    for (const file of paths) {
      const header = await readHeader(file, work).catch((error) => orDamaged(file, error, onDamaged));
      if (header) all.push({ file, header });
    }
    return all.sort((a, b) => b.header.sequence - a.header.sequence);
  }

  function requireSameWork({ format, identity }: StateHeader<Facts, Arrays>, now: Identity, isAll: boolean): void {
    requireFormat(format, work.format, of);
    requireSame(identity, now, { ...of, isAll });
  }

  return {
    found,
    async peek(known) {
      const [newest] = await headers();
      if (newest) requireSameWork(newest.header, known, false);
      return newest?.header;
    },
    async newest(identity, { flaw, onDamaged }) {
      const damaged: string[] = [];
      const note = (file: string, why: string) => {
        damaged.push(`${basename(file)}: ${why}`);
        onDamaged?.(file, why);
      };
      for (const { file, header } of await headers(note)) {
        requireSameWork(header, identity, true);
        const arrays = await readArrays(file, work).catch((error) => orDamaged(file, error, note));
        if (!arrays) continue;
        const why = await flaw(header, arrays);
        if (why !== undefined) {
          note(file, why);
          continue;
        }
        last = { file, sequence: header.sequence };
        return { header, arrays, file };
      }
      const observed = `no checkpoint in ${quotable(folder)} is whole (${damaged.join('; ')})`;
      const hint = `begin the ${work.name} again, with { force: true } in the same folder`;
      throw malformed(observed, hint);
    },
    async save(identity, facts, arrays) {
      if (!(await lock.isHeld())) {
        await lock.release();
        lock = await lockFolder(folder, work); // it was removed, or taken away after this process had been stopped for a while
      }
      const [other] = last ? [] : await headers();
      const newest = last ?? (other && { file: other.file, sequence: other.header.sequence });
      const file = paths.find((one) => one !== newest?.file)!;
      const sequence = (newest?.sequence ?? 0) + 1;
      const lengths = Object.fromEntries(Object.keys(work.arrays).map((name) => [name, arrays[name].length]));
      const header = {
        ...{ format: work.format, savedAt: new Date().toISOString(), sequence, identity, ...facts },
        arrays: lengths as Record<keyof Arrays, number>,
      };
      const content = (sink: Parameters<typeof writeState>[0]) => writeState(sink, work, header, arrays);
      const outdated = last ? [] : paths.filter((one) => one !== file);
      const mode = work.mode === undefined ? undefined : work.mode & 0o666;
      await writeFiles([{ path: file, content }], { force: true, outdated, mode, isAlone: true });
      last = { file, sequence };
      return file;
    },
    close: () => lock.release().catch(() => undefined),
  };
}

/** For `catch`: nothing where there is no file or a damaged one, which is noted. */
function orDamaged(path: string, error: unknown, onDamaged: (file: string, why: string) => void): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return;
  if (error instanceof DamagedState) onDamaged(path, error.message);
  else if (code === 'EIO') onDamaged(path, 'it cannot be read (input/output error)');
  else {
    const observed = `${quotable(path)} cannot be read: ${code ?? error}`;
    throw new W2vError('file-unreadable', observed, 'check its permissions');
  }
}
