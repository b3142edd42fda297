// The full softmax over all V words (Mikolov et al. 2013b, eq. 2), with skip-gram or CBOW.
//
//   H = hidden vectors       (1, T, D)  skip-gram: the centers' rows of W_in; CBOW: the means (or sums) of their
//   contexts O = W_out[targets]       (1, X, D)  skip-gram: the block's T + 2W words; CBOW: the T centers
//   M, m                     (1, X, T)  how often each target counts for each center, and their sums over the targets
//   P = softmax(H W_out^T)   (1, T, V)
//   L = sum m log(sum exp(H W_out^T)) - sum (M^T O) H
//   error = M^T O - m P W_out
//   W_out[targets] += rate (M H)        W_out += -rate ((m P)^T H)
//
// W_out is read and multiplied in parts that run side by side. Their number follows from V alone: it decides how the
// sums are rounded, and the bytes must not depend on the number of threads.
import type { BatchShape } from '../batches.ts';
import type { Model } from '../settings.ts';
import type { Graph, Tensor } from './graph.ts';
import type { BatchTensors, Embeddings, ModelGraph } from './model-graph.ts';

const WORDS_OF_A_PART = 1000; // at least: each operation costs some microseconds
const MOST_PARTS = 4;

/** @param shape with one stream; its negatives are not used */
export function createSoftmaxGraph(graph: Graph, shape: BatchShape, model: Model, V: number): ModelGraph {
  const { centers: T, window: W } = shape;
  const block = T + 2 * W;
  const isSkipgram = model === 'skipgram';
  const X = isSkipgram ? block : T;
  const ones = graph.floats([1, X, 1], new Float32Array(X).fill(1));
  const minusOne = graph.floats([1, 1, 1], Float32Array.of(-1));
  const parts = partsOf(V).map((ids) => graph.integers([1, ids.length], ids));
  const hidden = isSkipgram ? skipgramHidden(graph) : cbowHidden(graph);
  return {
    shapes: {
      inputIds: [1, isSkipgram ? T : block],
      outputIds: [1, X],
      weights: [1, X, T],
      contexts: isSkipgram ? [] : [1, T, block],
      inputRates: isSkipgram ? [1, T, 1] : [1, 1, block],
      outputRates: [1, 1, 1],
      centerScale: isSkipgram ? [] : [1, T, 1],
    },
    steps(embeddings, batch) {
      const { H, stepOf } = hidden(embeddings, batch);
      const M = batch.weights;
      const targets = graph.matMul(M, embeddings.output.forward(batch.outputIds), true, false); // M^T O
      const m = graph.matMul(M, ones, true, false); // (1, T, 1)
      const rows = parts.map((ids) => embeddings.output.forward(ids));
      const scores = rows.map((part) => graph.matMul(H, part, false, true)); // (1, T, words of the part) each
      const largest = scores.map((part) => graph.rowMaxima(part)).reduce(graph.maximum); // (1, T, 1)
      const exponentials = scores.map((part) => graph.exp(graph.subtract(part, largest)));
      const sum = exponentials.map((part) => graph.rowSums(part)).reduce(graph.add); // (1, T, 1)
      const share = graph.divide(m, sum);
      const mP = exponentials.map((part) => graph.multiply(part, share));
      const expected = mP.map((part, i) => graph.matMul(part, rows[i])).reduce(graph.add); // m P W_out
      const rateH = graph.multiply(H, batch.outputRates);
      const back = graph.multiply(rateH, minusOne);
      return {
        inputStep: stepOf(graph.subtract(targets, expected)),
        outputStep: graph.matMul(M, rateH),
        wordSteps: mP.map((part, i) => ({ ids: parts[i], step: graph.matMul(part, back, true, false) })),
        loss: () =>
          graph.subtract(
            graph.sum(graph.multiply(m, graph.add(largest, graph.log(sum)))),
            graph.sum(graph.multiply(targets, H)),
          ),
      };
    },
  };
}

/** H, and what the input rows move by for an error in it: (1, T, D) -> (1, I, D) */
type Hidden = (embeddings: Embeddings, batch: BatchTensors) => { H: Tensor; stepOf(error: Tensor): Tensor };

const skipgramHidden =
  (graph: Graph): Hidden =>
  ({ input }, { inputIds, inputRates }) => ({
    H: input.forward(inputIds),
    stepOf: (error) => graph.multiply(error, inputRates),
  });

/** As in cbow.ts: with the mean each context word gets the whole error. */
const cbowHidden =
  (graph: Graph): Hidden =>
  ({ input }, { inputIds, inputRates, contexts: A, centerScale }) => ({
    H: graph.matMul(graph.multiply(A, centerScale), input.forward(inputIds)),
    stepOf: (error) => graph.matMul(graph.multiply(A, inputRates), error, true, false),
  });

/** The ids 0 .. V - 1 in parts of nearly the same size. */
function partsOf(V: number): Int32Array[] {
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor(V / WORDS_OF_A_PART)));
  const firstOf = (i: number) => Math.floor((i * V) / count);
  return Array.from({ length: count }, (_, i) =>
    Int32Array.from({ length: firstOf(i + 1) - firstOf(i) }, (_, v) => firstOf(i) + v),
  );
}
