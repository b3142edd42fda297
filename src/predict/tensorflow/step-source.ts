// Prepared steps, one after another: made on the spot, or by a worker thread that is a few steps ahead while
// TensorFlow computes. Both give the same steps.
import { Worker } from 'node:worker_threads';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { copyIds, readIds } from '../../corpus/id-store.ts';
import { W2vError } from '../../errors.ts';
import { builtFile } from '../../workers/built-file.ts';
import { createBatch, createBatchReader } from '../batches.ts';
import type { Model } from '../engine.ts';
import { createNegativeSampler } from '../negatives.ts';
import { learningRateAt } from '../schedule.ts';
import { cbowPreparation } from './prepare-cbow.ts';
import { skipgramPreparation } from './prepare-skipgram.ts';
import { createStepInputs, type StepInput, type StepInputs, stepInputBytes } from './step-input.ts';
import type { TrainingShape } from './training-session.ts';

/** All that a thread needs to prepare the steps of a run. Can be posted to a worker. */
export interface StepPlan {
  model: Model;
  shape: TrainingShape;
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

/** A chain of steps' facts. Its loss is measured on the first batch that has examples. */
export interface StepFacts {
  /** Centres with a context, of all steps. */
  centres: number;
  /** Words read from the corpus when the last step was full, before subsampling, over all epochs. */
  done: number;
  learningRate: number;
  /** The number of the batch to be measured, -1 where none has an example; its examples; the words read when it was full. */
  measuredStep: number;
  measuredExamples: number;
  measuredDone: number;
}

export interface StepSource {
  /** The next chain of steps, valid until the next call; undefined after the last epoch. */
  next(): Promise<{ inputs: StepInput; facts: StepFacts } | undefined>;
  close(): Promise<void>;
}

const preparationOf = (model: Model) => (model === 'skipgram' ? skipgramPreparation : cbowPreparation);

/** A function that fills the given memory with the next chain of steps, or says that there is none. */
export function createStepMaker(plan: StepPlan): (inputs: StepInputs) => StepFacts | undefined {
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

  return ({ steps }) => {
    const facts = { centres: 0, done: 0, learningRate: 0, measuredStep: -1, measuredExamples: 0, measuredDone: 0 };
    for (const [i, input] of steps.entries()) {
      const full = reader.done();
      const learningRate = learningRateAt(plan.learningRate, plan.minLearningRateRatio, full, total);
      if (!reader.next(batch)) {
        if (i === 0) return undefined;
        for (const rest of steps.slice(i)) for (const array of Object.values(rest)) array.fill(0);
        break;
      }
      prepare(batch, learningRate, input);
      facts.centres += batch.centres;
      facts.learningRate = learningRate;
      if (facts.measuredStep < 0 && batch.centres > 0) {
        facts.measuredStep = i;
        facts.measuredExamples = plan.model === 'skipgram' ? batch.pairs : batch.centres;
        facts.measuredDone = full;
      }
    }
    facts.done = reader.done();
    return facts;
  };
}

const slotBytes = ({ model, shape }: StepPlan): number =>
  shape.chain * stepInputBytes(shape.streams, preparationOf(model).layout(shape));

const createSlot = ({ model, shape }: StepPlan, buffer: ArrayBuffer | SharedArrayBuffer, offset: number): StepInputs =>
  createStepInputs(shape.chain, shape.streams, preparationOf(model).layout(shape), buffer, offset);

/** Steps made on this thread when they are asked for. */
export function createInlineSource(plan: StepPlan): StepSource {
  const inputs = createSlot(plan, new ArrayBuffer(slotBytes(plan)), 0);
  const make = createStepMaker(plan);
  return {
    async next() {
      const facts = make(inputs);
      return facts && { inputs: inputs.whole, facts };
    },
    async close() {},
  };
}

const SLOTS = 4;

/** Memory the preparation worker and the main thread share: a ring of slots, each one chain of steps. */
export interface StepRing {
  plan: StepPlan;
  /** Chains made, chains taken, and 1 once the last is made. */
  control: Int32Array;
  /** (SLOTS, 6): the values of StepFacts, see writeFacts. */
  facts: Float64Array;
  slots: SharedArrayBuffer;
}

export const MADE = 0;
export const TAKEN = 1;
export const FINISHED = 2;
const FACTS = ['centres', 'done', 'learningRate', 'measuredStep', 'measuredExamples', 'measuredDone'] as const;

/** Puts a chain's facts beside its slot. */
export function writeFacts({ facts }: StepRing, slot: number, values: StepFacts): void {
  for (const [i, name] of FACTS.entries()) facts[slot * FACTS.length + i] = values[name];
}

function readFacts({ facts }: StepRing, slot: number): StepFacts {
  return Object.fromEntries(FACTS.map((name, i) => [name, facts[slot * FACTS.length + i]])) as unknown as StepFacts;
}

export const ringSlots = ({ plan, slots }: StepRing): StepInputs[] =>
  Array.from({ length: SLOTS }, (_, slot) => createSlot(plan, slots, slot * slotBytes(plan)));

/** Steps made by a worker thread, up to `SLOTS` chains ahead. */
export function createWorkerSource(plan: StepPlan): StepSource {
  const ring: StepRing = {
    plan,
    control: new Int32Array(new SharedArrayBuffer(3 * 4)),
    facts: new Float64Array(new SharedArrayBuffer(SLOTS * FACTS.length * 8)),
    slots: new SharedArrayBuffer(SLOTS * slotBytes(plan)),
  };
  const { control } = ring;
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
        Atomics.store(control, TAKEN, taken + 1);
        Atomics.notify(control, TAKEN);
      }
      taken++;
      while (Atomics.load(control, MADE) === taken) {
        if (Atomics.load(control, FINISHED) === 1 && Atomics.load(control, MADE) === taken) return undefined;
        // The wait is short so that a worker that died is noticed: its 'error' event needs this thread's event loop.
        if (Atomics.wait(control, MADE, taken, 20) === 'timed-out') await new Promise(setImmediate);
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
      return { inputs: slots[slot].whole, facts: readFacts(ring, slot) };
    },
    async close() {
      await worker.terminate();
    },
  };
}
