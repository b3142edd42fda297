import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { checkGradients } from '../../src/explain/gradient-check.ts';
import { createGraph, type GraphNode, type Values } from '../../src/explain/graph.ts';
import { filled, generated, matrixOf, toRows } from '../../src/explain/matrix.ts';
import { relu, sigmoid, tanh } from '../../src/explain/nodes/activations.ts';
import { add, branch, multiply, repeat, scale, sum } from '../../src/explain/nodes/arithmetic.ts';
import { embedding, embeddingDot } from '../../src/explain/nodes/embedding.ts';
import { affine, matMul } from '../../src/explain/nodes/matmul.ts';
import { hierarchicalSoftmaxLoss, negativeSamplingLoss } from '../../src/explain/nodes/negative-sampling-loss.ts';
import type { Operation } from '../../src/explain/nodes/node.ts';
import { softmaxWithLoss } from '../../src/explain/nodes/softmax-with-loss.ts';

type Shape = readonly [number, number];
const random = createRandom(7);
const drawn = ([rows, columns]: Shape) => generated(rows, columns, () => random.normal());

/** A graph of one node on random inputs; each number of each output counts by another random number. */
function alone(operation: Operation, shapes: readonly Shape[]) {
  const inputs = shapes.map((_, i) => `x${i}`);
  const values: Values = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, drawn(shape)]));
  const made = operation.forward(inputs.map((name) => values[name]));
  const outputs = made.map((_, i) => `y${i}`);
  const gradients = Object.fromEntries(made.map(({ rows, columns }, i) => [`y${i}`, drawn([rows, columns])]));
  return { graph: createGraph([{ operation, inputs, outputs }]), values, gradients };
}

const cases: [Operation, Shape[]][] = [
  [
    add,
    [
      [2, 3],
      [2, 3],
    ],
  ],
  [
    multiply,
    [
      [2, 3],
      [2, 3],
    ],
  ],
  [scale(0.5), [[2, 3]]],
  [branch(3), [[2, 3]]],
  [repeat(4), [[1, 3]]],
  [sum, [[4, 3]]],
  [
    matMul,
    [
      [2, 3],
      [3, 4],
    ],
  ],
  [
    affine,
    [
      [2, 3],
      [3, 4],
      [1, 4],
    ],
  ],
  [sigmoid, [[2, 3]]],
  [tanh, [[2, 3]]],
  [relu, [[3, 5]]],
  [softmaxWithLoss([1, 0, 4]), [[3, 5]]],
  [embedding([2, 0, 2, 2]), [[4, 3]]],
  [
    embeddingDot([
      [1, 3, 1],
      [0, 1, 3],
    ]),
    [
      [2, 3],
      [5, 3],
    ],
  ],
  [
    negativeSamplingLoss({
      labels: [
        [1, 0, 0],
        [1, 0, 1],
      ],
    }),
    [[2, 3]],
  ],
  [
    hierarchicalSoftmaxLoss({
      bits: [
        [0, 1, 1],
        [1, 1, 0],
      ],
    }),
    [[2, 3]],
  ],
  [negativeSamplingLoss({ labels: [[1, 0, 0]], weights: [[1, 3, 0.5]], over: 'sum' }), [[1, 3]]],
];

describe('each node alone', () => {
  it.each(cases.map(([operation, shapes]) => [operation.name, operation, shapes] as const))(
    '%s: gradients equal central differences',
    (_, operation, shapes) => {
      const { graph, values, gradients } = alone(operation, shapes);
      for (const { edge, largestError, count } of checkGradients(graph, values, gradients)) {
        expect(count).toBeGreaterThan(0);
        expect(largestError, edge).toBeLessThan(1e-6);
      }
    },
  );

  it('a wrong backward step is found', () => {
    const wrong: Operation = {
      ...multiply,
      backward: ([gradient], [x, y]) => multiply.backward([gradient], [y, x], []),
    };
    const { graph, values, gradients } = alone(wrong, [
      [2, 3],
      [2, 3],
    ]);
    expect(Math.max(...checkGradients(graph, values, gradients).map((edge) => edge.largestError))).toBeGreaterThan(0.1);
  });

  it('Embedding adds at an id that comes twice', () => {
    const W = filled(3, 2);
    const [dW] = embedding([1, 1, 0]).backward(
      [
        matrixOf([
          [1, 2],
          [10, 20],
          [5, 6],
        ]),
      ],
      [W],
      [],
    );
    expect(toRows(dW)).toEqual([
      [5, 6],
      [11, 22],
      [0, 0],
    ]);
  });

  it('sigmoid and its loss do not overflow', () => {
    const scores = matrixOf([[1000, -1000]]);
    expect(toRows(sigmoid.forward([scores])[0])).toEqual([[1, 0]]);
    expect(negativeSamplingLoss({ labels: [[0, 1]] }).forward([scores])[0].values[0]).toBe(2000);
    expect(softmaxWithLoss([1]).forward([scores])[0].values[0]).toBe(2000);
  });

  it.each([
    [
      'Add',
      add,
      [
        [2, 3],
        [3, 2],
      ],
    ],
    [
      'MatMul',
      matMul,
      [
        [2, 3],
        [2, 3],
      ],
    ],
    ['Repeat', repeat(2), [[2, 3]]],
    ['SoftmaxWithLoss', softmaxWithLoss([0]), [[2, 3]]],
  ] as [string, Operation, Shape[]][])('%s: says which shapes do not fit', (_, operation, shapes) => {
    expect(() => operation.forward(shapes.map(drawn))).toThrow(/a matrix is \(\d, \d\): \(\d, \d\) expected/);
  });
});

describe('a graph', () => {
  /** Two layers with ReLU, and x that is read by the first layer and added again (a residual). */
  const nodes: GraphNode[] = [
    { operation: branch(2), inputs: ['x'], outputs: ['x1', 'x2'] },
    { operation: affine, inputs: ['x1', 'W1', 'b1'], outputs: ['a'] },
    { operation: tanh, inputs: ['a'], outputs: ['h'] },
    { operation: add, inputs: ['h', 'x2'], outputs: ['r'] },
    { operation: matMul, inputs: ['r', 'W2'], outputs: ['scores'] },
    { operation: softmaxWithLoss([0, 3]), inputs: ['scores'], outputs: ['loss'] },
  ];
  const values: Values = { x: drawn([2, 3]), W1: drawn([3, 3]), b1: drawn([1, 3]), W2: drawn([3, 4]) };

  it('has the gradient on every edge, those between nodes too', () => {
    const checked = checkGradients(createGraph(nodes), values);
    expect(checked.map(({ edge }) => edge)).toEqual([
      'x',
      'W1',
      'b1',
      'W2',
      'x1',
      'x2',
      'a',
      'h',
      'r',
      'scores',
      'loss',
    ]);
    for (const { edge, largestError } of checked) expect(largestError, edge).toBeLessThan(1e-6);
  });

  it('has blank gradients before the backward step, and blank values before the forward step', () => {
    const graph = createGraph(nodes);
    expect(() => graph.value('a')).toThrow('edge a has no value before the forward step');
    graph.forward(values);
    expect([...graph.edges.values()].every(({ value, gradient }) => value && gradient === undefined)).toBe(true);
    expect(() => graph.gradient('a')).toThrow('edge a has no gradient before the backward step');
    graph.backward();
    expect([...graph.edges.values()].every(({ gradient }) => gradient)).toBe(true);
    graph.forward(values);
    expect(graph.edges.get('a')!.gradient).toBeUndefined();
  });

  it('can be walked node by node to the same numbers', () => {
    const [whole, stepped] = [createGraph(nodes), createGraph(nodes)];
    whole.forward(values);
    stepped.start(values);
    for (let index = 0; index < nodes.length; index++) {
      expect(stepped.edges.get(nodes[index].outputs[0])!.value).toBeUndefined();
      stepped.forwardNode(index);
    }
    expect([...stepped.edges]).toEqual([...whole.edges]);
  });

  it('refuses edges that are read twice, made twice, read too early, or not given', () => {
    const twice = { operation: add, inputs: ['x', 'x'], outputs: ['y'] };
    expect(() => createGraph([twice])).toThrow('edge x is read twice');
    const tanhTo = (x: string, y: string) => ({ operation: tanh, inputs: [x], outputs: [y] });
    expect(() => createGraph([tanhTo('x', 'y'), tanhTo('z', 'y')])).toThrow('edge y is made twice');
    expect(() => createGraph([tanhTo('y', 'z'), tanhTo('x', 'y')])).toThrow('edge y is read before it is made');
    expect(() => createGraph([tanhTo('x', 'y')]).forward({})).toThrow('input x is not given');
  });
});
