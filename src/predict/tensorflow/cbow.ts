// One CBOW step (Mikolov et al. 2013a) with negative sampling on a batch.
//
//   A = context bands            (B, T, T+2W)   ones where a word of the block is context of centre t
//   H = (A / size) W_in[block]   (B, T, D)      the mean of the context (or its sum)
//   O = W_out[centres, negatives](B, T+K, D)
//   P = sigmoid(H O^T)           (B, T, T+K)    of the first T columns only the diagonal is used
//   G = M (Y - P)                               M: 1 on the diagonal, negative / K for negatives, Y: 1 on the diagonal
//   W_out += rate (G^T H)        W_in[block] += rate A^T (G O)
//
// As in word2vec.c and gensim, with the mean each context word gets the whole error, not its share of it.
import type { BatchShape } from '../batches.ts';
import type { Embedding } from './embedding.ts';
import type { Operations } from './operations.ts';
import { cbowPreparation } from './prepare-cbow.ts';
import { type ModelStep, negativeSamplingLoss } from './skipgram.ts';
import type { StepInput } from './step-input.ts';
import { windowTables } from './window-tables.ts';

export function createCbowStep(
  operations: Operations,
  embeddings: { input: Embedding; output: Embedding },
  shape: BatchShape,
  negative: number,
): ModelStep {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const { inputRows: block, outputRows: X } = cbowPreparation.layout(shape);
  const tables = windowTables(T, W, 0, 0);
  const leftTable = operations.floats([tables.rows, block], tables.left);
  const rightTable = operations.floats([tables.rows, block], tables.right);
  const isDiagonal = (i: number) => i % X === Math.floor(i / X);
  const labelValues = Float32Array.from({ length: T * X }, (_, i) => (isDiagonal(i) ? 1 : 0));
  const weightValues = labelValues.map((label, i) => (i % X >= T ? negative / K : label));
  const labels = operations.floats([1, T, X], labelValues);
  const weights = operations.floats([1, T, X], weightValues);
  const signs = operations.floats(
    [1, T, X],
    labelValues.map((label) => 1 - 2 * label),
  );

  function run(input: StepInput, measure: boolean): number {
    const blockIds = operations.integers([B, block], input.inputIds);
    const outputIds = operations.integers([B, X], input.outputIds);
    const leftRows = operations.integers([B, T], input.leftRows);
    const rightRows = operations.integers([B, T], input.rightRows);
    const inputRates = operations.floats([B, 1, block], input.inputRates);
    const outputRates = operations.floats([B, 1, X], input.outputRates);
    const centreScale = operations.floats([B, T, 1], input.centreScale);
    const hasContext = operations.floats([B, T, 1], input.centreScale.map(Math.ceil));

    const leftMask = operations.gather(leftTable, leftRows);
    const rightMask = operations.gather(rightTable, rightRows);
    const A = operations.add(leftMask, rightMask);
    const averaging = operations.multiply(A, centreScale);

    const context = embeddings.input.forward(blockIds);
    const O = embeddings.output.forward(outputIds);
    const H = operations.matMul(averaging, context);
    const scores = operations.matMul(H, O, false, true);
    const P = operations.sigmoid(scores);
    const mask = operations.multiply(weights, hasContext);

    const loss = measure ? negativeSamplingLoss(operations, scores, mask, signs) : 0;

    const error = operations.subtract(labels, P);
    const G = operations.multiply(mask, error);
    const hiddenStep = operations.matMul(G, O);
    const ratedByInput = operations.multiply(A, inputRates);
    const ratedByOutput = operations.multiply(G, outputRates);
    const inputStep = operations.matMul(ratedByInput, hiddenStep, true, false);
    const outputStep = operations.matMul(ratedByOutput, H, true, false);
    embeddings.input.update(blockIds, inputStep);
    embeddings.output.update(outputIds, outputStep);

    operations.free(blockIds, outputIds, leftRows, rightRows, inputRates, outputRates, centreScale, hasContext);
    operations.free(leftMask, rightMask, A, averaging, context, O, H, scores, P, mask, error, G);
    operations.free(hiddenStep, ratedByInput, ratedByOutput, inputStep, outputStep);
    return loss;
  }

  return { run, dispose: () => operations.free(leftTable, rightTable, labels, weights, signs) };
}
