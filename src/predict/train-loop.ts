// The training loop, the same for every engine: the engine advances, and meanwhile the loop reports, and stops it when the
// caller's signal fires, when a report throws, or when the training diverges. At the end it takes the matrices.
import { throwIfAborted } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns, type Steps } from '../steps.ts';
import { requireConvergence, requireFiniteRows } from './divergence.ts';
import type { Matrix, Training, TrainingEngine, TrainTask } from './engine.ts';
import { allocateResult } from './result-memory.ts';
import { rowBlocks } from './row-blocks.ts';
import type { TrainSettings } from './settings.ts';
import { meansByEpoch } from './tally.ts';
import { createProgress } from './train-progress.ts';
import { untrainedLoss } from './untrained-loss.ts';

const LOOK_EVERY_MS = 100;

export interface Trained {
  /** (V, D) row-major: the word vectors. */
  input: Float32Array;
  /** (V, D) row-major: the context vectors; with hierarchical softmax rows 0 .. V - 2 are the inner nodes' and the last is unused. */
  output: Float32Array;
  /**
   * Mean loss per positive example (nats), one per epoch, over a sample of the examples. Empty where
   * nothing was measured, which is where nothing was trained. See meansByEpoch for epochs without a sample.
   */
  lossByEpoch: number[];
  /** Wall-clock seconds of the epochs alone. */
  seconds: number;
  /** Centres that were trained on, which are words with a context after subsampling, over all epochs. */
  trainedTokens: number;
}

/**
 * Trains all epochs.
 *
 * @throws W2vError 'diverged', 'out-of-memory', 'engine-unavailable', 'interrupted'; and whatever `onProgress` throws
 */
export async function runTraining(
  engine: TrainingEngine,
  task: TrainTask,
  { onProgress, signal }: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Trained> {
  const { corpus, settings } = task;
  const result = allocateResult(corpus.vocabulary.words.length, settings.dim);
  const untrained = untrainedLoss(settings, corpus.vocabulary.counts);
  const training = await engine.open(task, signal);
  try {
    const progress = createProgress(corpus.tokens, settings);
    const look = () => {
      const tally = training.tally();
      requireConvergence(tally.worst, tally.worstAt / corpus.tokens, { ...settings, untrained });
      return tally;
    };
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    await advanceToEnd(training, signal, () => {
      const tally = look();
      if (tally.words > 0) onProgress?.(progress.of(tally, elapsed()));
    });
    const seconds = elapsed();
    const tally = look();
    onProgress?.(progress.done());
    for (const matrix of ['input', 'output'] as const) {
      await finishInTurns(readMatrix(training, matrix, result[matrix], settings), signal);
    }
    return { ...result, lossByEpoch: meansByEpoch(tally), seconds, trainedTokens: tally.centres };
  } finally {
    await training.close();
  }
}

/** Advances to the end, and calls `watch` now and then; throws what that throws, or `interrupted` once the signal fires. */
async function advanceToEnd(training: Training, signal: AbortSignal | undefined, watch: () => void): Promise<void> {
  const failed = new AbortController();
  const timer = setInterval(() => {
    try {
      watch();
    } catch (error) {
      failed.abort(error);
    }
  }, LOOK_EVERY_MS);
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  // Of a training that is stopped nothing is kept, so it may be closed before its boundary: wide windows make that seconds.
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  try {
    await Promise.race([training.advance(Number.POSITIVE_INFINITY, stop), stopped]);
  } finally {
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
