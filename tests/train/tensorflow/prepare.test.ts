import { describe, expect, it } from 'vitest';
import { type BatchShape, createBatch } from '../../../src/train/batches.ts';
import { createCbowGraph } from '../../../src/train/tensorflow/cbow.ts';
import { createGraph } from '../../../src/train/tensorflow/graph.ts';
import { cbowPreparation } from '../../../src/train/tensorflow/prepare-cbow.ts';
import { skipgramPreparation } from '../../../src/train/tensorflow/prepare-skipgram.ts';
import { createSkipgramGraph } from '../../../src/train/tensorflow/skipgram.ts';
import { createStepInputs, type Preparation, stepInputBytes } from '../../../src/train/tensorflow/step-input.ts';

const shape: BatchShape = { streams: 1, centers: 3, window: 2, negatives: 4 };
// The block, of which 5, 1 and 6 are the centers; the window of 1 is cut on the right.
const words = [9, 1, 5, 1, 6, 5, 261];
const negatives = [5, 7, 1, 5];
const left = [2, 1, 2];
const right = [1, 0, 1];
const negative = 2; // so that a negative stands for half a draw

function prepared(preparation: Preparation) {
  const batch = createBatch(shape);
  batch.words.set(words);
  batch.negatives.set(negatives);
  batch.left.set(left);
  batch.right.set(right);
  const layout = preparation.layout(shape);
  const { whole } = createStepInputs(1, 1, layout, new ArrayBuffer(stepInputBytes(1, layout)), 0);
  whole.weights.fill(7); // what a step before has left
  const prepare = preparation.create(shape, { vocabularySize: 300, negative, cbowSum: false });
  prepare(batch, 1e-3, whole); // so small a rate that nothing is damped
  const T = shape.centers;
  const perCenter = (values: Float32Array, at: (t: number, row: number) => number) =>
    Array.from({ length: T }, (_, t) => Array.from({ length: values.length / T }, (_, row) => values[at(t, row)]));
  return {
    ...whole,
    weights: perCenter(whole.weights, (t, row) => row * T + t),
    contexts: perCenter(whole.contexts, (t, row) => t * words.length + row),
  };
}

it('leaves out of skip-gram’s negatives those that are the context word itself', () => {
  const { weights, outputIds, inputIds } = prepared(skipgramPreparation);
  expect([...inputIds]).toEqual([5, 1, 6]);
  expect([...outputIds]).toEqual([...words, ...negatives]);
  expect(weights).toEqual([
    // context 9, 1, 1: the negatives 5, 7, 5 count for each of the three, the negative 1 only for 9
    [1, 1, 0, 1, 0, 0, 0, 1.5, 1.5, 0.5, 1.5],
    // context 5: the two negatives 5 do not count
    [0, 0, 1, 0, 0, 0, 0, 0, 0.5, 0.5, 0],
    // context 5, 1, 5
    [0, 0, 1, 1, 0, 1, 0, 0.5, 1.5, 1, 0.5],
  ]);
});

it('leaves out of CBOW’s negatives those that are the center itself', () => {
  const { weights, contexts, outputIds, inputIds } = prepared(cbowPreparation);
  expect([...inputIds]).toEqual(words);
  expect([...outputIds]).toEqual([5, 1, 6, ...negatives]);
  expect(weights).toEqual([
    [1, 0, 0, 0, 0.5, 0.5, 0],
    [0, 1, 0, 0.5, 0.5, 0, 0.5],
    [0, 0, 1, 0.5, 0.5, 0.5, 0.5],
  ]);
  expect(contexts).toEqual([
    [1, 1, 0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0, 0, 0],
    [0, 0, 1, 1, 0, 1, 0],
  ]);
});

describe.each([
  ['skip-gram', skipgramPreparation, createSkipgramGraph],
  ['CBOW', cbowPreparation, createCbowGraph],
] as const)('a window of 1,000 words with %s', (_, preparation, createModelGraph) => {
  const wide: BatchShape = { streams: 32, centers: 16, window: 1000, negatives: 16 };

  it('needs a graph of some kilobytes, and 5 MB of input for a batch', () => {
    const graph = createGraph();
    const { steps } = createModelGraph(graph, wide);
    const embedding = {
      forward: () => 'rows',
      update() {},
      clear: () => '',
      writeRows: () => '',
      readRows: () => '',
      updated: () => [],
    };
    const batch = Object.fromEntries(Object.keys(preparation.layout(wide)).map((name) => [name, name])) as never;
    steps({ input: embedding, output: embedding }, batch).loss();
    expect(graph.definition().graph.length).toBeLessThan(200_000);
    expect(stepInputBytes(wide.streams, preparation.layout(wide))).toBeLessThan(5e6);
  });
});
