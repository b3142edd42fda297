// Skip-gram with negative sampling (Mikolov et al. 2013b, eq. 4) on a batch: Embedding, EmbeddingDot, sigmoid with
// loss, and back.
//
//   E = W_in[centres]            (B, T, D)
//   O = W_out[block, negatives]  (B, X, D)   X = T + 2W + K
//   P = sigmoid(E O^T)           (B, T, X)   the chance that a pair is real
//   G = M (Y - P)                (B, T, X)   M: the weights; Y: 1 for the block's columns, 0 for the negatives'
//   W_in[centres] += rate (G O)  W_out[block, negatives] += rate (G^T E)
//
// M is 1 for the words of a centre's context, and in the negatives' columns negative / K for each of these that is another
// word: the K negatives that a stream's T centres share stand for `negative` draws per pair (prepare-skipgram.ts).
import type { BatchShape } from '../batches.ts';
import type { Embedding } from './embedding.ts';
import type { Graph, Tensor } from './graph.ts';
import type { StepArray } from './step-input.ts';

/** One batch as tensors, (B, ...) each as in StepInput; the rates and the scale shaped to spread over what they scale. */
export type BatchTensors = Record<StepArray, Tensor>;

export interface ModelGraph {
  /** The shape of each array for one batch of B streams. */
  shapes: Record<StepArray, number[]>;
  /** What the batch adds to the rows it read, and its summed loss in nats (built only where asked for). */
  steps(embeddings: { input: Embedding; output: Embedding }, batch: BatchTensors): ModelSteps;
}

export interface ModelSteps {
  inputStep: Tensor;
  outputStep: Tensor;
  loss(): Tensor;
}

export function createSkipgramGraph(graph: Graph, shape: BatchShape): ModelGraph {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const block = T + 2 * W;
  const X = block + K;
  const isPositive = Float32Array.from({ length: X }, (_, x) => (x < block ? 1 : 0));
  const labels = graph.floats([1, 1, X], isPositive);

  return {
    shapes: {
      inputIds: [B, T],
      outputIds: [B, X],
      weights: [B, T, X],
      contexts: [],
      inputRates: [B, T, 1],
      outputRates: [B, 1, X],
      centreScale: [],
    },
    steps(embeddings, batch) {
      const E = embeddings.input.forward(batch.inputIds);
      const O = embeddings.output.forward(batch.outputIds);
      const M = batch.weights;
      const scores = graph.matMul(E, O, false, true);
      const P = graph.sigmoid(scores);
      const G = graph.multiply(M, graph.subtract(labels, P));
      return {
        inputStep: graph.matMul(graph.multiply(G, batch.inputRates), O),
        outputStep: graph.matMul(graph.multiply(G, batch.outputRates), E, true, false),
        loss: () => negativeSamplingLoss(graph, scores, M, [1, 1, X], isPositive),
      };
    },
  };
}

/** sum of M * -log sigmoid(score) over positives and M * -log sigmoid(-score) over negatives; -log sigmoid(x) = softplus(-x). */
export function negativeSamplingLoss(
  graph: Graph,
  scores: Tensor,
  M: Tensor,
  shape: number[],
  labels: Float32Array,
): Tensor {
  const signs = graph.floats(
    shape,
    labels.map((label) => 1 - 2 * label),
  );
  return graph.sum(graph.multiply(M, graph.softplus(graph.multiply(scores, signs))));
}
