// Softmax and cross entropy as one node: from scores over all words to -log of the probability of the right one.
import { expectShape, type Matrix, mapped, rowOf, scalar } from '../matrix.ts';
import type { Operation } from './node.ts';

/**
 * (B, V) scores -> (B, V) probabilities, each row sums to 1: e^s / sum of e^s, the largest score is subtracted first.
 */
export function softmax(scores: Matrix): Matrix {
  const result = { ...scores, values: scores.values.slice() };
  for (let b = 0; b < scores.rows; b++) {
    const row = rowOf(result, b);
    const largest = row.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    for (let v = 0; v < row.length; v++) row[v] = Math.exp(row[v] - largest);
    const total = row.reduce((sum, each) => sum + each, 0);
    for (let v = 0; v < row.length; v++) row[v] /= total;
  }
  return result;
}

/**
 * Scores (B, V) and B right answers, ids 0 .. V - 1 -> (1, 1): the mean over the batch of -log p(right answer), in
 * nats. Backward: (p - one-hot(right answer)) / B, (B, V).
 */
export function softmaxWithLoss(answers: readonly number[]): Operation {
  return {
    name: 'SoftmaxWithLoss',
    forward([scores]) {
      expectShape(scores, answers.length, scores.columns);
      const loss = answers.reduce((total, answer, b) => total + logSum(rowOf(scores, b)) - rowOf(scores, b)[answer], 0);
      return [scalar(loss / answers.length)];
    },
    backward([gradient], [scores]) {
      const factor = gradient.values[0] / answers.length;
      const V = scores.columns;
      return [
        mapped(softmax(scores), (p, index) => factor * (p - (answers[Math.floor(index / V)] === index % V ? 1 : 0))),
      ];
    },
  };
}

/** log of the sum of e^score, without overflow. */
function logSum(scores: Float64Array): number {
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
}
