// A training on TensorFlow: chains of steps, prepared by a source, run one after another by a session.

import { createTurns, finishInTurns } from '../../base/steps.ts';
import { keepProbabilities } from '../../corpus/subsample.ts';
import { readerStateLength } from '../batches.ts';
import type { Training, TrainingState, TrainTask } from '../engine.ts';
import { fillBlocks } from '../row-blocks.ts';
import { addCenters, addLoss, epochAt, restoreTally, sumOfThreads, threadTallyLength } from '../tally.ts';
import type { TensorflowJs } from './saved-model.ts';
import type { StepPlan } from './step-plan.ts';
import { createWorkerSource } from './step-ring.ts';
import { createInlineSource, type StepSource } from './step-source.ts';
import { openTrainingSession, type TrainingSession } from './training-session.ts';
import { type TrainingShape, trainingShape } from './training-shape.ts';

// A measured chain of steps takes 1.5 times as long as one that only trains. Its loss is a mean over thousands of
// examples.
const LOSSES_PER_EPOCH = 10;
const LONGEST_UNMEASURED = 100; // chains: 0.2 s

export async function openTraining(
  tf: TensorflowJs,
  task: TrainTask,
  signal: AbortSignal | undefined,
  from: TrainingState | undefined,
): Promise<Training> {
  const { corpus, settings, initial } = task;
  const V = corpus.vocabulary.words.length;
  const D = settings.dim;
  const shape = trainingShape(settings, corpus.tokens);
  const session = await openTrainingSession(tf, settings, shape, V, D);
  try {
    for (const matrix of ['input', 'output'] as const) {
      const fill = initial[matrix];
      if (!fill) continue;
      const write = fillBlocks(V, D, fill, (rows, first) => session.writeRows(matrix, first, rows));
      await finishInTurns(write, signal);
    }
    const plan = { ...planOf(task, shape), from: from?.position.subarray(1) };
    const source = settings.threads > 1 ? createWorkerSource(plan) : createInlineSource(plan);
    return trainingOf(session, source, shape, task, from);
  } catch (error) {
    session.close();
    throw error;
  }
}

function planOf({ corpus, settings, frozen }: TrainTask, shape: TrainingShape): StepPlan {
  return {
    model: settings.model,
    loss: settings.loss,
    shape,
    storage: corpus.storage,
    length: corpus.length,
    tokens: corpus.tokens,
    counts: corpus.vocabulary.counts,
    keep: keepProbabilities(corpus.vocabulary, settings.sample),
    negative: settings.negative,
    negativeExponent: settings.negativeExponent,
    cbowSum: settings.cbowSum,
    frozen,
    epochs: settings.epochs,
    learningRate: settings.learningRate,
    minLearningRateRatio: settings.minLearningRateRatio,
    seed: settings.seed,
  };
}

function trainingOf(
  session: TrainingSession,
  source: StepSource,
  shape: TrainingShape,
  { corpus, settings }: TrainTask,
  from: TrainingState | undefined,
): Training {
  const { tokens } = corpus;
  const { epochs } = settings;
  const own = new Float64Array(threadTallyLength(epochs));
  const wordsPerChain = shape.chain * shape.streams * shape.centers;
  const measureEvery = Math.max(1, Math.min(LONGEST_UNMEASURED, Math.floor(tokens / wordsPerChain / LOSSES_PER_EPOCH)));
  /** Chains done, and the state of the reader of batches after them, once there is one. */
  const position = from?.position.slice() ?? new Float64Array(1 + readerStateLength(shape));
  let chains = from ? position[0] : 0;
  let words = from?.tally.words ?? 0;
  let isMeasured = from?.tally.examples.some((count) => count > 0) ?? false;
  if (from) restoreTally(own, from.tally);
  let isAtEnd = false;
  let isClosed = false;
  return {
    async advance(until = Number.POSITIVE_INFINITY, stop) {
      const turns = createTurns();
      while (!isAtEnd && words < until && !stop?.aborted) {
        const next = await source.next();
        isAtEnd = next === undefined;
        if (!next || isClosed) break;
        const { inputs, facts, state } = next;
        const { examples, before } = facts;
        if (examples > 0 && (chains % measureEvery === 0 || !isMeasured)) {
          addLoss(own, epochAt(before, tokens, epochs), session.measure(inputs), examples, before);
          isMeasured = true;
        } else session.train(inputs);
        addCenters(own, facts.centers);
        words = facts.done;
        position[0] = ++chains;
        position.set(state, 1);
        if (turns.isDue()) await turns.take();
      }
      return !isAtEnd;
    },
    tally: () => sumOfThreads([own], words),
    save: () => ({ tally: sumOfThreads([own], words), position: position.slice() }),
    readRows: (matrix, first, rows) => session.readRows(matrix, first, rows),
    async close() {
      if (isClosed) return;
      isClosed = true;
      try {
        await source.close();
      } finally {
        session.close();
      }
    },
  };
}
