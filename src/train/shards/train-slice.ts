// One shard's part of a round: the portable engine trains the shard on one thread from a given model, over a window of
// its chunks. It is the training of the whole shard, taken up where the window begins: with the words done until then,
// and so the learning rate, and with the random numbers of its chunks.
import { throwIfAborted } from '../../base/errors.ts';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import type { Training, TrainingEngine, TrainTask } from '../engine.ts';
import type { ResultMatrices } from '../result-memory.ts';
import { rowBlocks } from '../row-blocks.ts';
import { emptyTally, type Tally } from '../tally.ts';
import { placeAt } from '../wasm/place.ts';
import { type RoundPlan, type Shard, sliceOf } from './plan-rounds.ts';

/** A shard, and the words (V kept, before subsampling) of it before each end of a slice: (S + 1), from 0 on. */
export interface CountedShard extends Shard {
  wordsBefore: readonly number[];
}

/** A task whose `corpus` is the shard, of which only the slice and its margins need be there. */
export interface SliceTask extends TrainTask {
  shard: CountedShard;
  plan: RoundPlan;
  round: number;
  /** `own` of the window before, where the model has not changed since; means are computed anew without it. */
  own: readonly number[];
}

export interface TrainedSlice {
  /** (V, D) each, after the window. */
  model: ResultMatrices;
  /** Of the window alone. */
  tally: Tally;
  own: readonly number[];
}

/** @param watch is given what reads the tally of the window, once it has begun */
export async function trainSlice(
  engine: TrainingEngine,
  { shard, plan, round, own, ...task }: SliceTask,
  watch: (tally: () => Tally) => void,
  signal: AbortSignal | undefined,
): Promise<TrainedSlice> {
  const { epochs, dim } = task.settings;
  const epoch = Math.floor(round / plan.syncs);
  const slice = sliceOf(plan, shard, round);
  const tokens = shard.wordsBefore.at(-1)!;
  const begun = epoch * tokens + shard.wordsBefore[round % plan.syncs];
  const until = epoch * tokens + shard.wordsBefore[(round % plan.syncs) + 1];
  const settings = { ...task.settings, threads: 1, deterministic: true, seed: shard.seed };
  const from = {
    tally: { ...emptyTally(epochs), words: begun },
    position: placeAt(epoch * shard.chunks + slice.firstChunk, own),
  };
  const training = await engine.open({ ...task, settings }, signal, from);
  const tally = () => {
    const all = training.tally();
    return { ...all, words: all.words - begun, worstAt: all.worstAt * plan.shards }; // of the whole text, about
  };
  try {
    watch(tally);
    await training.advance(until, signal);
    throwIfAborted(signal);
    const { length } = task.corpus.vocabulary.words;
    const model = { input: new Float32Array(length * dim), output: new Float32Array(length * dim) };
    await finishInTurns(readRows(training, model, dim), signal);
    const [, ...left] = training.save().position;
    return { model, tally: tally(), own: left };
  } finally {
    await training.close();
  }
}

function* readRows(training: Training, model: ResultMatrices, D: number): Steps<void> {
  for (const matrix of ['input', 'output'] as const) {
    for (const { first, count } of rowBlocks(model[matrix].length / D, D)) {
      training.readRows(matrix, first, model[matrix].subarray(first * D, (first + count) * D));
      yield;
    }
  }
}
