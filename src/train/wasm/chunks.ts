// A corpus of all epochs cut into chunks: what threads take, one after another, so that none is idle before the end.
// Each chunk has random numbers of its own, so that what it draws does not depend on the thread that takes it.
import { createRandom } from '../../base/random.ts';

export interface ChunkPlan {
  /** Entries of the corpus. */
  length: number;
  epochs: number;
  /** Entries of a chunk whose words are centers. */
  size: number;
  perEpoch: number;
  seed: number;
}

export interface Chunk {
  epoch: number;
  /** Entries `start` .. `end` - 1, whose words are centers. */
  start: number;
  end: number;
  /** Decides which words an epoch keeps, with their positions; the same for all chunks of the epoch. */
  keepSeed: bigint;
  drawSeed: bigint;
}

const LARGEST = 8192; // entries; some milliseconds of work
const SMALLEST = 256;
const KEEP_STREAM = 2; // streams 0 and 1 of a seed are the initial matrices and TensorFlow's batches
const DRAW_STREAM = 0x40000000;

/** A short corpus has shorter chunks: the learning rate falls from chunk to chunk. */
export function planChunks(corpus: { length: number; epochs: number; seed: number }): ChunkPlan {
  const { length, epochs, seed } = corpus;
  const size = Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(length / 64)));
  return { length, epochs, size, perEpoch: Math.ceil(length / size), seed };
}

/** Chunk number `index` of `perEpoch` x `epochs`. */
export function chunkAt(plan: ChunkPlan, index: number): Chunk {
  const { length, size, perEpoch, seed } = plan;
  const epoch = Math.floor(index / perEpoch);
  const start = (index % perEpoch) * size;
  return {
    epoch,
    start,
    end: Math.min(length, start + size),
    keepSeed: seedOf(seed, KEEP_STREAM + epoch),
    drawSeed: seedOf(seed, DRAW_STREAM + index),
  };
}

function seedOf(seed: number, stream: number): bigint {
  const random = createRandom(seed, stream);
  return (BigInt(random.uint32()) << 32n) | BigInt(random.uint32());
}
