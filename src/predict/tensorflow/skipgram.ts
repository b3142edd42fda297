// Skip-gram with negative sampling (Mikolov et al. 2013b, eq. 4) on a batch: Embedding, EmbeddingDot, loss, and back.
//
//   E = W_in[centres]            (B, T, D)
//   O = W_out[block, negatives]  (B, X, D)   X = T + 2W + K
//   G = M (Y - sigmoid(E O^T))   (B, T, X)   M: the weights; Y: 1 for the block's columns, 0 for the negatives'
//   W_in[centres] += rate (G O)  W_out[block, negatives] += rate (G^T E)
//
// M is 1 for the words of a centre's context, and in the negatives' columns negative / K for each of these that is another
// word: the K negatives that a stream's T centres share stand for `negative` draws per pair (prepare-skipgram.ts).
import type { BatchShape } from '../batches.ts';
import type { Graph } from './graph.ts';
import type { ModelGraph } from './model-graph.ts';
import { createNegativeSampling } from './negative-sampling.ts';

export function createSkipgramGraph(graph: Graph, shape: BatchShape): ModelGraph {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const block = T + 2 * W;
  const X = block + K;
  const labels = Float32Array.from({ length: X }, (_, x) => (x < block ? 1 : 0));
  const lossOf = createNegativeSampling(graph, [1, 1, X], labels);
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
      const { residual: G, loss } = lossOf(graph.matMul(E, O, false, true), batch.weights);
      return {
        inputStep: graph.matMul(graph.multiply(G, batch.inputRates), O),
        outputStep: graph.matMul(graph.multiply(G, batch.outputRates), E, true, false),
        loss,
      };
    },
  };
}
