// Saves the counting, so that it goes on after its process has ended. A folder has the sorted runs (`runs`) and, twice,
// what is in them: state-1.json and state-2.json, of which the older is replaced. A state has the hash of each part of
// the runs that was written for it, and its own; a damaged one is recognised, and the one before is used.
import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { W2vError } from '../../errors.ts';
import { type Identity, requireFormat, requireSame } from '../../files/identity.ts';
import type { Lock } from '../../files/lock-file.ts';
import { readRegular } from '../../files/regular-file.ts';
import { openFolder, type ResumableWork, type Resume, savesIn } from '../../files/resumable-folder.ts';
import { asUnwritable } from '../../files/unwritable.ts';
import { writeFiles } from '../../files/write-files.ts';
import { quotable } from '../../printable.ts';
import { type Counted, FORMAT, formatState, parseState, type State } from './count-state.ts';
import { hashOfPart, type SpillFile } from './spill-file.ts';

export interface CountCheckpointOptions {
  /** A folder for this counting alone; made if it does not exist. */
  folder: string;
  /**
   * true: go on from what it has; 'if-any': begin if it has nothing; otherwise it must have nothing, unless `force`.
   */
  resume?: Resume | undefined;
  /** Begin although the folder has a saved counting, which is removed. */
  force?: boolean | undefined;
  /** Seconds between two saves; it is also saved when the signal fires, and when all is counted. Default 600. */
  everySeconds?: number | undefined;
  /** Called after each save, with the entries of the corpus that are counted. */
  onSaved?: ((counted: number, total: number) => void) | undefined;
  /** Called once, with the entries that were counted before. */
  onResumed?: ((counted: number, total: number) => void) | undefined;
  /** Called for a state that is damaged. */
  onDamaged?: ((file: string, why: string) => void) | undefined;
}

export interface CountCheckpoint {
  spill: SpillFile;
  found: Counted;
  save(counted: Counted): Promise<void>;
  close(): Promise<void>;
}

const STATES = ['state-1.json', 'state-2.json'];
const RUNS = 'runs';
// A counting that was killed before its first save leaves runs without a state.
export const counting: ResumableWork = { name: 'counting', saves: STATES, parts: [RUNS], mode: 0o700 };
const nothing: Counted = { position: 0, runs: [], bytes: 0 };

/**
 * Throws `file-exists` (without `resume`, the folder has something), `file-missing` (with `resume`, it has no state),
 * `usage` (what it has is of another counting), `file-malformed` (no state is whole), `file-unwritable`.
 */
export async function openCountCheckpoint(
  { folder, resume = false, force = false, onDamaged }: CountCheckpointOptions,
  identity: Identity,
): Promise<CountCheckpoint> {
  const { found: names, lock } = await openFolder(folder, counting, { resume, force });
  let file: number | undefined;
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
    file = openSync(join(folder, RUNS), flags, 0o600);
    const spill = {
      ...{ file, directory: folder, holds: 'the counts of the checkpoint' },
      room: 'free disk space and go on with { resume }',
      other: 'begin again with another folder ({ checkpoint })',
    };
    if (resume === false) for (const name of names) await rm(join(folder, name)); // before the runs that they describe
    const goesOn = resume !== false && names.length > 0;
    const last = goesOn ? await newestState(folder, names, spill, identity, onDamaged) : undefined;
    ftruncateSync(file, last?.bytes ?? 0);
    return checkpointIn(folder, spill, identity, last, lock);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    await lock.release();
    throw asUnwritable(join(folder, RUNS), error);
  }
}

function checkpointIn(
  folder: string,
  spill: SpillFile,
  identity: Identity,
  last: State | undefined,
  lock: Lock,
): CountCheckpoint {
  let { sequence, parts } = last ?? { sequence: 0, parts: [] };
  return {
    spill,
    found: last ?? nothing,
    async save(counted) {
      const from = parts.at(-1)?.end ?? 0;
      if (counted.bytes > from) {
        fdatasyncSync(spill.file); // before a state that says that it is there
        parts = [...parts, { end: counted.bytes, sha256: await hashOfPart(spill, from, counted.bytes) }];
      }
      sequence++;
      const state: State = { format: FORMAT, sequence, identity, ...counted, parts };
      const content = Buffer.from(formatState(state));
      const path = join(folder, STATES[sequence % 2]!);
      await writeFiles([{ path, content: (sink) => sink.write(content) }], { force: true, mode: 0o600 });
    },
    async close() {
      closeSync(spill.file);
      await lock.release();
    },
  };
}

/** Throws what `openCountCheckpoint` can throw before the text is read. */
export async function checkCountCheckpoint({ folder, resume = false, force = false }: CountCheckpointOptions) {
  await savesIn(folder, counting, { resume, force });
}

/** The newest state that is whole, with all its runs. */
async function newestState(
  folder: string,
  names: readonly string[],
  spill: SpillFile,
  identity: Identity,
  onDamaged: CountCheckpointOptions['onDamaged'],
): Promise<State> {
  const found: { name: string; state: State }[] = [];
  const damaged: string[] = [];
  const note = (name: string, why: string) => {
    damaged.push(`${name}: ${why}`);
    onDamaged?.(join(folder, name), why);
  };
  for (const name of names) {
    const state = parseState(await readRegular(join(folder, name)).catch(() => ''));
    if (typeof state === 'string') note(name, state);
    else found.push({ name, state });
  }
  found.sort((a, b) => b.state.sequence - a.state.sequence);
  for (const { name, state } of found) {
    const of = { folder, work: counting.name };
    requireFormat(state.format, FORMAT, of);
    requireSame(state.identity, identity, { ...of, isAll: true });
    if (await areWhole(spill, state)) return state;
    note(name, `the runs of it are damaged`);
  }
  const observed = `nothing in ${quotable(folder)} is whole (${damaged.join('; ')})`;
  throw new W2vError('file-malformed', observed, 'begin again with { checkpoint } and another folder');
}

async function areWhole(spill: SpillFile, { parts }: State): Promise<boolean> {
  let from = 0;
  try {
    for (const { end, sha256 } of parts) {
      if ((await hashOfPart(spill, from, end)) !== sha256) return false;
      from = end;
    }
    return true;
  } catch {
    return false; // it ends before
  }
}
