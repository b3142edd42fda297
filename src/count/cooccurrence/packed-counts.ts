// Counts that travel from one machine to another: the bytes of the merged runs, part by part (rows in order; a row is
// its difference to the row before, then column differences and sums, then 0; all as variable-length numbers). Each
// machine has the same plan of parts, since it depends on the counts of the vocabulary and the window alone.
import { closeSync } from 'node:fs';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import type { Vocabulary } from '../../corpus/vocabulary.ts';
import { type CountingPlan, mostEntries, mostRunsMerged, planCounting } from './counting-plan.ts';
import type { CountingTask, Extents } from './counting-worker.ts';
import { countRuns, mergeRuns, startCounting } from './runs.ts';
import { openSpillFile, type SpillFile, transfer } from './spill-file.ts';
import { createTallies } from './tallies.ts';
import { type Weighting, windowWeights } from './window-weights.ts';

export interface PackedPiece {
  part: number;
  bytes: Uint8Array;
}

export interface PackedCounts {
  /** Of the plan, at most: see `partsFor`. */
  parts: number;
  /** Pieces of the merged parts; those of a part in the order of its bytes. */
  pieces: AsyncIterable<PackedPiece> | Iterable<PackedPiece>;
}

export interface PackingSettings {
  window: number;
  weighting: Weighting;
  directional: boolean;
  parts: number;
  /** Bytes, for one thread. */
  memory: number;
  temporaryDirectory?: string | undefined;
}

const BYTES_OF_PART = 1 << 24;
const BYTES_OF_ENTRY = 2.5; // as measured on texts
const PARTS = { least: 32, most: 4096 };

/** A number of parts so that none has many more than 16 MB. */
export function partsFor({ counts }: Vocabulary, window: number): number {
  const parts = Math.ceil((mostEntries(counts, window) * BYTES_OF_ENTRY) / BYTES_OF_PART);
  return Math.min(PARTS.most, Math.max(PARTS.least, parts));
}

/** The first row of each part, then V. */
export function partRowsOf(vocabulary: Vocabulary, settings: Omit<PackingSettings, 'memory'>): readonly number[] {
  return planOf(vocabulary, { ...settings, memory: Number.MAX_SAFE_INTEGER }, 1).partRows;
}

function planOf(
  { counts }: Vocabulary,
  { window, weighting, directional, memory, parts }: PackingSettings,
  tokens: number,
) {
  const weights = windowWeights(weighting, window);
  return planCounting({ ...{ counts, tokens, window, weights, directional, drawn: false, memory, parts }, threads: 1 });
}

function open(vocabulary: Vocabulary, settings: PackingSettings, corpus?: EncodedCorpus) {
  const length = corpus?.length ?? 0;
  const plan = planOf(vocabulary, settings, length);
  const spill = openSpillFile(settings.temporaryDirectory);
  const spillEnd = new BigInt64Array(new SharedArrayBuffer(8));
  const ids = corpus?.storage ?? { ids: new Int32Array(new SharedArrayBuffer(4)) };
  const pool = startCounting({ plan, spill, spillEnd, tallies: createTallies(plan), corpus: { length, ...ids } });
  return {
    ...{ plan, spill, spillEnd, pool },
    async close() {
      await pool.close();
      closeSync(spill.file);
    },
  };
}

/** The counts of a corpus: each part that is not empty. Throws as `countCooccurrences` does. */
export async function* packCounts(corpus: EncodedCorpus, settings: PackingSettings): AsyncGenerator<PackedPiece> {
  const counting = open(corpus.vocabulary, settings, corpus);
  const { plan, spill, pool } = counting;
  try {
    const merged = await mergeRuns(pool, plan, await countRuns(pool, corpus.length, {}), undefined);
    for (const [part, extents] of merged.entries()) {
      const bytes = bytesOf(spill, extents);
      if (bytes.length > 0) yield { part, bytes };
    }
  } finally {
    await counting.close();
  }
}

export interface PartMerger {
  /** Takes the bytes of one part of some run. */
  add(bytes: Uint8Array): void;
  /** Merges what was added, all of the part number `part`, and forgets it. */
  merge(part: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function openPartMerger(vocabulary: Vocabulary, settings: PackingSettings): PartMerger {
  const { plan, spill, spillEnd, pool, close } = open(vocabulary, settings);
  let runs: Extents[] = [];
  return {
    add: (bytes) => void runs.push(store(bytes, spill, spillEnd)),
    async merge(part) {
      const most = Math.max(2, mostRunsMerged(plan));
      for (;;) {
        const groups: Extents[][] = [];
        for (let start = 0; start < runs.length; start += most) groups.push(runs.slice(start, start + most));
        const tasks = groups.map((group): CountingTask => ({ kind: 'merge', part, last: false, runs: group }));
        runs = (await pool.run(tasks)).map(({ merged }) => merged!);
        if (runs.length <= 1) break;
      }
      const bytes = bytesOf(spill, runs[0] ?? []);
      runs = [];
      spillEnd[0] = 0n; // the file is used again
      return bytes;
    },
    close,
  };
}

/** Puts the pieces into the spill file: one run, which has all its parts. */
export async function storeParts(
  { pieces }: PackedCounts,
  plan: CountingPlan,
  spill: SpillFile,
  spillEnd: BigInt64Array,
): Promise<Extents[][]> {
  const run = plan.partRows.slice(1).map((): Extents => []);
  for await (const { part, bytes } of pieces) run[part].push(...store(bytes, spill, spillEnd));
  return [run];
}

function store(bytes: Uint8Array, spill: SpillFile, spillEnd: BigInt64Array): Extents {
  const offset = Number(Atomics.add(spillEnd, 0, BigInt(bytes.length)));
  transfer('write', spill, bytes, 0, bytes.length, offset);
  return [offset, bytes.length];
}

function bytesOf(spill: SpillFile, extents: Extents): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < extents.length; at += 2) {
    const piece = new Uint8Array(extents[at + 1]);
    transfer('read', spill, piece, 0, piece.length, extents[at]);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
