// Hierarchical softmax (Morin & Bengio 2005): in place of "which of V words?", a "left or right?" at each inner node on
// the way from the root of a binary tree to the word. The probabilities of all words sum to 1 without being computed.
import { negativeSamplingLoss } from './negative-sampling-loss.ts';
import type { Operation } from './node.ts';

export interface HierarchicalSoftmaxSettings {
  /** (B, n): the word's bit at each of the n inner nodes on its path. */
  bits: readonly (readonly (0 | 1)[])[];
  /** Over the batch: the mean or the sum. */
  over?: 'mean' | 'sum';
}

/**
 * Scores of the inner nodes (B, n) -> (1, 1): -sum log P(bit), in nats, with P(0) = sigmoid(s) and P(1) = sigmoid(-s).
 * Backward: sigmoid(s) - 1 for bit 0 and sigmoid(s) for bit 1, (B, n), over B with the mean.
 */
export function hierarchicalSoftmaxLoss({ bits, over = 'mean' }: HierarchicalSoftmaxSettings): Operation {
  // A decision is a term of negative sampling: label 1 for bit 0, label 0 for bit 1.
  const labels = bits.map((row) => row.map((bit) => (bit === 0 ? 1 : 0)));
  return { ...negativeSamplingLoss({ labels, over }), name: 'HierarchicalSoftmaxLoss' };
}
