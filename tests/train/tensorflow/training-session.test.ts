import { describe, expect, it } from 'vitest';
import type { TrainingShape } from '../../../src/train/tensorflow/training-shape.ts';
import { tensorflow } from './available.ts';
import { examplesOf, lossOf, type TwinOptions, trainNaively } from './naive-twin.ts';
import { largestDifference, randomBatch, randomMatrices, runSession, V } from './run-session.ts';

const LIMIT = 2;

const models: TwinOptions[] = [
  { model: 'skipgram', loss: 'ns', negative: 5, cbowSum: false },
  { model: 'cbow', loss: 'ns', negative: 5, cbowSum: false },
  { model: 'cbow', loss: 'ns', negative: 3, cbowSum: true },
];
const softmaxModels: TwinOptions[] = [
  { model: 'skipgram', loss: 'softmax', negative: 1, cbowSum: false },
  { model: 'cbow', loss: 'softmax', negative: 1, cbowSum: false },
  { model: 'cbow', loss: 'softmax', negative: 1, cbowSum: true },
];
const softmaxShapes: [TrainingShape, number, number][] = [
  [{ chain: 2, lanes: 1, streams: 1, centers: 2, window: 2, negatives: 0 }, 9, 1],
  [{ chain: 3, lanes: 1, streams: 1, centers: 16, window: 3, negatives: 0 }, 40, 17],
  [{ chain: 2, lanes: 1, streams: 1, centers: 6, window: 2, negatives: 0 }, 2301, 5], // in two parts
];
const shapes: [TrainingShape, number][] = [
  [{ chain: 1, lanes: 1, streams: 1, centers: 1, window: 1, negatives: 1 }, 1],
  [{ chain: 1, lanes: 2, streams: 4, centers: 3, window: 2, negatives: 4 }, 8],
  [{ chain: 3, lanes: 2, streams: 6, centers: 5, window: 3, negatives: 8 }, 17],
  [{ chain: 2, lanes: 2, streams: 2, centers: 4, window: 12, negatives: 16 }, 100],
];

describe.skipIf(tensorflow === undefined)('a training session', () => {
  for (const options of models) {
    const name = `${options.model}${options.cbowSum ? ' with sums' : ''}`;
    it.each(shapes)(`${name}: equals its naive twin for %o, D = %d`, async (shape, D) => {
      const batches = Array.from({ length: shape.chain }, (_, i) => randomBatch(shape, i + 1));
      const before = randomMatrices(D, 11);
      const { loss, after } = await runSession(batches, shape, D, 0.05, before, options);
      let expected = before;
      let expectedLoss = 0;
      for (const batch of batches) {
        const examples = examplesOf(batch, shape, options);
        expectedLoss += lossOf(examples, expected, D, options);
        expected = trainNaively(examples, expected, D, 0.05, LIMIT, options);
      }
      expect(loss / expectedLoss).toBeCloseTo(1, 5);
      expect(largestDifference(after.input, expected.input)).toBeLessThan(1e-5);
      expect(largestDifference(after.output, expected.output)).toBeLessThan(1e-5);
    });
  }

  it.each(models)('%o: moves along the negative gradient of the loss (finite differences)', async (options) => {
    const shape: TrainingShape = { chain: 1, lanes: 2, streams: 2, centers: 4, window: 2, negatives: 6 };
    const D = 6;
    const rate = 1e-3; // small enough that nothing is damped
    const batch = randomBatch(shape, 5);
    const before = randomMatrices(D, 3);
    const { after } = await runSession([batch], shape, D, rate, before, options);
    const examples = examplesOf(batch, shape, options);
    const h = 1e-5;
    for (const matrix of ['input', 'output'] as const) {
      // With the mean, word2vec gives each context word the whole error: not the gradient, see cbow.ts.
      if (matrix === 'input' && options.model === 'cbow' && !options.cbowSum) continue;
      for (let i = 0; i < V * D; i += 7) {
        const at = (shift: number) => {
          const moved = { input: before.input.slice(), output: before.output.slice() };
          moved[matrix][i] += shift;
          return lossOf(examples, moved, D, options);
        };
        const gradient = (at(h) - at(-h)) / (2 * h);
        expect((after[matrix][i] - before[matrix][i]) / rate).toBeCloseTo(-gradient, 2);
      }
    }
  });

  describe.each(softmaxModels)('%o', (options) => {
    it.each(softmaxShapes)('equals its naive twin for %o, V = %d, D = %d', async (shape, V, D) => {
      const batches = Array.from({ length: shape.chain }, (_, i) => randomBatch(shape, i + 1, V));
      const before = randomMatrices(D, 11, V);
      const { loss, after } = await runSession(batches, shape, D, 0.05, before, options);
      let expected = before;
      let expectedLoss = 0;
      for (const batch of batches) {
        const examples = examplesOf(batch, shape, options);
        expectedLoss += lossOf(examples, expected, D, options);
        expected = trainNaively(examples, expected, D, 0.05, Number.POSITIVE_INFINITY, options);
      }
      expect(loss / expectedLoss).toBeCloseTo(1, 5);
      expect(largestDifference(after.input, expected.input)).toBeLessThan(1e-5);
      expect(largestDifference(after.output, expected.output)).toBeLessThan(1e-5);
      expect(largestDifference(after.output, before.output)).toBeGreaterThan(1e-3);
    });
  });

  it('measures or only trains, with the same result', async () => {
    const shape: TrainingShape = { chain: 3, lanes: 2, streams: 4, centers: 3, window: 2, negatives: 4 };
    const batches = [1, 2, 3].map((seed) => randomBatch(shape, seed));
    const run = (isMeasured: boolean) =>
      runSession(batches, shape, 8, 0.05, randomMatrices(8, 11), models[0], isMeasured);
    const [measured, trained] = [await run(true), await run(false)];
    expect(measured.loss).toBeGreaterThan(0);
    expect(trained.loss).toBe(0);
    expect(trained.after).toEqual(measured.after);
  });

  it.each(models)('%o: the same bytes each time and for any number of lanes', async (options) => {
    const run = async (lanes: number) => {
      const shape: TrainingShape = { chain: 2, lanes, streams: 8, centers: 16, window: 5, negatives: 16 };
      const batches = [randomBatch(shape, 1), randomBatch(shape, 2)];
      return runSession(batches, shape, 20, 0.05, randomMatrices(20, 4), options);
    };
    const two = await run(2);
    for (const lanes of [1, 2, 4, 8]) expect(await run(lanes)).toEqual(two);
  });
});
