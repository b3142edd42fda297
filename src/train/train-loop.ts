// The training loop, the same for every engine: the engine advances, and meanwhile the loop reports, and stops it when
// the caller's signal fires, when a report throws, or when the training diverges. Where a checkpoint is due it stops at
// a boundary, takes the matrices, and goes on. At the end it takes them for good.
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import type { Saver } from './checkpoint/saver.ts';
import { requireConvergence, requireFiniteRows } from './divergence.ts';
import type { Matrix, Training, TrainingEngine, TrainingState, TrainTask } from './engine.ts';
import { allocateResult, type ResultMatrices } from './result-memory.ts';
import { rowBlocks } from './row-blocks.ts';
import type { TrainSettings } from './settings.ts';
import { meansByEpoch } from './tally.ts';
import { createProgress } from './train-progress.ts';
import { untrainedLoss } from './untrained-loss.ts';

const LOOK_EVERY_MS = 100;
const BOUNDARY_MS = 30_000; // that a training may take to come to a boundary, to be saved there, once its signal has fired

export interface Trained {
  /** Whether the same settings and seed give the same bytes again, on the same Node and kind of processor. */
  repeatable: boolean;
  /** (V, D) row-major: the word vectors. With subwords (V + N, D): the words' own rows, then those of their n-grams. */
  input: Float32Array;
  /**
   * (V, D) row-major: the context vectors; with hierarchical softmax rows 0 .. V - 2 are the inner nodes' and the last
   * is unused.
   */
  output: Float32Array;
  /**
   * Mean loss per positive example (nats), one per epoch, over a sample of the examples. Empty where
   * nothing was measured, which is where nothing was trained. See meansByEpoch for epochs without a sample.
   */
  lossByEpoch: number[];
  /** Wall-clock seconds of the epochs alone, those before a checkpoint included. */
  seconds: number;
  /** Centers that were trained on, which are words with a context after subsampling, over all epochs. */
  trainedTokens: number;
}

export interface LoopOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  /** Makes what saves the matrices that it is given, at a boundary and at the end. */
  saver?: ((copies: ResultMatrices) => Saver) | undefined;
  /** Where the training goes on, after so many seconds; the task's rows are those of that moment. */
  from?: (TrainingState & { seconds: number }) | undefined;
}

/**
 * Trains all epochs.
 *
 * @throws W2vError 'diverged', 'out-of-memory', 'engine-unavailable', 'interrupted'; and whatever `onProgress` throws
 */
export async function runTraining(
  engine: TrainingEngine,
  task: TrainTask,
  { onProgress, signal, saver: createSaver, from }: LoopOptions = {},
): Promise<Trained> {
  const { corpus, settings } = task;
  const result = allocateResult(corpus.vocabulary.words.length, settings.dim, undefined, task.subwords?.inputRows);
  const saver = createSaver?.(result);
  const untrained = untrainedLoss(settings, corpus.vocabulary.counts, task.tree);
  const training = await engine.open(task, signal, from);
  try {
    const progress = createProgress(corpus.tokens, settings);
    const look = () => {
      const tally = training.tally();
      requireConvergence(tally.worst, tally.worstAt / corpus.tokens, { ...settings, untrained });
      return tally;
    };
    const started = performance.now() - 1000 * (from?.seconds ?? 0);
    const elapsed = () => (performance.now() - started) / 1000;
    const watch = () => {
      const tally = look();
      if (tally.words > 0) onProgress?.(progress.of(tally, elapsed()));
    };
    const takeMatrices = async (stop?: AbortSignal) => {
      await saver?.ready();
      for (const matrix of ['input', 'output'] as const) {
        await finishInTurns(readMatrix(training, matrix, result[matrix], settings), stop);
      }
    };
    const save = async () => {
      const state = training.save();
      if (state.tally.words === 0) return;
      look();
      await takeMatrices();
      saver?.write(state, elapsed());
    };
    await advanceToEnd(training, signal, { watch, save, saver });
    const seconds = elapsed();
    const tally = look();
    onProgress?.(progress.done());
    await takeMatrices(saver ? undefined : signal);
    if (tally.words !== from?.tally.words) saver?.write(training.save(), seconds);
    await saver?.ready();
    const repeatable = training.races !== true;
    return { ...result, repeatable, lossByEpoch: meansByEpoch(tally), seconds, trainedTokens: tally.centers };
  } finally {
    saver?.close();
    await training.close();
  }
}

interface Advance {
  watch: () => void;
  save: () => Promise<void>;
  saver: Saver | undefined;
}

/**
 * Advances to the end, and calls `watch` now and then; throws what that throws, or `interrupted` once the signal fires.
 */
async function advanceToEnd(
  training: Training,
  signal: AbortSignal | undefined,
  { watch, save, saver }: Advance,
): Promise<void> {
  const failed = new AbortController();
  const timer = setInterval(() => {
    try {
      watch();
    } catch (error) {
      failed.abort(error);
    }
  }, LOOK_EVERY_MS);
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  // Of a training that is stopped and not saved nothing is kept, so it may be closed before its boundary: wide windows
  // make that seconds.
  const patience = new AbortController();
  const stopped = new Promise<'late'>((resolve) => {
    const stopWaiting = () => resolve('late');
    failed.signal.addEventListener('abort', stopWaiting);
    const onStop = () =>
      saver ? void sleep(BOUNDARY_MS, undefined, patience).then(stopWaiting, () => {}) : stopWaiting();
    if (stop.aborted) onStop();
    else stop.addEventListener('abort', onStop);
  });
  try {
    for (;;) {
      const due = saver?.due(training.tally());
      const until = due?.until ?? Number.POSITIVE_INFINITY;
      const more = await Promise.race([
        training.advance(until, due ? AbortSignal.any([stop, due.signal]) : stop),
        stopped,
      ]);
      if (failed.signal.aborted || !saver || more === 'late') break;
      if (more || signal?.aborted) await save();
      if (signal?.aborted) await saver.ready();
      if (!more || stop.aborted) break;
    }
  } finally {
    patience.abort();
    clearInterval(timer);
  }
  if (failed.signal.aborted) throw failed.signal.reason;
  throwIfAborted(signal);
}
function* readMatrix(training: Training, matrix: Matrix, target: Float32Array, settings: TrainSettings): Steps<void> {
  const { dim } = settings;
  for (const { first, count } of rowBlocks(target.length / dim, dim)) {
    const rows = target.subarray(first * dim, (first + count) * dim);
    training.readRows(matrix, first, rows);
    requireFiniteRows(rows, first, settings);
    yield;
  }
}
