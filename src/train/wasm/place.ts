// Where a training of the portable engine stands beside its matrices: chunks taken, tally, and, on one thread, the mean
// of the output rows as its kernel follows it (training-negatives.assembly.ts). Several threads compute their means
// anew.
import type { TrainingState } from '../engine.ts';
import type { Counters } from './counters.ts';
import type { TrainingMemory } from './training-memory.ts';

export interface Place {
  save(): TrainingState;
  /** Before the threads start. */
  resume(from: TrainingState): void;
}

/**
 * The position of a training that begins with chunk number `chunk`; `own` are the numbers after it of one that was
 * saved.
 */
export const placeAt = (chunk: number, own: readonly number[]): Float64Array => Float64Array.from([chunk, ...own]);

/** @param chunks of all epochs */
export function createPlace(
  memory: WebAssembly.Memory,
  at: Pick<TrainingMemory, 'row' | 'sharedMean' | 'scratch'>,
  counters: Counters,
  chunks: number,
): Place {
  const [first, ...others] = at.scratch;
  const areas = others.length === 0 ? [at.sharedMean, first!.mean, first!.meanBefore] : [];
  const rows = areas.map((address) => new Float32Array(memory.buffer, address, at.row / 4));
  return {
    save() {
      const taken = Math.min(counters.chunksTaken(), chunks);
      const means = rows.flatMap((row) => [...row]);
      const own = rows.length > 0 ? [counters.blocks[0], ...means] : [];
      return { tally: counters.tally(), position: Float64Array.from([taken, ...own]) };
    },
    resume({ tally, position }) {
      const [taken, blocks, ...means] = position;
      counters.resume(taken!, tally);
      if (rows.length === 0 || blocks === undefined) return;
      counters.blocks[0] = blocks;
      for (const [i, row] of rows.entries()) row.set(means.slice(i * row.length, (i + 1) * row.length));
    },
  };
}
