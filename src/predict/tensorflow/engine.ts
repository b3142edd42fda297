// The TensorFlow engine: Embedding layers on resource variables, trained batch by batch with in-place sparse updates.
//
// A batch is a fixed computation and every operation runs its sums in one order, so the same seed gives the same bytes
// whatever the number of threads. Hogwild's races cannot promise that.
import { keepProbabilities } from '../../corpus/subsample.ts';
import { throwIfAborted, W2vError } from '../../errors.ts';
import type { BatchShape } from '../batches.ts';
import type { Trained, TrainingEngine, TrainSettings, TrainTask } from '../engine.ts';
import { createCbowStep } from './cbow.ts';
import { createEmbedding } from './embedding.ts';
import { loadTensorflow, type TensorflowModule } from './load.ts';
import { createOperations } from './operations.ts';
import { createSkipgramStep } from './skipgram.ts';
import { createInlineSource, createWorkerSource, type StepPlan } from './step-source.ts';

const LOSS_EVERY = 20; // steps; measuring a step's loss costs a tenth of it
const REPORT_EVERY_MS = 100;

/**
 * B, T and K. Chosen on English Wikipedia (docs/algorithms.md): smaller batches spend their time in calls, larger ones
 * train on rows too stale. A short corpus gets fewer streams, so that each still reads a good run of text.
 */
export function batchShape(settings: TrainSettings, tokens: number): BatchShape {
  return {
    streams: Math.max(1, Math.min(64, Math.floor(tokens / 1024))),
    centres: 16,
    window: settings.window,
    negatives: 8 * Math.max(2, Math.ceil(settings.negative / 4)),
  };
}

/**
 * @throws W2vError 'engine-unavailable' where TensorFlow is not set up or does not load
 */
export async function createTensorflowEngine(
  options: { modulePath?: string | undefined } = {},
): Promise<TrainingEngine> {
  // One thread an operation: at this size a second one costs more to call than it computes (measured on 2 cores).
  const { modulePath } = options;
  const tensorflow = await loadTensorflow({ threads: 1, deterministic: true, ...(modulePath && { modulePath }) });
  return {
    name: 'tensorflow',
    versions: tensorflow.versions,
    train: (task) => train(tensorflow, task),
  };
}

async function train({ binding }: TensorflowModule, task: TrainTask): Promise<Trained> {
  const { corpus, settings, signal } = task;
  const { counts } = corpus.vocabulary;
  const shape = batchShape(settings, corpus.tokens);
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

  const operations = createOperations(binding);
  const embeddings = {
    input: createEmbedding(operations, task.initial.input, settings.dim),
    output: createEmbedding(operations, task.initial.output, settings.dim),
  };
  const createStep = settings.model === 'skipgram' ? createSkipgramStep : createCbowStep;
  const model = createStep(operations, embeddings, shape, settings.negative);
  const source = settings.threads > 1 ? createWorkerSource(plan) : createInlineSource(plan);

  try {
    const lossByEpoch: number[] = [];
    const total = corpus.tokens * settings.epochs;
    const started = performance.now();
    let reported = started;
    let trainedTokens = 0;
    let loss = 0;
    let examples = 0;
    for (let steps = 0; ; steps++) {
      const step = await source.next();
      if (!step) break;
      const measure = steps % LOSS_EVERY === 0;
      const stepLoss = model.run(step.input, measure);
      trainedTokens += step.centres;
      if (measure) {
        if (!Number.isFinite(stepLoss)) throw diverged(settings, step.done / corpus.tokens);
        loss += stepLoss;
        examples += settings.model === 'skipgram' ? step.pairs : step.centres;
      }
      const epochEnded = step.done >= corpus.tokens * (lossByEpoch.length + 1);
      if (epochEnded && examples > 0 && lossByEpoch.length < settings.epochs - 1) {
        lossByEpoch.push(loss / examples);
        loss = 0;
        examples = 0;
      }
      const now = performance.now();
      if (now - reported >= REPORT_EVERY_MS) {
        reported = now;
        const seconds = (now - started) / 1000;
        const wordsPerSecond = step.done / seconds;
        task.onProgress?.({
          phase: 'train',
          done: step.done,
          total,
          unit: 'words',
          ...(examples > 0 && { loss: loss / examples }),
          learningRate: step.learningRate,
          wordsPerSecond,
          etaSeconds: (total - step.done) / wordsPerSecond,
        });
        await new Promise(setImmediate); // Ctrl-C and the progress bar get their turn
        throwIfAborted(signal);
      }
    }
    if (examples > 0) lossByEpoch.push(loss / examples);
    const seconds = (performance.now() - started) / 1000;
    return { input: embeddings.input.read(), output: embeddings.output.read(), lossByEpoch, seconds, trainedTokens };
  } finally {
    await source.close();
    model.dispose();
    embeddings.input.dispose();
    embeddings.output.dispose();
    operations.dispose();
  }
}

function diverged(settings: TrainSettings, epochs: number): W2vError {
  return new W2vError(
    'diverged',
    `training diverged: the loss is not a finite number after ${epochs.toFixed(2)} epochs (learning rate ${settings.learningRate})`,
    `train with a lower learning rate: --lr ${settings.learningRate / 2}`,
  );
}
