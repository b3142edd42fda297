// Negative sampling (Mikolov et al. 2013b, eq. 4): each score s = h . o of a hidden vector with an output row is a
// guess at whether the pair is real (label 1) or drawn (label 0).
//
//   P = sigmoid(S)                the chance that a pair is real
//   G = M (Y - P)                 minus the gradient of the loss in S; M: how often each pair counts, Y: the labels
//   L = sum M softplus(+-S)       -log sigmoid(s) = softplus(-s) for real pairs, -log sigmoid(-s) = softplus(s) for
//   drawn ones
import type { Graph, Tensor } from './graph.ts';

export interface ScoreLoss {
  /** G, (B, X, T). */
  residual: Tensor;
  /** Each stream's summed loss in nats, (B); built only where asked for. */
  loss(): Tensor;
}

/**
 * @param shape that of `labels`, which are spread over the scores: (1, X, T or 1)
 * @returns from scores and weights M, (B, X, T) each, to their loss
 */
export function createNegativeSampling(
  graph: Graph,
  shape: readonly number[],
  labels: Float32Array,
): (scores: Tensor, weights: Tensor) => ScoreLoss {
  const Y = graph.floats(shape, labels);
  const signs = labels.map((label) => 1 - 2 * label);
  return (scores, weights) => ({
    residual: graph.multiply(weights, graph.subtract(Y, graph.sigmoid(scores))),
    loss: () => graph.sum(graph.multiply(weights, graph.softplus(graph.multiply(scores, graph.floats(shape, signs))))),
  });
}
