// The TensorFlow engine: Embedding layers on resource variables, trained batch by batch with in-place sparse updates.
//
// A batch is a fixed computation and every operation runs its sums in one order, so the same seed gives the same bytes
// whatever the number of threads. Hogwild's races cannot promise that.
import { keepProbabilities } from '../../corpus/subsample.ts';
import { throwIfAborted } from '../../errors.ts';
import { finishInTurns, type Steps } from '../../steps.ts';
import { requireConvergence } from '../divergence.ts';
import type { EngineOptions, Trained, TrainingEngine, TrainTask } from '../engine.ts';
import { createLossByEpoch } from '../loss-by-epoch.ts';
import { allocateResult } from '../result-memory.ts';
import { fillBlocks, rowBlocks } from '../row-blocks.ts';
import { loadTensorflow, type TensorflowModule } from './load.ts';
import type { StepPlan } from './step-plan.ts';
import { createWorkerSource } from './step-ring.ts';
import { createInlineSource, type StepSource } from './step-source.ts';
import { type Matrix, openTrainingSession, type TrainingSession } from './training-session.ts';
import { type TrainingShape, trainingShape } from './training-shape.ts';

const LOSSES_PER_EPOCH = 50; // measured chains of steps: measuring is cheap, not free
const REPORT_EVERY_MS = 100;

/**
 * @param options.threads for the graph's lanes; TensorFlow takes them from the first engine of a process
 * @param options.modulePath where @tensorflow/tfjs-node lies, if not where Node would look
 * @throws W2vError 'engine-unavailable' where TensorFlow is not set up or does not load
 */
export async function createTensorflowEngine(options: EngineOptions = {}): Promise<TrainingEngine> {
  const { threads, modulePath } = options;
  const tensorflow = await loadTensorflow({
    deterministic: true,
    ...(threads !== undefined && { threads }),
    ...(modulePath !== undefined && { modulePath }),
  });
  return {
    name: 'tensorflow',
    versions: tensorflow.versions,
    train: (task) => train(tensorflow, task),
  };
}

async function train({ tf }: TensorflowModule, task: TrainTask): Promise<Trained> {
  const { corpus, settings, signal } = task;
  const { counts } = corpus.vocabulary;
  const V = counts.length;
  const D = settings.dim;
  const result = allocateResult(V, D);
  const shape = trainingShape(settings, corpus.tokens);
  const plan: StepPlan = {
    model: settings.model,
    shape,
    storage: corpus.storage,
    length: corpus.length,
    tokens: corpus.tokens,
    counts,
    keep: keepProbabilities(corpus.vocabulary, settings.sample),
    negative: settings.negative,
    negativeExponent: settings.negativeExponent,
    cbowSum: settings.cbowSum,
    epochs: settings.epochs,
    learningRate: settings.learningRate,
    minLearningRateRatio: settings.minLearningRateRatio,
    seed: settings.seed,
  };

  const session = await openTrainingSession(tf, settings.model, shape, V, D);
  let source: StepSource | undefined;
  try {
    for (const matrix of ['input', 'output'] as const) {
      const fill = task.initial[matrix];
      if (!fill) continue;
      const write = fillBlocks(V, D, fill, (rows, first) => session.writeRows(matrix, first, rows));
      await finishInTurns(write, signal);
    }
    source = settings.threads > 1 ? createWorkerSource(plan) : createInlineSource(plan);
    const trained = await trainSteps(session, source, shape, task);
    for (const matrix of ['input', 'output'] as const) {
      await finishInTurns(readMatrix(session, matrix, result[matrix], D), signal);
    }
    return { ...result, ...trained };
  } finally {
    try {
      await source?.close();
    } finally {
      session.close();
    }
  }
}

function* readMatrix(session: TrainingSession, matrix: Matrix, target: Float32Array, D: number): Steps<void> {
  for (const { first, count } of rowBlocks(target.length / D, D)) {
    session.readRows(matrix, first, target.subarray(first * D, (first + count) * D));
    yield;
  }
}

/** Trains until the source ends. */
async function trainSteps(
  session: TrainingSession,
  source: StepSource,
  shape: TrainingShape,
  { corpus, settings, signal, onProgress }: TrainTask,
): Promise<Pick<Trained, 'lossByEpoch' | 'seconds' | 'trainedTokens'>> {
  const losses = createLossByEpoch(settings.epochs, corpus.tokens);
  const wordsPerChain = shape.chain * shape.streams * shape.centres;
  const measureEvery = Math.max(1, Math.min(10, Math.floor(corpus.tokens / wordsPerChain / LOSSES_PER_EPOCH)));
  const total = corpus.tokens * settings.epochs;
  const started = performance.now();
  let reported = started;
  let trainedTokens = 0;
  for (let chains = 0; ; chains++) {
    const next = await source.next();
    if (!next) break;
    const { inputs, facts } = next;
    const measured = chains % measureEvery === 0 || losses.latest() === undefined ? facts.measuredStep : -1;
    const loss = session.run(inputs, measured);
    trainedTokens += facts.centres;
    if (measured >= 0) {
      requireConvergence(loss / facts.measuredExamples, facts.measuredDone / corpus.tokens, settings);
      losses.add(facts.measuredDone, loss, facts.measuredExamples);
    }
    const now = performance.now();
    if (now - reported >= REPORT_EVERY_MS) {
      reported = now;
      const seconds = (now - started) / 1000;
      const wordsPerSecond = facts.done / seconds;
      onProgress?.({
        phase: 'train',
        done: facts.done,
        total,
        unit: 'words',
        ...(losses.latest() !== undefined && { loss: losses.latest() }),
        learningRate: facts.learningRate,
        wordsPerSecond,
        etaSeconds: (total - facts.done) / wordsPerSecond,
      });
      await new Promise(setImmediate); // Ctrl-C and the progress bar get their turn
      throwIfAborted(signal);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return { lossByEpoch: losses.means(), seconds, trainedTokens };
}
