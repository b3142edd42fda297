// The shards of a round on this machine: each on one thread, some at once. The result is the same however many run at
// once.

import { throwIfAborted } from '../../base/errors.ts';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import { type EncodedCorpus, LINE_END } from '../../corpus/encoded-corpus.ts';
import type { TrainingEngine, TrainingText, TrainTask } from '../engine.ts';
import type { InitialRows } from '../initialize.ts';
import type { ResultMatrices } from '../result-memory.ts';
import { sumOfTallies, type Tally } from '../tally.ts';
import { addModel, createChangeTree, subtractModel } from './adasum.ts';
import { type RoundPlan, type Shard, sliceMargin, sliceOf } from './plan-rounds.ts';
import type { ShardRunner } from './shard-runner.ts';
import { type CountedShard, type TrainedSlice, trainSlice } from './train-slice.ts';

const LOOK_EVERY_MS = 100;
const ENTRIES = 1 << 18; // read at a time

export interface LocalRunnerOptions {
  /** Shards that train at the same time. */
  atOnce: number;
  signal?: AbortSignal | undefined;
}

/** Counts the words of the shards. */
export async function createLocalRunner(
  engine: TrainingEngine,
  task: TrainTask & { corpus: EncodedCorpus },
  plan: RoundPlan,
  options: LocalRunnerOptions,
): Promise<ShardRunner> {
  const shards: CountedShard[] = [];
  for (const shard of plan.shardPlans) {
    shards.push({ ...shard, wordsBefore: await finishInTurns(countWords(task.corpus, shard), options.signal) });
  }
  const { dim, epochs, window } = task.settings;

  return {
    async run(start, onTally, signal) {
      const failed = new AbortController();
      const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
      const tallies: (() => Tally)[] = [];
      const timer = setInterval(() => {
        try {
          onTally(
            sumOfTallies(
              tallies.map((tally) => tally()),
              epochs,
            ),
          );
        } catch (error) {
          failed.abort(error);
        }
      }, LOOK_EVERY_MS);
      const initial = initialOf(start.model, dim);

      async function train(shard: CountedShard): Promise<TrainedSlice> {
        const corpus = sliceText(task.corpus, plan, shard, { round: start.round, window });
        const slice = { ...task, corpus, initial, shard, plan, round: start.round, own: start.own };
        const trained = await trainSlice(engine, slice, (tally) => tallies.push(tally), stop);
        if (shards.length > 1) await finishInTurns(subtractModel(trained.model, start.model, dim), stop);
        return trained;
      }

      const running: Promise<TrainedSlice>[] = [];
      try {
        const done: Tally[] = [];
        const tree = createChangeTree(dim);
        let own: readonly number[] = [];
        for (const [n] of shards.entries()) {
          for (let next = n + running.length; next < Math.min(shards.length, n + options.atOnce); next++) {
            const training = train(shards[next]);
            training.catch(() => {}); // it may fail before it is awaited
            running.push(training);
          }
          const trained = await running.shift()!;
          done.push(trained.tally);
          if (shards.length === 1) own = trained.own;
          await finishInTurns(tree.add(trained.model), stop);
        }
        const model = await finishInTurns(tree.finish(), stop);
        if (shards.length > 1) await finishInTurns(addModel(model, start.model, dim), stop);
        return { tally: sumOfTallies(done, epochs), model, own };
      } catch (error) {
        const reason = failed.signal.aborted ? failed.signal.reason : error;
        failed.abort();
        await Promise.allSettled(running);
        throwIfAborted(signal);
        throw reason;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

/** The same rows for each shard: engines copy them. */
function initialOf(model: ResultMatrices, D: number): InitialRows {
  const fill = (matrix: Float32Array) => (rows: Float32Array, first: number) =>
    rows.set(matrix.subarray(first * D, first * D + rows.length));
  return { input: fill(model.input), output: fill(model.output) };
}

/** The shard as a text of which the slice of the round and its margins are there, in memory that threads share. */
function sliceText(
  corpus: EncodedCorpus,
  plan: RoundPlan,
  shard: CountedShard,
  { round, window }: { round: number; window: number },
): TrainingText {
  const { from, to } = sliceOf(plan, shard, round);
  const first = Math.max(0, from - sliceMargin(window));
  const end = Math.min(shard.length, to + sliceMargin(window));
  const ids = new Int32Array(new SharedArrayBuffer(4 * (end - first)));
  for (let at = 0, got = 1; at < ids.length && got > 0; at += got) {
    got = corpus.read(shard.from + first + at, ids, at, ids.length - at);
  }
  const { vocabulary } = corpus;
  return { vocabulary, length: shard.length, tokens: shard.wordsBefore.at(-1)!, storage: { ids, first } };
}

/** (S + 1) Words of the shard before each end of a slice. */
function* countWords(corpus: EncodedCorpus, { from, length, ends, chunkSize }: Shard): Steps<number[]> {
  const entries = new Int32Array(Math.min(ENTRIES, length));
  const counts: number[] = [];
  let words = 0;
  let position = 0;
  for (const end of ends) {
    const to = Math.min(length, end * chunkSize);
    while (position < to) {
      const got = corpus.read(from + position, entries, 0, Math.min(entries.length, to - position));
      if (got <= 0) break;
      for (let i = 0; i < got; i++) if (entries[i] !== LINE_END) words++;
      position += got;
      yield;
    }
    counts.push(words);
  }
  return counts;
}
