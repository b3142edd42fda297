// One training example of word2vec with each of its losses, as word2vec.c takes it: the reference that the training
// engines are compared with. Loss and gradients come from a graph of nodes whose gradients are checked by central
// differences.
import { createGraph, type GraphNode } from '../graph.ts';
import { type Matrix, mapped, transposed } from '../matrix.ts';
import {
  contextNodes,
  hierarchicalSoftmaxNodes,
  negativeSamplingNodes,
  skipgramNodes,
  softmaxNodes,
} from './layers.ts';

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
   * What CBOW's context words get where `hidden` is their mean: the exact gradient, a C-th of the hidden vector's each,
   * or the whole of it each, as in word2vec.c, where the input rows move C times as fast.
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

interface Matrices {
  input: Matrix;
  output: Matrix;
}

/** Of an example with W_in and W_out, both (V, D), which are left as they are. */
export function exampleGradients(
  { inputs, outputs }: Example,
  matrices: Matrices,
  settings: ExampleSettings,
): ExampleGradients {
  return gradientsOf(inputs, matrices, settings, (rows) =>
    negativeSamplingNodes(
      repeated(
        outputs.map(({ id }) => id),
        rows,
      ),
      {
        labels: repeated(
          outputs.map(({ label }) => label),
          rows,
        ),
        weights: repeated(
          outputs.map(({ weight }) => weight),
          rows,
        ),
        over: 'sum',
      },
    ),
  );
}

/**
 * The same with hierarchical softmax: W_out (V - 1, D) or larger; `path`: the inner nodes above the right word, and its
 * bits.
 */
export function pathGradients(
  { inputs, path }: { inputs: readonly number[]; path: readonly { node: number; bit: 0 | 1 }[] },
  matrices: Matrices,
  settings: ExampleSettings,
): ExampleGradients {
  return gradientsOf(inputs, matrices, settings, (rows) =>
    hierarchicalSoftmaxNodes(
      repeated(
        path.map(({ node }) => node),
        rows,
      ),
      {
        bits: repeated(
          path.map(({ bit }) => bit),
          rows,
        ),
        over: 'sum',
      },
    ),
  );
}

/** The same with the softmax over all V words, of which `answer` is right. */
export function answerGradients(
  { inputs, answer }: { inputs: readonly number[]; answer: number },
  { input, output }: Matrices,
  settings: ExampleSettings,
): ExampleGradients {
  const nodes = (rows: number) => softmaxNodes(repeated(answer, rows));
  const gradients = gradientsOf(inputs, { input, output: transposed(output) }, settings, nodes);
  const rows = settings.model === 'skipgram' ? inputs.length : 1; // the node's loss is their mean
  const summed = (slopes: Matrix) => mapped(slopes, (slope) => slope * rows);
  return {
    loss: gradients.loss * rows,
    input: summed(gradients.input),
    output: summed(transposed(gradients.output)),
  };
}

/** `second`: the half from so many rows of h to the loss. */
function gradientsOf(
  inputs: readonly number[],
  { input, output }: Matrices,
  { model, hidden, contextGradient }: ExampleSettings,
  second: (rows: number) => GraphNode[],
): ExampleGradients {
  const isSkipgram = model === 'skipgram';
  const first = isSkipgram ? skipgramNodes(inputs) : contextNodes(inputs, hidden);
  const graph = createGraph([...first, ...second(isSkipgram ? inputs.length : 1)]);
  graph.forward({ W_in: input, W_out: output });
  graph.backward();
  const whole = model === 'cbow' && hidden === 'mean' && contextGradient === 'whole';
  return {
    loss: graph.value('loss').values[0],
    input: whole ? mapped(graph.gradient('W_in'), (slope) => slope * inputs.length) : graph.gradient('W_in'),
    output: graph.gradient('W_out'),
  };
}

function repeated<T>(value: T, times: number): T[] {
  return Array.from({ length: times }, () => value);
}
