import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TrainingShape } from '../../../src/train/tensorflow/training-shape.ts';
import { tensorflow } from './available.ts';
import type { TwinOptions } from './naive-twin.ts';
import './removed-utilities.ts';
import { largestDifference, prepareSteps, randomBatch, randomMatrices, runSession, V } from './run-session.ts';
import { teachingStep } from './teaching-twin.ts';

const models: TwinOptions[] = [
  { model: 'skipgram', loss: 'ns', negative: 5, cbowSum: false },
  { model: 'cbow', loss: 'ns', negative: 5, cbowSum: false },
  { model: 'cbow', loss: 'ns', negative: 3, cbowSum: true },
];
const shapes: [TrainingShape, number][] = [
  [{ chain: 1, lanes: 1, streams: 1, centers: 1, window: 1, negatives: 1 }, 1],
  [{ chain: 1, lanes: 2, streams: 4, centers: 3, window: 2, negatives: 4 }, 8],
  [{ chain: 3, lanes: 2, streams: 6, centers: 5, window: 3, negatives: 8 }, 17],
];

describe.skipIf(tensorflow === undefined)("the graph's steps equal tfjs's gradients", () => {
  for (const options of models) {
    it.each(shapes)(`${options.model}${options.cbowSum ? ' with sums' : ''}, %o, D = %d`, async (shape, D) => {
      const { tf } = tensorflow!;
      const batches = Array.from({ length: shape.chain }, (_, i) => randomBatch(shape, i + 1));
      const before = randomMatrices(D, 11);
      const graph = await runSession(batches, shape, D, 0.05, before, options);

      const tensors = tf.memory().numTensors;
      const variable = (matrix: Float64Array) => tf.variable(tf.tensor2d(Float32Array.from(matrix), [V, D]));
      const [W_in, W_out] = tf.tidy(() => [variable(before.input), variable(before.output)]);
      const losses = prepareSteps(batches, shape, 0.05, options).steps.map((batch) =>
        teachingStep(tf, options.model, shape, [W_in, W_out], batch),
      );
      expect(losses.reduce((a, b) => a + b) / graph.loss).toBeCloseTo(1, 5);
      expect(largestDifference(W_in.dataSync(), graph.after.input)).toBeLessThan(1e-5);
      expect(largestDifference(W_out.dataSync(), graph.after.output)).toBeLessThan(1e-5);
      expect(largestDifference(W_in.dataSync(), before.input)).toBeGreaterThan(1e-4);
      tf.dispose([W_in, W_out]);
      expect(tf.memory().numTensors).toBe(tensors);
    });
  }
});

it('stands in docs/algorithms.md as it is here, beside the graph', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const partOf = (file: string, from: string, to?: string) => {
    const text = read(file);
    expect(text).toContain(from);
    return text.slice(text.indexOf(from), to === undefined ? undefined : text.indexOf(to));
  };
  const document = read('../../../docs/algorithms.md');
  const twin = partOf('./teaching-twin.ts', '/** Trains the variables');
  const graph = partOf('../../../src/train/tensorflow/skipgram.ts', '    steps(embeddings', '  };\n}');
  for (const shown of [twin, graph]) expect(document).toContain(`\`\`\`ts\n${shown}\`\`\`\n`);
});
