import { describe, expect, it } from 'vitest';
import type { TrainingShape } from '../../../src/predict/tensorflow/training-shape.ts';
import { tensorflow } from './available.ts';
import { examplesOf, lossOf, type TwinOptions, trainNaively } from './naive-twin.ts';
import { largestDifference, randomBatch, randomMatrices, runSession, V } from './run-session.ts';

const LIMIT = 2;

const models: TwinOptions[] = [
  { model: 'skipgram', negative: 5, cbowSum: false },
  { model: 'cbow', negative: 5, cbowSum: false },
  { model: 'cbow', negative: 3, cbowSum: true },
];
const shapes: [TrainingShape, number][] = [
  [{ chain: 1, lanes: 1, streams: 1, centres: 1, window: 1, negatives: 1 }, 1],
  [{ chain: 1, lanes: 2, streams: 4, centres: 3, window: 2, negatives: 4 }, 8],
  [{ chain: 3, lanes: 2, streams: 6, centres: 5, window: 3, negatives: 8 }, 17],
  [{ chain: 2, lanes: 2, streams: 2, centres: 4, window: 12, negatives: 16 }, 100],
];

describe.skipIf(tensorflow === undefined)('a training session', () => {
  for (const options of models) {
    const name = `${options.model}${options.cbowSum ? ' with sums' : ''}`;
    it.each(shapes)(`${name}: equals its naive twin for %o, D = %d`, async (shape, D) => {
      const batches = Array.from({ length: shape.chain }, (_, i) => randomBatch(shape, i + 1));
      const before = randomMatrices(D, 11);
      const { loss, after } = await runSession(batches, shape, D, 0.05, before, options);
      const all = batches.map((batch) => examplesOf(batch, shape, options));
      const expected = all.reduce(
        (matrices, examples) => trainNaively(examples, matrices, D, 0.05, LIMIT, options),
        before,
      );
      expect(loss).toBeCloseTo(lossOf(all[0], before, D, options), 2);
      expect(largestDifference(after.input, expected.input)).toBeLessThan(1e-5);
      expect(largestDifference(after.output, expected.output)).toBeLessThan(1e-5);
    });
  }

  it.each(models)('%o: moves along the negative gradient of the loss (finite differences)', async (options) => {
    const shape: TrainingShape = { chain: 1, lanes: 2, streams: 2, centres: 4, window: 2, negatives: 6 };
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

  it('measures the batch it is asked to, before the update of that batch', async () => {
    const shape: TrainingShape = { chain: 3, lanes: 2, streams: 4, centres: 3, window: 2, negatives: 4 };
    const batches = [1, 2, 3].map((seed) => randomBatch(shape, seed));
    const examples = batches.map((batch) => examplesOf(batch, shape, models[0]));
    let matrices = randomMatrices(8, 11);
    for (let step = 0; step < 3; step++) {
      const { loss } = await runSession(batches, shape, 8, 0.05, randomMatrices(8, 11), models[0], step);
      expect(loss).toBeCloseTo(lossOf(examples[step], matrices, 8, models[0]), 2);
      matrices = trainNaively(examples[step], matrices, 8, 0.05, LIMIT, models[0]);
    }
    expect((await runSession(batches, shape, 8, 0.05, randomMatrices(8, 11), models[0], -1)).loss).toBe(0);
  });

  it('is the same each time, and the same but for rounding with other lanes', async () => {
    const run = async (lanes: number) => {
      const shape: TrainingShape = { chain: 2, lanes, streams: 8, centres: 6, window: 3, negatives: 8 };
      const batches = [randomBatch(shape, 1), randomBatch(shape, 2)];
      return (await runSession(batches, shape, 20, 0.05, randomMatrices(20, 4), models[0])).after;
    };
    expect(await run(2)).toEqual(await run(2));
    expect(largestDifference((await run(1)).input, (await run(4)).input)).toBeLessThan(1e-6);
  });
});
