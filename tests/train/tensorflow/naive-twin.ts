// What a batch should do, from the reference in src/explain, whose gradients are checked by central differences. All
// updates of a batch are computed from the rows as they were before it.
import { addTo, filled, type Matrix } from '../../../src/explain/matrix.ts';
import { answerGradients, type Example, exampleGradients } from '../../../src/explain/word2vec/example-gradients.ts';
import type { Batch, BatchShape } from '../../../src/train/batches.ts';

export interface Matrices {
  input: Float64Array;
  output: Float64Array;
}

export interface TwinOptions {
  model: 'skipgram' | 'cbow';
  loss: 'ns' | 'softmax';
  negative: number;
  cbowSum: boolean;
}

export function examplesOf(batch: Batch, shape: BatchShape, { model, loss, negative }: TwinOptions): Example[] {
  const { streams: B, centers: T, window: W, negatives: K } = shape;
  const examples: Example[] = [];
  for (let b = 0; b < B; b++) {
    const negatives = loss === 'ns' ? [...batch.negatives.subarray(b * K, (b + 1) * K)] : [];
    // word2vec.c draws `negative` words for each positive and leaves out those that are the positive itself.
    const outputsOf = (positive: number): Example['outputs'] => [
      { id: positive, label: 1, weight: 1 },
      ...negatives.filter((word) => word !== positive).map((id) => ({ id, label: 0 as const, weight: negative / K })),
    ];
    for (let t = 0; t < T; t++) {
      const place = b * (T + 2 * W) + W + t;
      const center = batch.words[place];
      const context: number[] = [];
      for (let u = place - batch.left[b * T + t]; u <= place + batch.right[b * T + t]; u++) {
        if (u !== place) context.push(batch.words[u]);
      }
      if (context.length === 0) continue;
      if (model === 'cbow') examples.push({ inputs: context, outputs: outputsOf(center) });
      else for (const positive of context) examples.push({ inputs: [center], outputs: outputsOf(positive) });
    }
  }
  return examples;
}

/** Summed loss (nats) and gradients of a batch; CBOW's contexts get the whole error, as in word2vec.c. */
function batchGradients(examples: Example[], { input, output }: Matrices, D: number, options: TwinOptions) {
  const V = input.length / D;
  const asMatrix = (values: Float64Array): Matrix => ({ rows: V, columns: D, values });
  const matrices = { input: asMatrix(input), output: asMatrix(output) };
  const hidden = options.cbowSum ? 'sum' : 'mean';
  const total = { loss: 0, input: filled(V, D).values, output: filled(V, D).values };
  for (const example of examples) {
    const settings = { model: options.model, hidden, contextGradient: 'whole' } as const;
    const one =
      options.loss === 'ns'
        ? exampleGradients(example, matrices, settings)
        : answerGradients({ inputs: example.inputs, answer: example.outputs[0].id }, matrices, settings);
    total.loss += one.loss;
    addTo(total.input, one.input.values);
    addTo(total.output, one.output.values);
  }
  return total;
}

/** Summed loss, nats. */
export function lossOf(examples: Example[], matrices: Matrices, D: number, options: TwinOptions): number {
  return batchGradients(examples, matrices, D, options).loss;
}

/** The matrices after the batch. `limit` is the damping's, see damping.ts; Infinity: none. */
export function trainNaively(
  examples: Example[],
  before: Matrices,
  D: number,
  learningRate: number,
  limit: number,
  options: TwinOptions,
): Matrices {
  const gradients = batchGradients(examples, before, D, options);
  const weights = { input: new Map<number, number>(), output: new Map<number, number>() };
  const add = (map: Map<number, number>, row: number, weight: number) => map.set(row, (map.get(row) ?? 0) + weight);
  for (const { inputs, outputs } of examples) {
    for (const { id, weight } of outputs) {
      for (const row of inputs) add(weights.input, row, weight);
      add(weights.output, id, weight);
    }
  }
  const rate = (weight = 0) => learningRate * Math.min(1, limit / (learningRate * weight));
  const moved = (matrix: 'input' | 'output') =>
    before[matrix].map((value, i) => value - rate(weights[matrix].get(Math.floor(i / D))) * gradients[matrix][i]);
  return { input: moved('input'), output: moved('output') };
}
