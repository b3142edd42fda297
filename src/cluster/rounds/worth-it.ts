// Whether a cluster pays off for a training: each round sends the model, which one machine does not need to.
//
//   seconds of a round = JOBS + 8 V D (N + 1) / BYTES_PER_SECOND     the model to each shard, and a change from each
//   seconds of work    = words / (N S) / rate                        rate = WORDS_PER_SECOND x 100 / D
//
// A cluster is refused where the first is more than the second: then one machine with as many threads is faster. The
// figures are rough: those of docs/cluster.md, for one thread of a current processor.
import { usage } from '../../base/errors.ts';
import { byteSize, counted, duration } from '../../base/format-numbers.ts';

export const JOBS = 4; // seconds of Spark for the jobs of a round
export const BYTES_PER_SECOND = 200e6; // of changes and models on their way, several at a time
export const WORDS_PER_SECOND = 2e6; // that one thread trains, at 100 dimensions with 5 negatives

const MUCH_DISK = 10e9;

export interface ClusterTraining {
  /** V */
  words: number;
  /** Words of one epoch. */
  tokens: number;
  dim: number;
  shards: number;
  syncs: number;
}

/** Throws `usage` with the arithmetic, unless that is accepted. */
export function requireWorthIt(training: ClusterTraining, isAccepted: boolean): void {
  const { words, tokens, dim, shards, syncs } = training;
  const model = 8 * words * dim;
  const moved = model * (shards + 1);
  const moving = JOBS + moved / BYTES_PER_SECOND;
  const rate = (WORDS_PER_SECOND * 100) / dim;
  const ofShard = tokens / (shards * syncs);
  const working = ofShard / rate;
  if (moving <= working || isAccepted) return;
  const round = `a round moves the model of ${byteSize(model)} ${shards + 1} times (${byteSize(moved)}, about ${duration(moving)})`;
  const work = `and trains ${counted(ofShard, 'word')} in each of ${counted(shards, 'shard')} (about ${duration(working)})`;
  const mostSyncs = Math.floor(tokens / shards / rate / moving);
  const fewer = mostSyncs >= 1 ? ` with { syncs: ${mostSyncs} },` : '';
  const hint = `train on one machine,${fewer} or with { evenIfSlower: true }`;
  throw usage(`one machine is faster: ${round}, ${work}`, hint);
}

/**
 * What to say of the disk that a training takes, where it is much: a session keeps each file that was sent until it
 * ends, 8 V D bytes a round, on the driver and on each executor. Undefined where it is not.
 */
export function modelsOnDisk({ words, dim, syncs }: ClusterTraining, epochs: number): string | undefined {
  const rounds = syncs * epochs;
  const bytes = 8 * words * dim * rounds;
  if (bytes < MUCH_DISK) return undefined;
  return `the models of ${rounds} rounds will take ${byteSize(bytes)} of disk on the driver and on each executor`;
}
