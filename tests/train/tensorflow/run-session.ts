// Random batches and matrices, and a training session run on them, for tests that compare it with a twin.

import { createRandom } from '../../../src/base/random.ts';
import { type Batch, createBatch } from '../../../src/train/batches.ts';
import { createStepInputs, type StepInputs, stepInputBytes } from '../../../src/train/tensorflow/step-input.ts';
import { preparationOf } from '../../../src/train/tensorflow/step-plan.ts';
import { openTrainingSession } from '../../../src/train/tensorflow/training-session.ts';
import type { TrainingShape } from '../../../src/train/tensorflow/training-shape.ts';
import { tensorflow } from './available.ts';
import type { Matrices, TwinOptions } from './naive-twin.ts';

/** Words of the vocabulary, where nothing else is given. */
export const V = 40;

export function randomBatch(shape: TrainingShape, seed: number, words = V): Batch {
  const random = createRandom(seed);
  const batch = createBatch(shape);
  // Low ids come often, as frequent words do, so that the damping has something to do.
  const word = () => Math.floor(words * random.float() ** 3);
  for (let i = 0; i < batch.words.length; i++) batch.words[i] = word();
  for (let i = 0; i < batch.negatives.length; i++) batch.negatives[i] = word();
  for (let i = 0; i < batch.left.length; i++) {
    batch.left[i] = random.below(shape.window + 1);
    batch.right[i] = random.below(shape.window + 1);
    batch.pairs += batch.left[i] + batch.right[i];
    if (batch.left[i] + batch.right[i] > 0) batch.centers++;
  }
  return batch;
}

export function randomMatrices(D: number, seed: number, words = V): Matrices {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length: words * D }, () => Math.fround(random.normal() * 0.5));
  return { input: draw(), output: draw() };
}

/** The arrays of a chain of batches, as a session is fed. */
export function prepareSteps(batches: Batch[], shape: TrainingShape, rate: number, options: TwinOptions): StepInputs {
  const preparation = preparationOf(options);
  const layout = preparation.layout(shape);
  const buffer = new ArrayBuffer(shape.chain * stepInputBytes(shape.streams, layout));
  const inputs = createStepInputs(shape.chain, shape.streams, layout, buffer, 0);
  const prepare = preparation.create(shape, { vocabularySize: V, ...options });
  for (const [i, batch] of batches.entries()) prepare(batch, rate, inputs.steps[i]);
  return inputs;
}

/** Trains one chain of batches from the given matrices; the loss is their sum, 0 where it is not measured. */
export async function runSession(
  batches: Batch[],
  shape: TrainingShape,
  D: number,
  rate: number,
  before: Matrices,
  options: TwinOptions,
  isMeasured = true,
) {
  const inputs = prepareSteps(batches, shape, rate, options);
  const words = before.input.length / D;
  const session = await openTrainingSession(tensorflow!.tf, options, shape, words, D);
  const after = { input: new Float32Array(words * D), output: new Float32Array(words * D) };
  // In two parts, as long matrices are.
  const parts = [before.input.subarray(0, 7 * D), before.input.subarray(7 * D)];
  session.writeRows('input', 0, Float32Array.from(parts[0]));
  session.writeRows('input', 7, Float32Array.from(parts[1]));
  session.writeRows('output', 0, Float32Array.from(before.output));
  let loss = 0;
  if (isMeasured) loss = session.measure(inputs.whole);
  else session.train(inputs.whole);
  session.readRows('input', 0, after.input);
  session.readRows('output', 0, after.output.subarray(0, 9 * D));
  session.readRows('output', 9, after.output.subarray(9 * D));
  session.close();
  return { loss, after };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
