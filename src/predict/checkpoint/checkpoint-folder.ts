// A folder of checkpoints: the newest and the one before, checkpoint-1.w2v and checkpoint-2.w2v, of which the older is replaced
// by way of a temporary file. So there is always a complete one. A lock keeps a second training out.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { W2vError } from '../../errors.ts';
import { type Lock, tryLock } from '../../files/lock-file.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { removeLeftovers } from '../../files/temporaries.ts';
import { unwritable } from '../../files/unwritable.ts';
import { writeFiles } from '../../files/write-files.ts';
import { quotable } from '../../printable.ts';
import {
  type CheckpointBody,
  type CheckpointHeader,
  DamagedCheckpoint,
  FORMAT,
  readBody,
  readHeader,
  writeCheckpoint,
} from './checkpoint-file.ts';
import { type Identity, requireSame } from './identity.ts';

/** true: go on from what the folder holds; 'if-any': begin where it holds nothing. */
export type Resume = boolean | 'if-any';

export interface FolderOptions {
  resume: Resume;
  /** Begin although the folder holds the checkpoints of another training, which the first new one replaces. */
  force: boolean;
}

export interface SavedCheckpoint extends CheckpointBody {
  header: CheckpointHeader;
  file: string;
}

export type OnDamaged = (file: string, why: string) => void;

export interface CheckpointFolder {
  /** Whether there is something to go on from, damaged or not. */
  holdsAny: boolean;
  /** Throws `usage` unless what was saved, if anything, agrees with what is known now. */
  check(known: Identity, epochs: number): Promise<void>;
  /**
   * The newest checkpoint that is whole, read and checked. Throws `usage` (of another training), `file-malformed` (none is
   * whole; of another version).
   */
  load(identity: Identity, epochs: number, onDamaged: OnDamaged): Promise<SavedCheckpoint>;
  /** Throws `file-unwritable`; then what was there is still there. */
  write(header: Omit<CheckpointHeader, 'format' | 'savedAt' | 'sequence'>, body: CheckpointBody): Promise<string>;
  /** Lets others have the folder. */
  close(): Promise<void>;
}

const NAMES = ['checkpoint-1.w2v', 'checkpoint-2.w2v'] as const;
const LOCK = 'checkpoint.lock';

/**
 * @throws W2vError 'file-missing' (nothing to resume), 'file-exists' (the folder holds checkpoints, or other files),
 *   'file-unwritable' (it cannot be made or written to, or another training uses it)
 */
export async function openCheckpointFolder(dir: string, { resume, force }: FolderOptions): Promise<CheckpointFolder> {
  const names = await entriesOf(dir, resume === true);
  const holdsAny = NAMES.some((name) => names.includes(name));
  if (resume === true && !holdsAny) {
    const hint = 'begin the training with { checkpoint }, or name the folder that it was given';
    throw new W2vError('file-missing', `${quotable(dir)} holds no checkpoint to resume from`, hint);
  }
  if (resume !== true && !holdsAny) requireEmpty(dir, names);
  if (resume === false && holdsAny && !force) {
    const hint = 'go on with { resume }, choose another folder, or begin anew with { force: true }';
    throw new W2vError('file-exists', `${quotable(dir)} holds the checkpoint of a training`, hint);
  }
  const lock = await lockOf(dir);
  const paths = NAMES.map((name) => join(dir, name));
  for (const path of paths) await removeLeftovers(path);
  return folderOf(dir, paths, lock, holdsAny);
}

function folderOf(dir: string, paths: readonly string[], first: Lock, holdsAny: boolean): CheckpointFolder {
  let lock = first;
  /** The one that the next does not replace, and its number. */
  let newest: string | undefined;
  let sequence = 0;
  /** Whether what is in the folder is of this training. */
  let isOwn = false;

  /** The checkpoints with a good header, the newest first. */
  async function headers(onDamaged: OnDamaged) {
    const found: { path: string; header: CheckpointHeader }[] = [];
    for (const path of paths) {
      const header = await readHeader(path).catch((error) => orDamaged(path, error, onDamaged));
      if (header) found.push({ path, header });
    }
    return found.sort((a, b) => b.header.sequence - a.header.sequence);
  }

  function requireSameTraining(
    { identity, epochs, format }: CheckpointHeader,
    now: Identity,
    wanted: number,
    isAll: boolean,
  ) {
    if (format !== FORMAT) {
      const observed = `the checkpoint in ${quotable(dir)} has format ${format}, expected ${FORMAT}`;
      throw new W2vError('file-malformed', observed, 'resume it with the version of w2v that began the training');
    }
    requireSame(identity, now, dir, { isAll });
    if (wanted >= epochs) return;
    const observed = `the training in ${quotable(dir)} has ${epochs} epochs, and ${wanted} are asked for`;
    throw new W2vError('usage', observed, `train it to its end with { epochs: ${epochs} }, or give more`);
  }

  return {
    holdsAny,
    async check(known, epochs) {
      const [first] = await headers(() => {});
      if (first) requireSameTraining(first.header, known, epochs, false);
    },
    async load(identity, epochs, onDamaged) {
      const damaged: string[] = [];
      const note: OnDamaged = (file, why) => {
        damaged.push(`${basename(file)}: ${why}`);
        onDamaged(file, why);
      };
      for (const { path, header } of await headers(note)) {
        requireSameTraining(header, identity, epochs, true);
        const body = await readBody(path).catch((error) => orDamaged(path, error, note));
        if (!body) continue;
        newest = path;
        sequence = header.sequence;
        isOwn = true;
        return { header, file: path, ...body };
      }
      const observed = `no checkpoint in ${quotable(dir)} is whole (${damaged.join('; ')})`;
      throw new W2vError(
        'file-malformed',
        observed,
        'begin the training again, with { force: true } in the same folder',
      );
    },
    async write(header, body) {
      if (!(await lock.isHeld())) {
        await lock.release();
        lock = await lockOf(dir); // it was removed, or taken away after this process had been stopped for a while
      }
      if (!isOwn) {
        const [last] = await headers(() => {});
        newest = last?.path;
        sequence = last?.header.sequence ?? 0;
      }
      const path = paths.find((one) => one !== newest)!;
      const full = { format: FORMAT, savedAt: new Date().toISOString(), sequence: sequence + 1, ...header };
      const content = (sink: Parameters<typeof writeCheckpoint>[0]) => writeCheckpoint(sink, full, body);
      const outdated = isOwn ? [] : paths.filter((one) => one !== path);
      await writeFiles([{ path, content }], { force: true, outdated });
      newest = path;
      sequence++;
      isOwn = true;
      return path;
    },
    close: () => lock.release().catch(() => undefined),
  };
}

/** What a folder holds; made if need be. */
async function entriesOf(dir: string, mustExist: boolean): Promise<string[]> {
  const found = await stat(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(dir, error);
  });
  if (found === undefined && mustExist) {
    throw new W2vError('file-missing', `${quotable(dir)}: there is no such folder to resume from`, 'check the path');
  }
  if (found && !found.isDirectory()) {
    throw new W2vError(
      'file-unwritable',
      `${quotable(dir)} is not a folder, as checkpoints need`,
      'choose another path',
    );
  }
  try {
    await makeFolder(dir);
    return await readdir(dir);
  } catch (error) {
    throw unwritable(dir, error);
  }
}

/** The lock of a killed training, temporary files and whatever else begins with a dot do not matter. */
function requireEmpty(dir: string, names: readonly string[]): void {
  const others = names.filter((name) => !name.startsWith('.') && name !== 'lost+found' && !name.startsWith(LOCK));
  if (others.length === 0) return;
  const observed = `${quotable(dir)} holds other files (${quotable(others[0]!)}), expected an empty or a new folder`;
  throw new W2vError('file-exists', observed, 'name a folder for the checkpoints alone');
}

async function lockOf(dir: string): Promise<Lock> {
  const path = join(dir, LOCK);
  let lock = await tryLock(path).catch(refusing(path));
  // A training that was killed just now may still be on its way out.
  for (let waits = 0; waits < 20 && lock !== 'folder' && !('release' in lock); waits++) {
    await sleep(100);
    lock = await tryLock(path).catch(refusing(path));
  }
  if (lock === 'folder') {
    throw new W2vError('file-unwritable', `${quotable(path)} is a folder, expected a lock file`, 'remove it');
  }
  if ('release' in lock) return lock;
  const who = lock.pid === 0 ? 'another training' : `process ${lock.pid} on ${quotable(lock.host)}`;
  const hint = `wait for its end, or choose another folder; if it is gone, remove ${quotable(path)}`;
  throw new W2vError('file-unwritable', `${quotable(dir)} is in use by ${who}`, hint);
}

/** For `catch` */
function refusing(path: string): (error: unknown) => never {
  return (error) => {
    throw unwritable(path, error);
  };
}

/** For `catch`: nothing where there is no file or a damaged one, which is noted. */
function orDamaged(path: string, error: unknown, onDamaged: OnDamaged): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return;
  if (error instanceof DamagedCheckpoint) onDamaged(path, error.message);
  else if (code === 'EIO') onDamaged(path, 'it cannot be read (input/output error)');
  else
    throw new W2vError(
      'file-unreadable',
      `${quotable(path)} cannot be read: ${code ?? error}`,
      'check its permissions',
    );
}
