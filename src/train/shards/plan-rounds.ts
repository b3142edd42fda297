// Training in rounds: the text is cut into N shards, each shard into S slices. In a round every shard trains on one
// slice, from the same model; then their changes are combined (adasum.ts). Round r is epoch r / S, slice r mod S: after
// S rounds each word was trained on once. Shards and slices follow from the length of the text alone, so they are the
// same on every machine.
import { usage, W2vError } from '../../base/errors.ts';
import { counted } from '../../base/format-numbers.ts';
import { createRandom } from '../../base/random.ts';
import { planChunks } from '../wasm/chunks.ts';

/** Parts of the text that train apart, and how often an epoch they are combined. */
export interface RoundSettings {
  /** N, 1 .. 1024 */
  shards: number;
  /** S, rounds an epoch, 1 .. 1000 */
  syncs: number;
}

/** Entries of the text, line ends included, `from` .. `from + length - 1`. */
export interface Shard {
  from: number;
  length: number;
  /** Of its random numbers: shards draw different ones. */
  seed: number;
  /** Chunks of an epoch (wasm/chunks.ts), and entries of a chunk. */
  chunks: number;
  chunkSize: number;
  /** (S + 1) The chunks at which slices begin and end. */
  ends: number[];
}

export interface RoundPlan extends RoundSettings {
  epochs: number;
  shardPlans: Shard[];
}

export interface Slice {
  /** Chunks of an epoch. */
  firstChunk: number;
  endChunk: number;
  /** Entries of the shard. */
  from: number;
  to: number;
}

const SHARD_STREAM = 0x10000000; // of the seed

/**
 * @param length entries of the text
 * @throws W2vError 'usage' (out of range), 'corpus-empty' (too short a text for so many slices)
 */
export function planRounds(
  length: number,
  { shards, syncs }: RoundSettings,
  { epochs, seed }: { epochs: number; seed: number },
): RoundPlan {
  requireRoundSettings({ shards, syncs });
  const shardPlans = Array.from({ length: shards }, (_, n): Shard => {
    const from = Math.floor((length * n) / shards);
    const size = Math.floor((length * (n + 1)) / shards) - from;
    const { perEpoch, size: chunkSize } = planChunks({ length: size, epochs, seed });
    const ends = Array.from({ length: syncs + 1 }, (_, s) => Math.floor((perEpoch * s) / syncs));
    return { from, length: size, seed: seedOfShard(seed, n), chunks: perEpoch, chunkSize, ends };
  });
  if (shardPlans.some(({ chunks }) => chunks < syncs)) {
    const slices = `${counted(shards, 'shard')} of ${counted(syncs, 'slice')}`;
    throw new W2vError(
      'corpus-empty',
      `a text of ${counted(length, 'entry').replace('entrys', 'entries')} (words and line ends) is too short for ${slices}`,
      'train with fewer { shards } or { syncs }',
    );
  }
  return { shards, syncs, epochs, shardPlans };
}

/** Throws `usage` for a number out of range. */
export function requireRoundSettings({ shards, syncs }: RoundSettings): void {
  for (const [name, value, most] of [
    ['shards', shards, 1024],
    ['syncs', syncs, 1000],
  ] as const) {
    if (Number.isInteger(value) && value >= 1 && value <= most) continue;
    const observed = `${name} is ${String(value)}: expected a whole number from 1 to ${most}`;
    throw usage(observed, `set ${name} within that range`);
  }
}

/** Of a shard in round `round`. */
export function sliceOf({ syncs }: RoundPlan, shard: Shard, round: number): Slice {
  const firstChunk = shard.ends[round % syncs];
  const endChunk = shard.ends[(round % syncs) + 1];
  const entry = (chunk: number) => Math.min(shard.length, chunk * shard.chunkSize);
  return { firstChunk, endChunk, from: entry(firstChunk), to: entry(endChunk) };
}

/**
 * Entries beyond a slice that its outermost windows may need: words dropped by subsampling lie between. A window that
 * finds fewer than W words in so many is cut.
 */
export function sliceMargin(window: number): number {
  return 16 * (2 * window + 64);
}

/** The first shard draws what a training without shards does. */
function seedOfShard(seed: number, n: number): number {
  if (n === 0) return seed;
  const random = createRandom(seed, SHARD_STREAM + n);
  return random.uint32() * 2 ** 21 + (random.uint32() >>> 11);
}
