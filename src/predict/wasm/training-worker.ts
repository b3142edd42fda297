// A training thread: takes chunks until none is left, and trains on them in the shared matrices.
import { workerData } from 'node:worker_threads';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { copyIds, readIds } from '../../corpus/id-store.ts';
import { serveTasks } from '../../workers/serve-tasks.ts';
import { requireConvergence } from '../divergence.ts';
import type { TrainSettings } from '../engine.ts';
import { learningRateAt } from '../schedule.ts';
import { createChunkReader } from './chunk-reader.ts';
import { type ChunkPlan, chunkAt } from './chunks.ts';
import { countersIn } from './counters.ts';
import { startTrainingKernel } from './training-kernel.ts';
import type { TrainingMemory } from './training-memory.ts';

export interface TrainingWorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  at: TrainingMemory;
  thread: number;
  settings: TrainSettings;
  /** V */
  words: number;
  /** Words of one epoch. */
  tokens: number;
  storage: EncodedCorpus['storage'];
  chunks: ChunkPlan;
}

/** (epochs) each: the losses measured and the number of their examples. */
export interface TrainingResult {
  loss: Float64Array;
  examples: Float64Array;
}

const { module, memory, at, thread, settings, words, tokens, storage, chunks } = workerData as TrainingWorkerData;
const kernel = startTrainingKernel(module, memory, { ...settings, words }, at, thread);
const counters = countersIn(memory, at);
const readChunk = createChunkReader(kernel, memory, at.scratch[thread], {
  size: chunks.size,
  window: settings.window,
  read: (position, target, count) =>
    'file' in storage
      ? readIds(storage.file, position, target, 0, Math.min(count, chunks.length - position))
      : copyIds(storage.ids, position, target, 0, count),
});

serveTasks((): TrainingResult => {
  const loss = new Float64Array(settings.epochs);
  const examples = new Float64Array(settings.epochs);
  const all = chunks.perEpoch * settings.epochs;
  for (let index = counters.takeChunk(); index < all; index = counters.takeChunk()) {
    const chunk = chunkAt(chunks, index);
    const { total, first, last, words: done } = readChunk(chunk);
    const { learningRate, minLearningRateRatio } = settings;
    const rate = learningRateAt(learningRate, minLearningRateRatio, counters.wordsDone(), tokens * settings.epochs);
    kernel.trainKept(total, first, last, chunk.drawSeed, rate);
    const [chunkLoss, measured] = [kernel.lossOfChunk(), kernel.examplesOfChunk()];
    if (measured > 0) requireConvergence(chunkLoss / measured, counters.wordsDone() / tokens, settings);
    loss[chunk.epoch] += chunkLoss;
    examples[chunk.epoch] += measured;
    counters.add(thread, done, chunkLoss, measured, kernel.centresOfChunk());
  }
  return { loss, examples };
});
