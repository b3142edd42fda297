// A training thread: takes chunks, until enough words are done or none is left, and trains on them in the shared
// matrices.
import { workerData } from 'node:worker_threads';
import { readStored, type StoredEntries } from '../../corpus/id-store.ts';
import { serveTasks } from '../../workers/serve-tasks.ts';
import { learningRateAt } from '../schedule.ts';
import type { TrainSettings } from '../settings.ts';
import { addCenters, addLoss } from '../tally.ts';
import { createChunkReader } from './chunk-reader.ts';
import { type ChunkPlan, chunkAt } from './chunks.ts';
import { type CounterMemory, countersIn } from './counters.ts';
import { startTrainingKernel } from './training-kernel.ts';
import type { TrainingMemory } from './training-memory.ts';

export interface TrainingWorkerData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  at: TrainingMemory;
  counterMemory: CounterMemory;
  thread: number;
  settings: TrainSettings;
  /** V */
  words: number;
  hasFrozen: boolean;
  hasSubwords: boolean;
  /** Words of one epoch. */
  tokens: number;
  storage: StoredEntries;
  chunks: ChunkPlan;
}

const { module, memory, at, counterMemory, thread, settings, words, hasFrozen, hasSubwords, tokens, storage, chunks } =
  workerData as TrainingWorkerData;
const kernel = startTrainingKernel(module, memory, { ...settings, words, hasFrozen, hasSubwords }, at, thread);
const counters = countersIn(counterMemory);
const tally = counters.own(thread);
kernel.resumeBlocks(counters.blocks[thread]);
const read = readStored(storage, chunks.length);
const readChunk = createChunkReader(kernel, memory, at.scratch[thread], {
  size: chunks.size,
  window: settings.window,
  read: (position, target, count) => read(position, target, 0, count),
});

serveTasks((until: number): void => {
  const all = chunks.perEpoch * settings.epochs;
  while (!counters.isHalted() && counters.wordsDone() < until) {
    const index = counters.takeChunk();
    if (index >= all) break;
    const chunk = chunkAt(chunks, index);
    const { total, first, last, words: done } = readChunk(chunk);
    const { learningRate, minLearningRateRatio } = settings;
    const rate = learningRateAt(learningRate, minLearningRateRatio, counters.wordsDone(), tokens * settings.epochs);
    kernel.trainKept(total, first, last, chunk.drawSeed, rate);
    counters.addWords(done);
    addCenters(tally, kernel.centersOfChunk());
    const measured = kernel.examplesOfChunk();
    if (measured > 0) addLoss(tally, chunk.epoch, kernel.lossOfChunk(), measured, counters.wordsDone());
  }
  counters.blocks[thread] = kernel.blocksDone();
});
