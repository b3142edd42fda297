// CBOW with negative sampling (Mikolov et al. 2013a, 2013b) on a batch.
//
//   A = context bands             (B, T, T+2W)   ones where a word of the block is context of center t
//   H = (A / size) W_in[block]    (B, T, D)      the mean of the context (or its sum)
//   O = W_out[centers, negatives] (B, T+K, D)
//   G = M (Y - sigmoid(O H^T))    (B, T+K, T)    Y: 1 on the diagonal; M: 1 on the diagonal, 0 beside it in the first T
//                                                rows, negative / K for negatives that are another word than the center
//   W_in[block] += rate A^T (G^T O)      W_out[centers, negatives] += rate (G H)
//
// As in word2vec.c and gensim, with the mean each context word gets the whole error, not its share of it. With the sum
// the whole error is each word's exact gradient.
import type { BatchShape } from '../batches.ts';
import type { Graph } from './graph.ts';
import type { ModelGraph } from './model-graph.ts';
import { createNegativeSampling } from './negative-sampling.ts';

export function createCbowGraph(graph: Graph, shape: BatchShape): ModelGraph {
  const { streams: B, centers: T, window: W, negatives: K } = shape;
  const block = T + 2 * W;
  const X = T + K;
  const labels = Float32Array.from({ length: T * X }, (_, i) => (i % T === Math.floor(i / T) ? 1 : 0));
  const lossOf = createNegativeSampling(graph, [1, X, T], labels);
  return {
    shapes: {
      inputIds: [B, block],
      outputIds: [B, X],
      weights: [B, X, T],
      contexts: [B, T, block],
      inputRates: [B, 1, block],
      outputRates: [B, X, 1],
      centerScale: [B, T, 1],
    },
    steps(embeddings, batch) {
      const context = embeddings.input.forward(batch.inputIds);
      const O = embeddings.output.forward(batch.outputIds);
      const A = batch.contexts;
      const H = graph.matMul(graph.multiply(A, batch.centerScale), context);
      const { residual: G, loss } = lossOf(graph.matMul(O, H, false, true), batch.weights);
      const error = graph.matMul(G, O, true, false);
      return {
        inputStep: graph.matMul(graph.multiply(A, batch.inputRates), error, true, false),
        outputStep: graph.matMul(graph.multiply(G, batch.outputRates), H),
        loss,
      };
    },
  };
}
