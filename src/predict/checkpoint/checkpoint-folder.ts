// A folder of checkpoints: the newest and the one before, checkpoint-1.w2v and checkpoint-2.w2v, of which the older is
// replaced by way of a temporary file. So there is always a complete one. A lock keeps a second training out.
import { basename, join } from 'node:path';
import { W2vError } from '../../errors.ts';
import { type Identity, requireFormat, requireSame } from '../../files/identity.ts';
import type { Lock } from '../../files/lock-file.ts';
import { type FolderOptions, lockFolder, openFolder, type ResumableWork } from '../../files/resumable-folder.ts';
import { removeLeftovers } from '../../files/temporaries.ts';
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
   * The newest checkpoint that is whole, read and checked. Throws `usage` (of another training), `file-malformed` (none
   * is whole; of another version).
   */
  load(identity: Identity, epochs: number, onDamaged: OnDamaged): Promise<SavedCheckpoint>;
  /** Throws `file-unwritable`; then what was there is still there. */
  write(header: Omit<CheckpointHeader, 'format' | 'savedAt' | 'sequence'>, body: CheckpointBody): Promise<string>;
  /** Lets others have the folder. */
  close(): Promise<void>;
}

const NAMES = ['checkpoint-1.w2v', 'checkpoint-2.w2v'] as const;
/** For `checkNotSaved`, too. */
export const training: ResumableWork = { name: 'training', saves: NAMES };

/**
 * @throws W2vError 'file-missing' (nothing to resume), 'file-exists' (the folder holds checkpoints, or other files),
 *   'file-unwritable' (it cannot be made or written to, or another training uses it)
 */
export async function openCheckpointFolder(dir: string, options: FolderOptions): Promise<CheckpointFolder> {
  const { found, lock } = await openFolder(dir, training, options);
  const paths = NAMES.map((name) => join(dir, name));
  for (const path of paths) await removeLeftovers(path);
  return folderOf(dir, paths, lock, found.length > 0);
}

function folderOf(dir: string, paths: readonly string[], first: Lock, holdsAny: boolean): CheckpointFolder {
  let lock = first;
  const of = { folder: dir, work: training.name };
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
    requireFormat(format, FORMAT, of);
    requireSame(identity, now, { ...of, isAll });
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
        lock = await lockFolder(dir, training); // it was removed, or taken away after this process had been stopped for a while
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
