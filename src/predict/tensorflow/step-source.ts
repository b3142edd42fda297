// Prepared steps, one after another: made on the spot, or by a worker thread that is a few steps ahead while
// TensorFlow computes. Both give the same steps.
import { Worker } from 'node:worker_threads';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { copyIds, readIds } from '../../corpus/id-store.ts';
import { W2vError } from '../../errors.ts';
import { builtFile } from '../../kernels/load.ts';
import { type BatchShape, createBatch, createBatchReader } from '../batches.ts';
import type { Model } from '../engine.ts';
import { createNegativeSampler } from '../negatives.ts';
import { learningRateAt } from '../schedule.ts';
import { cbowPreparation } from './prepare-cbow.ts';
import { skipgramPreparation } from './prepare-skipgram.ts';
import { createStepInput, type StepInput, stepInputBytes } from './step-input.ts';

/** All that a thread needs to prepare the steps of a run. Can be posted to a worker. */
export interface StepPlan {
  model: Model;
  shape: BatchShape;
  storage: EncodedCorpus['storage'];
  /** Entries of the storage, and how many of them are words. */
  length: number;
  tokens: number;
  /** (V) counts, and chances to survive subsampling. */
  counts: Float64Array;
  keep: Float64Array;
  negative: number;
  negativeExponent: number;
  cbowSum: boolean;
  epochs: number;
  learningRate: number;
  minLearningRateRatio: number;
  seed: number;
}

export interface Step {
  input: StepInput;
  /** (centre, context) pairs and centres with a context in this batch. */
  pairs: number;
  centres: number;
  /** Words read from the corpus when the batch was full, before subsampling, over all epochs. */
  done: number;
  learningRate: number;
}

export interface StepSource {
  /** The next step, valid until the next call; undefined after the last epoch. */
  next(): Promise<Step | undefined>;
  close(): Promise<void>;
}

export const preparationOf = (model: Model) => (model === 'skipgram' ? skipgramPreparation : cbowPreparation);

/** A function that fills the given memory with the next step, or says that there is none. */
export function createStepMaker(plan: StepPlan): (input: StepInput) => Omit<Step, 'input'> | undefined {
  const { storage, length, shape } = plan;
  const batch = createBatch(shape);
  const reader = createBatchReader(
    {
      length,
      read: (position, target, offset, count) =>
        'file' in storage
          ? readIds(storage.file, position, target, offset, Math.min(count, length - position))
          : copyIds(storage.ids, position, target, offset, count),
    },
    shape,
    {
      keep: plan.keep,
      sampler: createNegativeSampler(plan.counts, plan.negativeExponent),
      epochs: plan.epochs,
      seed: plan.seed,
    },
  );
  const prepare = preparationOf(plan.model).create(shape, {
    vocabularySize: plan.counts.length,
    negative: plan.negative,
    cbowSum: plan.cbowSum,
  });
  const total = plan.tokens * plan.epochs;
  return (input) => {
    const learningRate = learningRateAt(plan.learningRate, plan.minLearningRateRatio, reader.done(), total);
    if (!reader.next(batch)) return undefined;
    prepare(batch, learningRate, input);
    return { pairs: batch.pairs, centres: batch.centres, done: reader.done(), learningRate };
  };
}

/** Steps made on this thread when they are asked for. */
export function createInlineSource(plan: StepPlan): StepSource {
  const layout = preparationOf(plan.model).layout(plan.shape);
  const input = createStepInput(plan.shape, layout, new ArrayBuffer(stepInputBytes(plan.shape, layout)), 0);
  const make = createStepMaker(plan);
  return {
    async next() {
      const step = make(input);
      return step && { input, ...step };
    },
    async close() {},
  };
}

const SLOTS = 4;

/** Memory the preparation worker and the main thread share: a ring of slots, each one step. */
export interface StepRing {
  plan: StepPlan;
  /** Steps made, steps taken, and 1 once the last is made. */
  control: Int32Array;
  /** (SLOTS, 4): pairs, centres, done, learningRate */
  facts: Float64Array;
  slots: SharedArrayBuffer;
}

export const MADE = 0;
export const TAKEN = 1;
export const FINISHED = 2;
export const FACTS = 4;

export function ringSlots(ring: StepRing): StepInput[] {
  const layout = preparationOf(ring.plan.model).layout(ring.plan.shape);
  const bytes = stepInputBytes(ring.plan.shape, layout);
  return Array.from({ length: SLOTS }, (_, slot) => createStepInput(ring.plan.shape, layout, ring.slots, slot * bytes));
}

/** Steps made by a worker thread, up to `SLOTS` ahead. */
export function createWorkerSource(plan: StepPlan): StepSource {
  const layout = preparationOf(plan.model).layout(plan.shape);
  const ring: StepRing = {
    plan,
    control: new Int32Array(new SharedArrayBuffer(3 * 4)),
    facts: new Float64Array(new SharedArrayBuffer(SLOTS * FACTS * 8)),
    slots: new SharedArrayBuffer(SLOTS * stepInputBytes(plan.shape, layout)),
  };
  const slots = ringSlots(ring);
  const worker = new Worker(builtFile('./step-worker.js', import.meta.url), { workerData: ring });
  let failure: unknown;
  worker.on('error', (error) => {
    failure = error;
  });
  let taken = -1;

  return {
    async next() {
      if (taken >= 0) {
        Atomics.store(ring.control, TAKEN, taken + 1);
        Atomics.notify(ring.control, TAKEN);
      }
      taken++;
      while (Atomics.load(ring.control, MADE) === taken) {
        if (Atomics.load(ring.control, FINISHED) === 1 && Atomics.load(ring.control, MADE) === taken) return undefined;
        // The wait is short so that a worker that died is noticed: its 'error' event needs this thread's event loop.
        if (Atomics.wait(ring.control, MADE, taken, 20) === 'timed-out') await new Promise(setImmediate);
        if (failure) {
          throw new W2vError(
            'engine-unavailable',
            `the thread that prepares batches failed: ${String((failure as Error).message ?? failure)}`,
            'train with --threads 1, which prepares them on the main thread',
            { cause: failure },
          );
        }
      }
      const slot = taken % SLOTS;
      const [pairs, centres, done, learningRate] = ring.facts.subarray(slot * FACTS, slot * FACTS + FACTS);
      return { input: slots[slot], pairs, centres, done, learningRate };
    },
    async close() {
      await worker.terminate();
    },
  };
}
