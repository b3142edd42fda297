// What trains the shards of a round and combines what they learn: this machine (local-runner.ts) or a cluster.
import type { ResultMatrices } from '../result-memory.ts';
import type { Tally } from '../tally.ts';

/** Where a training in rounds stands between two of them. */
export interface RoundStart {
  round: number;
  model: ResultMatrices;
  /** Numbers of the runner's own. */
  own: readonly number[];
}

export interface RoundResult {
  /** Of this round alone. */
  tally: Tally;
  /** The next model; may be written over. */
  model: ResultMatrices;
  own: readonly number[];
}

export interface ShardRunner {
  /**
   * Trains every shard on its slice of the round, each from the same model, which stays as it is.
   *
   * @param onTally is called now and then with what the round has done so far; what it throws ends the round
   * @throws W2vError 'interrupted' soon after the signal has fired
   */
  run(start: RoundStart, onTally: (tally: Tally) => void, signal: AbortSignal | undefined): Promise<RoundResult>;
}

/** A text that is on a cluster, with what trains its shards there. */
export interface RoundsElsewhere {
  /** Words of one epoch. */
  tokens: number;
  /** Of what the text is, for checkpoints. */
  hash: string;
  runner: ShardRunner;
}
