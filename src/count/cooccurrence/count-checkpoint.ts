// Saves the counting, so that it goes on after its process has ended. A folder has the sorted runs (`runs`) and, twice,
// what is in them: a state has the hash of each part of the runs that was written for it.
import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from '../../files/identity.ts';
import { type Resume, savesIn } from '../../files/resumable-folder.ts';
import { openStore, type ResumableStore, type SavedWork } from '../../files/resumable-store.ts';
import { fieldsOf, isNatural, listOf, natural, shape, text } from '../../files/shape.ts';
import { asUnwritable } from '../../files/unwritable.ts';
import type { Extents } from './counting-worker.ts';
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

/** What has been counted: the first `position` entries of the corpus, in these runs. */
interface Counted {
  position: number;
  runs: Extents[][];
  /** Length of the runs file. */
  bytes: number;
}

interface CountFacts extends Counted {
  /** From the byte where the part before ends, to `end`. */
  parts: { end: number; sha256: string }[];
}

type NoArrays = Record<never, never>;

const extents = shape(
  'a list of offsets and lengths',
  (value) => Array.isArray(value) && value.length % 2 === 0 && value.every(isNatural),
);
const RUNS = 'runs';
export const counting: SavedWork<CountFacts, NoArrays> = {
  name: 'counting',
  saves: ['state-1.w2v', 'state-2.w2v'],
  // A counting that was killed before its first save leaves runs without a state.
  parts: [RUNS],
  mode: 0o700,
  format: 2,
  facts: {
    position: natural,
    runs: listOf(listOf(extents)),
    bytes: natural,
    parts: listOf(fieldsOf({ end: natural, sha256: text })),
  },
  arrays: {},
  misfit({ identity, position, runs, bytes, parts }) {
    if (position > Number(identity.entries)) return `${position} of ${identity.entries} entries are counted`;
    const partsOfRun = String(identity.rows).split(' ').length - 1;
    if (runs.some((run) => run.length !== partsOfRun)) {
      return `"runs" have other parts than the ${partsOfRun} of its rows`;
    }
    for (const extents of runs.flat()) {
      for (let at = 0; at < extents.length; at += 2) {
        if (extents[at] + extents[at + 1] > bytes) return `"runs" end after ${bytes} bytes`;
      }
    }
    let from = 0;
    for (const { end } of parts) {
      if (end <= from) return '"parts" are not in order';
      from = end;
    }
    return from === bytes ? undefined : `"parts" end at ${from}, expected ${bytes}`;
  },
};
const nothing: CountFacts = { position: 0, runs: [], bytes: 0, parts: [] };

/**
 * Throws `file-exists` (without `resume`, the folder has something), `file-missing` (with `resume`, it has no state),
 * `usage` (what it has is of another counting), `file-malformed` (no state is whole), `file-unwritable`.
 */
export async function openCountCheckpoint(
  { folder, resume = false, force = false, onDamaged }: CountCheckpointOptions,
  identity: Identity,
): Promise<CountCheckpoint> {
  const store = await openStore(folder, counting, { resume, force });
  let file: number | undefined;
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
    file = openSync(join(folder, RUNS), flags, 0o600);
    const spill = {
      ...{ file, directory: folder, holds: 'the counts of the checkpoint' },
      room: 'free disk space and go on with { resume }',
      other: 'begin again with another folder ({ checkpoint })',
    };
    if (resume === false) for (const name of store.found) await rm(join(folder, name)); // before the runs that they describe
    const goesOn = resume !== false && store.found.length > 0;
    const flaw = ({ parts }: CountFacts) => flawOfRuns(spill, parts);
    const found = goesOn ? (await store.newest(identity, { flaw, onDamaged })).header : nothing;
    ftruncateSync(file, found.bytes);
    return checkpointIn(store, spill, identity, found);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    await store.close();
    throw asUnwritable(join(folder, RUNS), error);
  }
}

function checkpointIn(
  store: ResumableStore<CountFacts, NoArrays>,
  spill: SpillFile,
  identity: Identity,
  found: CountFacts,
): CountCheckpoint {
  let { parts } = found;
  return {
    spill,
    found,
    async save(counted) {
      const from = parts.at(-1)?.end ?? 0;
      if (counted.bytes > from) {
        fdatasyncSync(spill.file); // before a state that says that it is there
        parts = [...parts, { end: counted.bytes, sha256: await hashOfPart(spill, from, counted.bytes) }];
      }
      await store.save(identity, { ...counted, parts }, {});
    },
    async close() {
      closeSync(spill.file);
      await store.close();
    },
  };
}

/** Throws what `openCountCheckpoint` can throw before the text is read. */
export async function checkCountCheckpoint({ folder, resume = false, force = false }: CountCheckpointOptions) {
  await savesIn(folder, counting, { resume, force });
}

async function flawOfRuns(spill: SpillFile, parts: CountFacts['parts']): Promise<string | undefined> {
  const flaw = 'the runs of it are damaged';
  let from = 0;
  try {
    for (const { end, sha256 } of parts) {
      if ((await hashOfPart(spill, from, end)) !== sha256) return flaw;
      from = end;
    }
    return undefined;
  } catch {
    return flaw; // it ends before
  }
}
