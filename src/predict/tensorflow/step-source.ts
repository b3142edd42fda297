// Prepared steps, one after another, made on the spot. A worker thread makes the same ahead of time (step-ring.ts).
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { copyIds, readIds } from '../../corpus/id-store.ts';
import { createBatch, createBatchReader } from '../batches.ts';
import { createNegativeSampler } from '../negatives.ts';
import { learningRateAt } from '../schedule.ts';
import type { Model } from '../settings.ts';
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

export const slotBytes = ({ model, shape }: StepPlan): number =>
  shape.chain * stepInputBytes(shape.streams, preparationOf(model).layout(shape));

export const createSlot = (
  { model, shape }: StepPlan,
  buffer: ArrayBuffer | SharedArrayBuffer,
  offset: number,
): StepInputs => createStepInputs(shape.chain, shape.streams, preparationOf(model).layout(shape), buffer, offset);

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
