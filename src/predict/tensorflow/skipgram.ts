// One skip-gram step (Mikolov et al. 2013b, eq. 4) on a batch: Embedding, EmbeddingDot, sigmoid with loss, and back.
//
//   E = W_in[centres]            (B, T, D)
//   O = W_out[block, negatives]  (B, X, D)   X = T + 2W + K
//   P = sigmoid(E O^T)           (B, T, X)   the chance that a pair is real
//   G = M (Y - P)                (B, T, X)   Y: 1 for the block's columns, 0 for the negatives'
//   W_in[centres] += rate (G O)  W_out[block, negatives] += rate (G^T E)
//
// M is each centre's context band, and negative / K per context word in the negatives' columns: the K negatives a
// stream shares stand for `negative` draws per pair, as in pWord2Vec (Ji et al. 2016).
import type { BatchShape } from '../batches.ts';
import type { Embedding } from './embedding.ts';
import type { Handle, Operations } from './operations.ts';
import { skipgramPreparation } from './prepare-skipgram.ts';
import type { StepInput } from './step-input.ts';
import { windowTables } from './window-tables.ts';

export interface ModelStep {
  /** Trains on the batch. With `measure`, also returns the summed loss (nats) before the update; else 0. */
  run(input: StepInput, measure: boolean): number;
  dispose(): void;
}

export function createSkipgramStep(
  operations: Operations,
  embeddings: { input: Embedding; output: Embedding },
  shape: BatchShape,
  negative: number,
): ModelStep {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const { outputRows: X } = skipgramPreparation.layout(shape);
  const tables = windowTables(T, W, K, negative / K);
  const leftTable = operations.floats([tables.rows, X], tables.left);
  const rightTable = operations.floats([tables.rows, X], tables.right);
  const isPositive = Float32Array.from({ length: X }, (_, x) => (x < T + 2 * W ? 1 : 0));
  const labels = operations.floats([1, 1, X], isPositive);
  const signs = operations.floats(
    [1, 1, X],
    isPositive.map((label) => 1 - 2 * label),
  );

  function run(input: StepInput, measure: boolean): number {
    const centreIds = operations.integers([B, T], input.inputIds);
    const outputIds = operations.integers([B, X], input.outputIds);
    const leftRows = operations.integers([B, T], input.leftRows);
    const rightRows = operations.integers([B, T], input.rightRows);
    const inputRates = operations.floats([B, T, 1], input.inputRates);
    const outputRates = operations.floats([B, 1, X], input.outputRates);

    const leftMask = operations.gather(leftTable, leftRows);
    const rightMask = operations.gather(rightTable, rightRows);
    const mask = operations.add(leftMask, rightMask);

    const E = embeddings.input.forward(centreIds);
    const O = embeddings.output.forward(outputIds);
    const scores = operations.matMul(E, O, false, true);
    const P = operations.sigmoid(scores);

    const loss = measure ? negativeSamplingLoss(operations, scores, mask, signs) : 0;

    const error = operations.subtract(labels, P);
    const G = operations.multiply(mask, error);
    const ratedByInput = operations.multiply(G, inputRates);
    const ratedByOutput = operations.multiply(G, outputRates);
    const inputStep = operations.matMul(ratedByInput, O);
    const outputStep = operations.matMul(ratedByOutput, E, true, false);
    embeddings.input.update(centreIds, inputStep);
    embeddings.output.update(outputIds, outputStep);

    operations.free(centreIds, outputIds, leftRows, rightRows, inputRates, outputRates);
    operations.free(leftMask, rightMask, mask, E, O, scores, P, error, G);
    operations.free(ratedByInput, ratedByOutput, inputStep, outputStep);
    return loss;
  }

  return { run, dispose: () => operations.free(leftTable, rightTable, labels, signs) };
}

/** sum of mask * -log sigmoid(+-score) = mask * softplus(sign * score); sign -1 for positives, +1 for negatives. */
export function negativeSamplingLoss(operations: Operations, scores: Handle, mask: Handle, signs: Handle): number {
  const signed = operations.multiply(scores, signs);
  const losses = operations.softplus(signed);
  const weighted = operations.multiply(losses, mask);
  const sum = operations.sumAll(weighted);
  const [loss] = operations.values(sum);
  operations.free(signed, losses, weighted, sum);
  return loss;
}
