// What a batch should do, one pair at a time in double precision, straight from the formulas. All updates of a batch are
// computed from the rows as they were before it.
import type { Batch, BatchShape } from '../../../src/predict/batches.ts';

export interface Matrices {
  input: Float64Array;
  output: Float64Array;
}

interface Terms {
  /** Rows whose mean (or sum) is the hidden vector, the row it is compared with, whether they belong together, and how much it counts. */
  hidden: number[];
  target: number;
  label: 0 | 1;
  weight: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export interface TwinOptions {
  model: 'skipgram' | 'cbow';
  negative: number;
  cbowSum: boolean;
}

export function termsOf(batch: Batch, shape: BatchShape, { model, negative }: TwinOptions): Terms[] {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const terms: Terms[] = [];
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const place = b * (T + 2 * W) + W + t;
      const centre = batch.words[place];
      const context: number[] = [];
      for (let u = place - batch.left[b * T + t]; u <= place + batch.right[b * T + t]; u++) {
        if (u !== place) context.push(batch.words[u]);
      }
      if (context.length === 0) continue;
      const negatives = [...batch.negatives.subarray(b * K, (b + 1) * K)];
      if (model === 'skipgram') {
        for (const target of context) terms.push({ hidden: [centre], target, label: 1, weight: 1 });
        // word2vec.c draws `negative` words for each positive and leaves out those that are the positive itself.
        for (const positive of context) {
          for (const target of negatives.filter((word) => word !== positive)) {
            terms.push({ hidden: [centre], target, label: 0, weight: negative / K });
          }
        }
      } else {
        terms.push({ hidden: context, target: centre, label: 1, weight: 1 });
        for (const target of negatives.filter((word) => word !== centre)) {
          terms.push({ hidden: context, target, label: 0, weight: negative / K });
        }
      }
    }
  }
  return terms;
}

function hiddenVector({ input }: Matrices, rows: number[], D: number, sum: boolean): Float64Array {
  const h = new Float64Array(D);
  for (const row of rows) for (let d = 0; d < D; d++) h[d] += input[row * D + d] / (sum ? 1 : rows.length);
  return h;
}

const score = (h: Float64Array, { output }: Matrices, row: number, D: number) =>
  h.reduce((sum, value, d) => sum + value * output[row * D + d], 0);

/** Summed negative-sampling loss, nats. */
export function lossOf(terms: Terms[], matrices: Matrices, D: number, { cbowSum }: TwinOptions): number {
  let loss = 0;
  for (const { hidden, target, label, weight } of terms) {
    const x = score(hiddenVector(matrices, hidden, D, cbowSum), matrices, target, D);
    loss -= weight * Math.log(sigmoid(label === 1 ? x : -x));
  }
  return loss;
}

/** The matrices after the batch. `limit` is the damping's, see damping.ts. */
export function trainNaively(
  terms: Terms[],
  before: Matrices,
  D: number,
  learningRate: number,
  limit: number,
  options: TwinOptions,
): Matrices {
  const after = { input: before.input.slice(), output: before.output.slice() };
  const weights = { input: new Map<number, number>(), output: new Map<number, number>() };
  const add = (map: Map<number, number>, row: number, weight: number) => map.set(row, (map.get(row) ?? 0) + weight);
  for (const { hidden, target, weight } of terms) {
    for (const row of hidden) add(weights.input, row, weight);
    add(weights.output, target, weight);
  }
  const rate = (weight: number) => learningRate * Math.min(1, limit / (learningRate * weight));
  for (const { hidden, target, label, weight } of terms) {
    const h = hiddenVector(before, hidden, D, options.cbowSum);
    const error = weight * (label - sigmoid(score(h, before, target, D)));
    const outputRate = rate(weights.output.get(target) as number);
    for (let d = 0; d < D; d++) after.output[target * D + d] += outputRate * error * h[d];
    for (const row of hidden) {
      const inputRate = rate(weights.input.get(row) as number);
      for (let d = 0; d < D; d++) after.input[row * D + d] += inputRate * error * before.output[target * D + d];
    }
  }
  return after;
}
