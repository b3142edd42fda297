// What steps are made from, facts about steps that are made, and the memory for them.
import type { StoredEntries } from '../../corpus/id-store.ts';
import type { TrainSettings } from '../settings.ts';
import { cbowPreparation } from './prepare-cbow.ts';
import { skipgramPreparation } from './prepare-skipgram.ts';
import { softmaxPreparation } from './prepare-softmax.ts';
import { createStepInputs, type Preparation, type StepInputs, stepInputBytes } from './step-input.ts';
import type { TrainingShape } from './training-shape.ts';

export type Method = Pick<TrainSettings, 'model' | 'loss'>;

/** All that a thread needs to prepare the steps of a run. Can be posted to a worker. */
export interface StepPlan extends Method {
  shape: TrainingShape;
  storage: StoredEntries;
  /** Entries of the storage, and how many of these are words. */
  length: number;
  tokens: number;
  /** (V) counts, and probabilities to be kept by subsampling. */
  counts: Float64Array;
  keep: Float64Array;
  negative: number;
  negativeExponent: number;
  cbowSum: boolean;
  /** (V) 1 where a word's input row does not move. */
  frozen?: Uint8Array | undefined;
  epochs: number;
  learningRate: number;
  minLearningRateRatio: number;
  seed: number;
  /** The state of the reader of batches to go on from. */
  from?: Float64Array | undefined;
}

/** Facts about a chain of steps. */
export interface StepFacts {
  /** Centers with a context, of all steps. */
  centers: number;
  /** What its loss is a sum over: pairs (skip-gram) or centers (CBOW). */
  examples: number;
  /**
   * Words read from the corpus when the first step was full, and after the last, before subsampling, over all epochs.
   */
  before: number;
  done: number;
}

export function preparationOf({ model, loss }: Method): Preparation {
  if (loss === 'softmax') return softmaxPreparation(model);
  return model === 'skipgram' ? skipgramPreparation : cbowPreparation;
}

export const slotBytes = (plan: StepPlan): number =>
  plan.shape.chain * stepInputBytes(plan.shape.streams, preparationOf(plan).layout(plan.shape));

export function createSlot(plan: StepPlan, buffer: ArrayBuffer | SharedArrayBuffer, offset: number): StepInputs {
  const { shape } = plan;
  return createStepInputs(shape.chain, shape.streams, preparationOf(plan).layout(shape), buffer, offset);
}
