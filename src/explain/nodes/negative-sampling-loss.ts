// Negative sampling (Mikolov et al. 2013b, eq. 4): in place of "which of V words?", for a few words "does it belong
// here?".
import { expectShape, mapped, rowOf, scalar } from '../matrix.ts';
import { minusLogSigmoid, sigmoidOf } from './activations.ts';
import type { Operation } from './node.ts';

export interface NegativeSamplingSettings {
  /** (B, n): 1 for a word that occurred there, 0 for a drawn one. */
  labels: readonly (readonly (0 | 1)[])[];
  /** (B, n): how often each counts; 1 where not given. */
  weights?: readonly (readonly number[])[];
  /** Over the batch: the mean, as in the book, or the sum, as in word2vec.c, which takes one example at a time. */
  over?: 'mean' | 'sum';
}

/**
 * Scores (B, n) -> (1, 1): -sum weight * log sigmoid(s) for label 1, log sigmoid(-s) for label 0, in nats.
 * Backward: weight * (sigmoid(s) - label), (B, n), over B with the mean.
 */
export function negativeSamplingLoss({ labels, weights, over = 'mean' }: NegativeSamplingSettings): Operation {
  const share = over === 'mean' ? 1 / labels.length : 1;
  const n = labels[0]?.length ?? 0;
  const labelAt = (index: number) => labels[Math.floor(index / n)][index % n];
  const weightAt = (index: number) => share * (weights?.[Math.floor(index / n)][index % n] ?? 1);
  return {
    name: 'NegativeSamplingLoss',
    forward([scores]) {
      expectShape(scores, labels.length, n);
      let loss = 0;
      for (let b = 0; b < scores.rows; b++) {
        for (const [i, score] of rowOf(scores, b).entries()) {
          loss += weightAt(b * n + i) * minusLogSigmoid(labels[b][i] === 1 ? score : -score);
        }
      }
      return [scalar(loss)];
    },
    backward: ([gradient], [scores]) => [
      mapped(scores, (score, index) => gradient.values[0] * weightAt(index) * (sigmoidOf(score) - labelAt(index))),
    ],
  };
}

// Hierarchical softmax (Morin & Bengio 2005): in place of "which of V words?", a "left or right?" at each inner node on
// the way from the root of a binary tree to the word. The probabilities of all words sum to 1 without being computed.

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
