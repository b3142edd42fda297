// The loop of a training in rounds: a runner trains the shards and combines what they learn; the loop reports, watches
// the loss, saves the model between two rounds, and stops there when the signal fires: the round that runs then is
// lost.
import { throwIfAborted } from '../../base/errors.ts';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import { requireConvergence, requireFiniteRows } from '../divergence.ts';
import type { TrainingState, TrainTask } from '../engine.ts';
import type { FillRows } from '../initialize.ts';
import { allocateResult, type ResultMatrices } from '../result-memory.ts';
import { fillBlocks, rowBlocks } from '../row-blocks.ts';
import type { TrainSettings } from '../settings.ts';
import { meansByEpoch, sumOfTallies, type Tally } from '../tally.ts';
import type { LoopOptions, Trained } from '../train-loop.ts';
import { createProgress } from '../train-progress.ts';
import { untrainedLoss } from '../untrained-loss.ts';
import type { RoundPlan } from './plan-rounds.ts';
import type { ShardRunner } from './shard-runner.ts';

/** What of a training the loop needs; `tokens` are the words of an epoch. */
export interface RoundTask extends Pick<TrainTask, 'settings' | 'initial' | 'tree'> {
  tokens: number;
  /** (V) */
  counts: Float64Array;
  plan: Pick<RoundPlan, 'syncs' | 'epochs'>;
  /** Whether to save after each round, not only when the saver's interval is over. */
  saveEachRound: boolean;
}

/** The state of a training between two rounds: its number, and the runner's own numbers. */
const stateOf = (tally: Tally, round: number, own: readonly number[]): TrainingState => ({
  tally,
  position: Float64Array.from([round, ...own]),
});

/**
 * Trains all rounds.
 *
 * @throws W2vError 'diverged', 'out-of-memory', 'interrupted', and what the runner throws; and whatever `onProgress`
 *   throws
 */
export async function trainInRounds(
  runner: ShardRunner,
  { settings, initial, tree, tokens, counts, plan, saveEachRound }: RoundTask,
  { onProgress, signal, saver: createSaver, from }: LoopOptions = {},
): Promise<Trained> {
  const { dim, epochs } = settings;
  const model = allocateResult(counts.length, dim);
  const saver = createSaver?.(model);
  const untrained = untrainedLoss(settings, counts, tree);
  const progress = createProgress(tokens, settings);
  const started = performance.now() - 1000 * (from?.seconds ?? 0);
  const elapsed = () => (performance.now() - started) / 1000;
  let tally = sumOfTallies(from ? [from.tally] : [], epochs);
  let [round = 0, ...own] = from?.position ?? [];
  let saved = round;
  const save = () => {
    if (!saver || saved === round) return;
    saved = round;
    saver.write(stateOf(tally, round, own), elapsed());
  };
  try {
    await finishInTurns(fillMatrix(model.input, initial.input, dim), signal);
    if (initial.output) await finishInTurns(fillMatrix(model.output, initial.output, dim), signal);
    const rounds = plan.syncs * plan.epochs;
    while (round < rounds) {
      const due = saver?.due(tally);
      const before = tally;
      const onTally = (ofRound: Tally) => {
        const now = sumOfTallies([before, ofRound], epochs);
        requireConvergence(now.worst, now.worstAt / tokens, { ...settings, untrained });
        if (now.words > 0) onProgress?.(progress.of(now, elapsed()));
      };
      const result = await runner.run({ round, model, own }, onTally, signal);
      onTally(result.tally);
      await saver?.ready();
      await finishInTurns(requireFinite(result.model, settings));
      model.input.set(result.model.input);
      model.output.set(result.model.output);
      tally = sumOfTallies([before, result.tally], epochs);
      own = [...result.own];
      round++;
      if (due && (saveEachRound || due.signal.aborted || tally.words >= due.until)) save();
    }
    const seconds = elapsed();
    onProgress?.(progress.done());
    save();
    await saver?.ready();
    return { ...model, repeatable: true, lossByEpoch: meansByEpoch(tally), seconds, trainedTokens: tally.centers };
  } catch (error) {
    if (signal?.aborted) {
      save();
      await saver?.ready();
      throwIfAborted(signal);
    }
    throw error;
  } finally {
    saver?.close();
  }
}

function fillMatrix(matrix: Float32Array, fill: FillRows, D: number): Steps<void> {
  return fillBlocks(matrix.length / D, D, fill, (rows, first) => matrix.set(rows, first * D));
}

/** Throws `diverged`, before anything of it is taken over. */
function* requireFinite(model: ResultMatrices, settings: TrainSettings): Steps<void> {
  for (const matrix of [model.input, model.output]) {
    for (const { first, count } of rowBlocks(matrix.length / settings.dim, settings.dim)) {
      requireFiniteRows(matrix.subarray(first * settings.dim, (first + count) * settings.dim), first, settings);
      yield;
    }
  }
}
