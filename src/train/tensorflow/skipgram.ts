// Skip-gram with negative sampling (Mikolov et al. 2013b, eq. 4) on a batch: Embedding, EmbeddingDot, loss, and back.
//
//   E = W_in[centers]            (B, T, D)
//   O = W_out[block, negatives]  (B, X, D)   X = T + 2W + K
//   G = M (Y - sigmoid(O E^T))   (B, X, T)   M: the weights; Y: 1 for the block's rows, 0 for the negatives'
//   W_in[centers] += rate (G^T O)  W_out[block, negatives] += rate (G E)
//
// M is 1 for the words of a center's context, and in the negatives' rows negative / K for each of these that is another
// word: the K negatives that a stream's T centers share stand for `negative` draws per pair (prepare-skipgram.ts).
import type { BatchShape } from '../batches.ts';
import type { Graph } from './graph.ts';
import type { ModelGraph } from './model-graph.ts';
import { createNegativeSampling } from './negative-sampling.ts';

export function createSkipgramGraph(graph: Graph, shape: BatchShape): ModelGraph {
  const { streams: B, centers: T, window: W, negatives: K } = shape;
  const block = T + 2 * W;
  const X = block + K;
  const labels = Float32Array.from({ length: X }, (_, x) => (x < block ? 1 : 0));
  const lossOf = createNegativeSampling(graph, [1, X, 1], labels);
  return {
    shapes: {
      inputIds: [B, T],
      outputIds: [B, X],
      weights: [B, X, T],
      contexts: [],
      inputRates: [B, 1, T],
      outputRates: [B, X, 1],
      centerScale: [],
    },
    steps(embeddings, batch) {
      const E = embeddings.input.forward(batch.inputIds);
      const O = embeddings.output.forward(batch.outputIds);
      const { residual: G, loss } = lossOf(graph.matMul(O, E, false, true), batch.weights);
      return {
        inputStep: graph.matMul(graph.multiply(G, batch.inputRates), O, true, false),
        outputStep: graph.matMul(graph.multiply(G, batch.outputRates), E),
        loss,
      };
    },
  };
}
