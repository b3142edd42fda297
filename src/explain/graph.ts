// A computational graph: operations joined by named edges, each with a value after the forward step and a gradient
// after the backward step. One edge has one reader: a value that two nodes read goes through a Branch, so that the sum
// of its gradients is visible.
import { usage } from '../base/errors.ts';
import { expectShape, filled, type Matrix } from './matrix.ts';
import type { Operation } from './nodes/node.ts';

export interface GraphNode {
  operation: Operation;
  /** Names of edges. */
  inputs: readonly string[];
  outputs: readonly string[];
}

export interface Edge {
  readonly name: string;
  /** Blank before the forward step. */
  value: Matrix | undefined;
  /** dL/d(value), of the value's shape. Blank, not 0, before the backward step. */
  gradient: Matrix | undefined;
}

export type Values = Readonly<Record<string, Matrix>>;

export interface Graph {
  /** In the order of the forward step. */
  readonly nodes: readonly GraphNode[];
  /** By name: first the graph's inputs, then what each node makes, in order. */
  readonly edges: ReadonlyMap<string, Edge>;
  /** The edges that no node makes, and those that no node reads. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Puts the inputs on their edges; all else is blank. Throws `usage` if one is missing. */
  start(values: Values): void;
  /** Puts the gradients on the outputs, as `backward` does, and goes no further. */
  startBackward(gradients?: Values): void;
  /** One node of the forward step, or of the backward step; `index` as in `nodes`. */
  forwardNode(index: number): void;
  backwardNode(index: number): void;
  /** The start and the forward step of all nodes. Gradients are blank afterwards. */
  forward(values: Values): void;
  /**
   * Gradient 1 on the one output, which is (1, 1), or the `gradients` given by name; then all nodes from the last to
   * the first.
   */
  backward(gradients?: Values): void;
  /** The value or gradient of an edge. Throws `usage` if it is blank or there is no such edge. */
  value(edge: string): Matrix;
  gradient(edge: string): Matrix;
}

/** Throws `usage` if the nodes are not in order, or an edge is made or read twice. */
export function createGraph(nodes: readonly GraphNode[]): Graph {
  const made = nodes.flatMap((node) => node.outputs);
  const read = nodes.flatMap((node) => node.inputs);
  const inputs = read.filter((name) => !made.includes(name));
  const outputs = made.filter((name) => !read.includes(name));
  checkEdges(nodes, inputs, made, read);
  const edges = new Map<string, Edge>(
    [...inputs, ...made].map((name) => [name, { name, value: undefined, gradient: undefined }]),
  );
  const edgeNamed = (name: string): Edge => edges.get(name) ?? fail(`there is no edge ${name}`);
  const value = (name: string) => edgeNamed(name).value ?? fail(`edge ${name} has no value before the forward step`);
  const gradient = (name: string) =>
    edgeNamed(name).gradient ?? fail(`edge ${name} has no gradient before the backward step`);
  const put = (names: readonly string[], kind: 'value' | 'gradient', matrices: readonly Matrix[]) => {
    for (const [i, name] of names.entries()) edgeNamed(name)[kind] = matrices[i];
  };
  const graph: Graph = {
    nodes,
    edges,
    inputs,
    outputs,
    value,
    gradient,
    start(values) {
      for (const edge of edges.values()) {
        edge.value = undefined;
        edge.gradient = undefined;
      }
      for (const name of inputs) edgeNamed(name).value = values[name] ?? fail(`input ${name} is not given`);
    },
    forwardNode(index) {
      const node = nodes[index];
      put(node.outputs, 'value', node.operation.forward(node.inputs.map(value)));
    },
    backwardNode(index) {
      const { operation, inputs, outputs } = nodes[index];
      put(inputs, 'gradient', operation.backward(outputs.map(gradient), inputs.map(value), outputs.map(value)));
    },
    forward(values) {
      graph.start(values);
      for (let index = 0; index < nodes.length; index++) graph.forwardNode(index);
    },
    startBackward(gradients = {}) {
      for (const name of outputs) edgeNamed(name).gradient = gradients[name] ?? one(value(name));
    },
    backward(gradients) {
      graph.startBackward(gradients);
      for (let index = nodes.length - 1; index >= 0; index--) graph.backwardNode(index);
    },
  };
  return graph;
}

/** dL/dL */
function one(loss: Matrix): Matrix {
  expectShape(loss, 1, 1);
  return filled(1, 1, 1);
}

function checkEdges(nodes: readonly GraphNode[], inputs: string[], made: string[], read: string[]): void {
  const readTwice = read.find((name, at) => read.indexOf(name) !== at);
  if (readTwice !== undefined)
    fail(`edge ${readTwice} is read twice`, 'put a Branch there, whose outputs are read once');
  const madeTwice = made.find((name, at) => made.indexOf(name) !== at);
  if (madeTwice !== undefined) fail(`edge ${madeTwice} is made twice`);
  const known = new Set(inputs);
  for (const node of nodes) {
    const unmade = node.inputs.find((name) => !known.has(name));
    if (unmade !== undefined)
      fail(`edge ${unmade} is read before it is made`, 'put the nodes in the order of the forward step');
    for (const name of node.outputs) known.add(name);
  }
}

function fail(observed: string, hint = 'check the names of the edges, and the order of the steps'): never {
  throw usage(observed, hint);
}
