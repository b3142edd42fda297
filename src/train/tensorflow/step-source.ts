// Prepared steps, one after another: made on the spot, or ahead of time by a worker thread (step-ring.ts).

import { readerStateLength } from '../batches.ts';
import type { StepInput } from './step-input.ts';
import { createStepMaker } from './step-maker.ts';
import { createSlot, type StepFacts, type StepPlan, slotBytes } from './step-plan.ts';

export interface MadeSteps {
  inputs: StepInput;
  facts: StepFacts;
  /** The state of the reader of batches after these steps. */
  state: Float64Array;
}

export interface StepSource {
  /** The next chain of steps, valid until the next call; undefined after the last epoch. */
  next(): Promise<MadeSteps | undefined>;
  close(): Promise<void>;
}

/** Steps made on this thread when they are asked for. */
export function createInlineSource(plan: StepPlan): StepSource {
  const inputs = createSlot(plan, new ArrayBuffer(slotBytes(plan)), 0);
  const state = new Float64Array(readerStateLength(plan.shape));
  const make = createStepMaker(plan);
  return {
    async next() {
      const facts = make(inputs, state);
      return facts && { inputs: inputs.whole, facts, state };
    },
    async close() {},
  };
}
