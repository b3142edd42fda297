// Against NumPy and PyTorch: tests/golden/make-lesson.py.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cooccurrences, densePpmi } from '../../src/explain/dense/cooccurrence.ts';
import { denseSvd } from '../../src/explain/dense/svd.ts';
import { createGraph, type GraphNode } from '../../src/explain/graph.ts';
import { type Matrix, matrixOf, scalar, toRows, transposed } from '../../src/explain/matrix.ts';
import { contrastiveDivergence } from '../../src/explain/rbm.ts';
import { exampleGradients } from '../../src/explain/word2vec/example-gradients.ts';
import { cbowNodes, negativeSamplingNodes, skipgramNodes, softmaxNodes } from '../../src/explain/word2vec/layers.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/lesson.json', import.meta.url), 'utf8'));
const [input, output] = [matrixOf(golden.W_in), matrixOf(golden.W_out)];
const V = golden.words.length;

function expectClose(found: Matrix, wanted: number[][], digits = 12): void {
  expect([found.rows, found.columns]).toEqual([wanted.length, wanted[0].length]);
  for (const [i, value] of wanted.flat().entries()) expect(found.values[i]).toBeCloseTo(value, digits);
}

interface Step {
  loss: number;
  dW_in: number[][];
  dW_out: number[][];
}

/** `outAsRows`: whether W_out is (V, D), as in the file, or (D, V), as MatMul wants it. */
function expectStep(nodes: GraphNode[], outAsRows: boolean, wanted: Step): void {
  const graph = createGraph(nodes);
  graph.forward({ W_in: input, W_out: outAsRows ? output : transposed(output) });
  graph.backward();
  expectClose(graph.value('loss'), toRows(scalar(wanted.loss)));
  expectClose(graph.gradient('W_in'), wanted.dW_in);
  expectClose(outAsRows ? graph.gradient('W_out') : transposed(graph.gradient('W_out')), wanted.dW_out);
}

/** (B, n): the first of each row stood there. */
const labelsOf = (outputs: number[][]) => outputs.map((row) => row.map((_, k): 0 | 1 => (k === 0 ? 1 : 0)));

describe('the steps of word2vec on the sentence of the book', () => {
  const { cbow, skipgram } = golden;

  it('CBOW with softmax', () => {
    expectStep([...cbowNodes(golden.contexts), ...softmaxNodes(golden.targets)], false, cbow.softmax);
  });

  it('CBOW with negative sampling', () => {
    const second = negativeSamplingNodes(cbow.outputs, { labels: labelsOf(cbow.outputs) });
    expectStep([...cbowNodes(golden.contexts), ...second], true, cbow.negativeSampling);
  });

  it('skip-gram with softmax', () => {
    expectStep([...skipgramNodes(skipgram.centers), ...softmaxNodes(skipgram.contexts)], false, skipgram.softmax);
  });

  it('skip-gram with negative sampling', () => {
    const second = negativeSamplingNodes(skipgram.outputs, { labels: labelsOf(skipgram.outputs) });
    expectStep([...skipgramNodes(skipgram.centers), ...second], true, skipgram.negativeSampling);
  });

  // The engines' reference takes examples one at a time: their mean is the batch's step.
  it.each(['cbow', 'skipgram'] as const)('%s: single examples come to the same', (model) => {
    const { outputs, negativeSampling } = golden[model];
    const inputs: number[][] = model === 'cbow' ? golden.contexts : skipgram.centers.map((center: number) => [center]);
    const steps = inputs.map((row, b) => {
      const labeled = outputs[b].map((id: number, k: number) => ({ id, label: k === 0 ? 1 : 0, weight: 1 }));
      const settings = { model, hidden: 'mean', contextGradient: 'exact' } as const;
      return exampleGradients({ inputs: row, outputs: labeled }, { input, output }, settings);
    });
    const mean = (of: (step: (typeof steps)[number]) => number) =>
      steps.reduce((sum, step) => sum + of(step), 0) / steps.length;
    expect(mean(({ loss }) => loss)).toBeCloseTo(negativeSampling.loss, 12);
    for (const [i, slope] of negativeSampling.dW_in.flat().entries()) {
      expect(mean((step) => step.input.values[i])).toBeCloseTo(slope, 12);
    }
    for (const [i, slope] of negativeSampling.dW_out.flat().entries()) {
      expect(mean((step) => step.output.values[i])).toBeCloseTo(slope, 12);
    }
  });

  it('word2vec.c gives each context word the whole gradient: C times the exact one', () => {
    const example = { inputs: [0, 2], outputs: [{ id: 1, label: 1 as const, weight: 1 }] };
    const step = (contextGradient: 'exact' | 'whole') =>
      exampleGradients(example, { input, output }, { model: 'cbow', hidden: 'mean', contextGradient });
    expectClose(
      step('whole').input,
      toRows(step('exact').input).map((row) => row.map((slope) => 2 * slope)),
    );
    expect(step('whole').output).toEqual(step('exact').output);
  });
});

describe('counting on the sentence of the book', () => {
  const counts = cooccurrences([golden.ids], V, 1, 'flat');

  it('co-occurrences and PPMI, plain and smoothed', () => {
    expectClose(counts, golden.counts);
    expectClose(densePpmi(counts, { cds: 1, base: 2 }), golden.ppmi);
    expectClose(densePpmi(counts, { cds: 0.75, base: Math.E }), golden.ppmiSmoothed);
  });

  // Its singular values come in equal pairs, whose vectors may be turned together: U S^2 U^T is the same however.
  it('SVD', () => {
    const { u, singularValues } = denseSvd(densePpmi(counts, { cds: 1, base: 2 }));
    for (const [i, value] of golden.singularValues.entries()) expect(singularValues[i]).toBeCloseTo(value, 10);
    const square = (rows: number[][], i: number, j: number) =>
      rows[i].reduce((sum, _, d) => sum + rows[i][d] * golden.singularValues[d] ** 2 * rows[j][d], 0);
    for (let i = 0; i < V; i++) {
      for (let j = 0; j < V; j++) {
        expect(square(toRows(u), i, j)).toBeCloseTo(square(golden.leftVectors, i, j), 10);
      }
    }
  });
});

it('an RBM: one step of contrastive divergence', () => {
  const { given, step } = golden.rbm;
  const uniform = given.uniform.flat();
  const rbm = {
    W: matrixOf(given.W),
    visibleBias: matrixOf(given.visibleBias),
    hiddenBias: matrixOf(given.hiddenBias),
  };
  const found = contrastiveDivergence(rbm, matrixOf(given.visible), given.learningRate, () => uniform.shift());
  expect(toRows(found.sample)).toEqual(step.sample);
  expectClose(found.hidden, step.hidden);
  expectClose(found.reconstruction, step.reconstruction);
  expectClose(found.hiddenAgain, step.hiddenAgain);
  expect(found.error).toBeCloseTo(step.error, 12);
  expectClose(found.after.W, step.W);
  expectClose(found.after.visibleBias, step.visibleBias);
  expectClose(found.after.hiddenBias, step.hiddenBias);
});
