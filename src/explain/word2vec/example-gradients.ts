// One training example of word2vec with negative sampling, as word2vec.c takes it: the reference that the training engines
// are compared with. Loss and gradients come from a graph of nodes whose gradients are checked by central differences.
import { createGraph } from '../graph.ts';
import { type Matrix, mapped } from '../matrix.ts';
import { contextNodes, negativeSamplingNodes, skipgramNodes } from './layers.ts';

export interface Example {
  /** Rows of W_in. Skip-gram compares each by itself with the outputs, CBOW their mean or sum. */
  inputs: readonly number[];
  /** Rows of W_out: 1 for a word that occurred there, 0 for a drawn one; `weight`: how often it counts. */
  outputs: readonly { id: number; label: 0 | 1; weight: number }[];
}

export interface ExampleSettings {
  model: 'skipgram' | 'cbow';
  /** CBOW's hidden vector. */
  hidden: 'mean' | 'sum';
  /**
   * What CBOW's context words get where `hidden` is their mean: the exact gradient, a C-th of the hidden vector's each, or the
   * whole of it each, as in word2vec.c, where the input rows move C times as fast.
   */
  contextGradient: 'exact' | 'whole';
}

export interface ExampleGradients {
  /** Sum over the example's terms, nats. */
  loss: number;
  /** dL/dW_in and dL/dW_out, (V, D). */
  input: Matrix;
  output: Matrix;
}

/** Of an example with W_in and W_out, both (V, D), which are left as they are. */
export function exampleGradients(
  { inputs, outputs }: Example,
  { input, output }: { input: Matrix; output: Matrix },
  { model, hidden, contextGradient }: ExampleSettings,
): ExampleGradients {
  const first = model === 'skipgram' ? skipgramNodes(inputs) : contextNodes(inputs, hidden);
  const forEachRow = <T>(row: T): T[] => (model === 'skipgram' ? inputs.map(() => row) : [row]);
  const second = negativeSamplingNodes(forEachRow(outputs.map(({ id }) => id)), {
    labels: forEachRow(outputs.map(({ label }) => label)),
    weights: forEachRow(outputs.map(({ weight }) => weight)),
    over: 'sum',
  });
  const graph = createGraph([...first, ...second]);
  graph.forward({ W_in: input, W_out: output });
  graph.backward();
  const whole = model === 'cbow' && hidden === 'mean' && contextGradient === 'whole';
  return {
    loss: graph.value('loss').values[0],
    input: whole ? mapped(graph.gradient('W_in'), (slope) => slope * inputs.length) : graph.gradient('W_in'),
    output: graph.gradient('W_out'),
  };
}
