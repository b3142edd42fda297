// Makes steps: batches from the corpus, each prepared for the model, several in a chain.
import { readStored } from '../../corpus/id-store.ts';
import { createBatch, createBatchReader } from '../batches.ts';
import { createNegativeSampler } from '../negatives.ts';
import { learningRateAt } from '../schedule.ts';
import type { StepInput, StepInputs } from './step-input.ts';
import { preparationOf, type StepFacts, type StepPlan } from './step-plan.ts';

/**
 * A function that fills the given memory with the next chain of steps, and with the state of the reader after it; or
 * says that there is none.
 */
export function createStepMaker(plan: StepPlan): (inputs: StepInputs, state: Float64Array) => StepFacts | undefined {
  const { storage, length, shape } = plan;
  const batch = createBatch(shape);
  const reader = createBatchReader(
    {
      length,
      read: readStored(storage, length),
    },
    shape,
    {
      keep: plan.keep,
      sampler: createNegativeSampler(plan.counts, plan.negativeExponent),
      epochs: plan.epochs,
      seed: plan.seed,
      from: plan.from,
    },
  );
  const prepare = preparationOf(plan).create(shape, {
    vocabularySize: plan.counts.length,
    negative: plan.negative,
    cbowSum: plan.cbowSum,
  });
  const total = plan.tokens * plan.epochs;

  return ({ steps }, state) => {
    const facts = { centers: 0, examples: 0, before: reader.done(), done: 0 };
    for (const [i, input] of steps.entries()) {
      const full = reader.done();
      const learningRate = learningRateAt(plan.learningRate, plan.minLearningRateRatio, full, total);
      if (!reader.next(batch)) {
        if (i === 0) return undefined;
        for (const rest of steps.slice(i)) for (const array of Object.values(rest)) array.fill(0);
        break;
      }
      prepare(batch, learningRate, input);
      if (plan.frozen) freezeRows(input, plan.frozen);
      facts.centers += batch.centers;
      facts.examples += plan.model === 'skipgram' ? batch.pairs : batch.centers;
    }
    facts.done = reader.done();
    reader.save(state);
    return facts;
  };
}

/** A rate of 0: what is added to the row is 0. */
function freezeRows({ inputIds, inputRates }: StepInput, frozen: Uint8Array): void {
  for (let i = 0; i < inputIds.length; i++) if (frozen[inputIds[i]] === 1) inputRates[i] = 0;
}
