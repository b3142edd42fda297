// The nodes of chapter `graph`, each with small numbers and its formulas, forward and backward.
import { dotInNumbers, fixed, term } from '../figures.ts';
import type { Graph } from '../graph.ts';
import { type Matrix, rowOf } from '../matrix.ts';
import { relu, sigmoid, tanh } from '../nodes/activations.ts';
import { add, branch, multiply, repeat, sum } from '../nodes/arithmetic.ts';
import { embedding, embeddingDot } from '../nodes/embedding.ts';
import { affine, matMul } from '../nodes/matmul.ts';
import { negativeSamplingLoss } from '../nodes/negative-sampling-loss.ts';
import type { Operation } from '../nodes/node.ts';
import { softmax, softmaxWithLoss } from '../nodes/softmax-with-loss.ts';

interface Written {
  symbolic: string;
  numbers: string;
}

export interface NodeExample {
  name: keyof typeof byName;
  operation: Operation;
  /** By edge, the values that go in and the gradients that come back. */
  inputs: Record<string, number[][]>;
  gradients: Record<string, number[][]>;
  /** Of one number forward and one backward, after both steps. */
  formulas(graph: Graph): [forward: Written, backward: Written];
}

const one = (matrix: Matrix, index = 0) => matrix.values[index];
const written = (symbolic: string, numbers: string): Written => ({ symbolic, numbers });
const column = (matrix: Matrix, at: number) =>
  Array.from({ length: matrix.rows }, (_, row) => matrix.values[row * matrix.columns + at]);

const byName = {
  add: {
    operation: add,
    inputs: { x: [[2]], y: [[3]] },
    gradients: { z: [[1]] },
    formulas: (graph) => [
      written('z = x + y', `2 + 3 = ${one(graph.value('z'))}`),
      written('dL/dx = dL/dz,  dL/dy = dL/dz', `${one(graph.gradient('x'))},  ${one(graph.gradient('y'))}`),
    ],
  },
  multiply: {
    operation: multiply,
    inputs: { x: [[2]], y: [[3]] },
    gradients: { z: [[1]] },
    formulas: (graph) => [
      written('z = x y', `2 × 3 = ${one(graph.value('z'))}`),
      written(
        'dL/dx = dL/dz y,  dL/dy = dL/dz x',
        `1 × 3 = ${one(graph.gradient('x'))},  1 × 2 = ${one(graph.gradient('y'))}`,
      ),
    ],
  },
  branch: {
    operation: branch(2),
    inputs: { x: [[2]] },
    gradients: { 'x 1': [[1]], 'x 2': [[2]] },
    formulas: (graph) => [
      written('x1 = x,  x2 = x', `${one(graph.value('x 1'))},  ${one(graph.value('x 2'))}`),
      written('dL/dx = dL/dx1 + dL/dx2', `1 + 2 = ${one(graph.gradient('x'))}`),
    ],
  },
  repeat: {
    operation: repeat(3),
    inputs: { x: [[1, 2]] },
    gradients: {
      y: [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    },
    formulas: (graph) => [
      written('y[i] = x,  i = 1 .. 3', '[1 2], [1 2], [1 2]'),
      written('dL/dx = sum_i dL/dy[i]', `1 + 2 + 3 = ${one(graph.gradient('x'))}`),
    ],
  },
  sum: {
    operation: sum,
    inputs: {
      x: [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    },
    gradients: { y: [[1, 2]] },
    formulas: (graph) => [
      written('y = sum_i x[i]', `1 + 2 + 3 = ${one(graph.value('y'))}`),
      written('dL/dx[i] = dL/dy,  i = 1 .. 3', '[1 2], [1 2], [1 2]'),
    ],
  },
  matMul: {
    operation: matMul,
    inputs: {
      x: [[1, 2]],
      W: [
        [0.5, -1, 2],
        [1, 0, -0.5],
      ],
    },
    gradients: { y: [[1, 0.5, -1]] },
    formulas(graph) {
      const [x, W] = [graph.value('x'), graph.value('W')];
      const dy = graph.gradient('y');
      const dx = graph.gradient('x');
      return [
        written(
          'y = x W,  y1 = sum_j xj Wj1',
          `${dotInNumbers(x.values, column(W, 0), 1)} = ${fixed(one(graph.value('y')), 1)}`,
        ),
        written(
          'dL/dx = dL/dy W^T,  dL/dW = x^T dL/dy',
          `dL/dx1 = ${dotInNumbers(dy.values, rowOf(W, 0), 1)} = ${fixed(one(dx), 1)}`,
        ),
      ];
    },
  },
  affine: {
    operation: affine,
    inputs: {
      x: [[1, 2]],
      W: [
        [0.5, -1],
        [1, 0],
      ],
      b: [[0.1, 0.2]],
    },
    gradients: { y: [[1, -1]] },
    formulas(graph) {
      const [x, W, b] = [graph.value('x'), graph.value('W'), graph.value('b')];
      return [
        written(
          'y = x W + b',
          `y1 = ${dotInNumbers(x.values, column(W, 0), 1)} + ${one(b)} = ${fixed(one(graph.value('y')), 1)}`,
        ),
        written('dL/db = sum_i dL/dy[i]', `[${[...graph.gradient('b').values].join(' ')}]`),
      ];
    },
  },
  sigmoid: {
    operation: sigmoid,
    inputs: { x: [[0, 2, -6]] },
    gradients: { y: [[1, 1, 1]] },
    formulas: activationFormulas(
      '1 / (1 + e^-x)',
      (x) => `1 / (1 + e^${fixed(-x, 0)})`,
      'y (1 - y)',
      (y) => `${y} × (1 - ${y})`,
    ),
  },
  tanh: {
    operation: tanh,
    inputs: { x: [[0, 2, -6]] },
    gradients: { y: [[1, 1, 1]] },
    formulas: activationFormulas(
      'tanh(x)',
      (x) => `tanh(${x})`,
      '(1 - y^2)',
      (y) => `(1 - ${y}^2)`,
    ),
  },
  relu: {
    operation: relu,
    inputs: { x: [[0, 2, -6]] },
    gradients: { y: [[1, 1, 1]] },
    formulas: activationFormulas(
      'max(0, x)',
      (x) => `max(0, ${x})`,
      '(y > 0 ? 1 : 0)',
      () => '1',
    ),
  },
  softmaxWithLoss: {
    operation: softmaxWithLoss([2]),
    inputs: { scores: [[1, 0, 2]] },
    gradients: { loss: [[1]] },
    formulas(graph) {
      const p = one(softmax(graph.value('scores')), 2);
      return [
        written(
          'L = -log(e^s3 / (e^s1 + e^s2 + e^s3))',
          `-log(e^2 / (e^1 + e^0 + e^2)) = -log ${fixed(p)} = ${fixed(one(graph.value('loss')))}`,
        ),
        written('dL/ds = p - one-hot(y)', `dL/ds3 = ${fixed(p)} - 1 = ${fixed(one(graph.gradient('scores'), 2))}`),
      ];
    },
  },
  embedding: {
    operation: embedding([2, 0, 2]),
    inputs: {
      W: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    gradients: {
      h: [
        [0.1, 0.2],
        [0.3, 0.4],
        [0.5, 0.6],
      ],
    },
    formulas: (graph) => [
      written('h[i] = W[id i],  ids 2, 0, 2', `h[1] = W[2] = [${[...rowOf(graph.value('h'), 0)].join(' ')}]`),
      written(
        'dL/dW[id] = sum_i dL/dh[i],  id i = id',
        `dL/dW[2] = [0.1 0.2] + [0.5 0.6] = [${[...rowOf(graph.gradient('W'), 2)].map((slope) => fixed(slope, 1)).join(' ')}]`,
      ),
    ],
  },
  embeddingDot: {
    operation: embeddingDot([[2, 0]]),
    inputs: {
      h: [[1, -1]],
      W: [
        [1, 2],
        [3, 4],
        [5, 7],
      ],
    },
    gradients: { scores: [[1, 0.5]] },
    formulas: (graph) => [
      written(
        's[i] = h · W[id i],  ids 2, 0',
        `s[1] = ${dotInNumbers([1, -1], [5, 7], 0)} = ${one(graph.value('scores'))}`,
      ),
      written(
        'dL/dh = sum_i dL/ds[i] W[id i]',
        `dL/dh1 = ${dotInNumbers([1, 0.5], [5, 1], 1)} = ${fixed(one(graph.gradient('h')), 1)}`,
      ),
    ],
  },
  negativeSamplingLoss: {
    operation: negativeSamplingLoss({ labels: [[1, 0]] }),
    inputs: { scores: [[2, -1]] },
    gradients: { loss: [[1]] },
    formulas(graph) {
      const slopes = graph.gradient('scores').values;
      return [
        written('L = -log σ(s1) - log σ(-s2)', `-log σ(2) - log σ(1) = ${fixed(one(graph.value('loss')))}`),
        written(
          'dL/ds = σ(s) - label',
          `${fixed(slopes[0] + 1)} - 1 = ${fixed(slopes[0])},  ${fixed(slopes[1])} - 0 = ${fixed(slopes[1])}`,
        ),
      ];
    },
  },
} satisfies Record<string, Omit<NodeExample, 'name'>>;

/** Of an activation at its second number. */
function activationFormulas(
  symbol: string,
  numbers: (x: number) => string,
  slope: string,
  slopeNumbers: (y: string) => string,
): NodeExample['formulas'] {
  return (graph) => {
    const [x, y] = [one(graph.value('x'), 1), one(graph.value('y'), 1)];
    return [
      written(`y = ${symbol}`, `${numbers(x)} = ${fixed(y)}`),
      written(
        `dL/dx = dL/dy ${slope}`,
        `${term(1, 0)} × ${slopeNumbers(fixed(y))} = ${fixed(one(graph.gradient('x'), 1))}`,
      ),
    ];
  };
}

export const nodeExamples: NodeExample[] = Object.entries(byName).map(([name, example]) => ({
  ...(example as Omit<NodeExample, 'name'>),
  name: name as keyof typeof byName,
}));
