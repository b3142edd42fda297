// One training step in tfjs's own operations: variables, tf.gather, and gradients by tf.variableGrads. The engine's
// graph makes the same step without a dense gradient (teaching-twin.test.ts: equal to 1e-5). Quoted in
// docs/algorithms.md.
import type { BatchShape } from '../../../src/train/batches.ts';
import type { TensorflowJs } from '../../../src/train/tensorflow/saved-model.ts';
import type { StepInput } from '../../../src/train/tensorflow/step-input.ts';

type Variable = ReturnType<TensorflowJs['variable']>;

/** Trains the variables W_in and W_out (V, D) on one batch; returns its summed loss (nats) from before the update. */
export function teachingStep(
  tf: TensorflowJs,
  model: 'skipgram' | 'cbow',
  { streams: B, centers: T, window: W, negatives: K }: BatchShape,
  [W_in, W_out]: [Variable, Variable],
  batch: StepInput,
): number {
  const block = T + 2 * W; // the words that a stream's T centers and their windows cover
  const rows = (matrix: Variable, ids: Int32Array) => tf.gather(matrix, tf.tensor2d(ids, [B, ids.length / B]));

  function skipgram() {
    const E = rows(W_in, batch.inputIds); // (B, T, D): the centers
    const O = rows(W_out, batch.outputIds); // (B, X, D): the block's words, then the negatives
    const labels = tf.concat([tf.ones([block, 1]), tf.zeros([K, 1])]); // (X, 1)
    return { scores: tf.matMul(O, E, false, true), labels };
  }

  function cbow() {
    const A = tf.tensor3d(batch.contexts, [B, T, block]); // 1 where a word of the block is context of the center
    const scale = tf.tensor3d(batch.centerScale, [B, T, 1]); // 1 / size of the context
    // Forward, h is the mean of the context. Backward, each of its words gets the whole error, as in word2vec.c.
    const meanOf = tf.customGrad((sum) => ({ value: tf.mul(sum as typeof A, scale), gradFunc: (error) => error }));
    const H = meanOf(tf.matMul(A, rows(W_in, batch.inputIds))); // (B, T, D)
    const O = rows(W_out, batch.outputIds); // (B, X, D): the centers, then the negatives
    const labels = tf.concat([tf.eye(T), tf.zeros([K, T])]); // (X, T): each center is right for its own context
    return { scores: tf.matMul(O, H, false, true), labels };
  }

  function loss() {
    const { scores, labels } = model === 'skipgram' ? skipgram() : cbow(); // (B, X, T)
    const weights = tf.tensor(batch.weights, scores.shape); // how often each pair counts
    const signs = tf.sub(1, tf.mul(2, labels)); // -1 for real pairs, 1 for drawn ones
    return tf.sum(tf.mul(weights, tf.softplus(tf.mul(scores, signs)))).asScalar(); // softplus(-s) = -log sigmoid(s)
  }

  function descend(matrix: Variable, gradient: ReturnType<typeof loss>, ids: Int32Array, rates: Float32Array) {
    const rateOf = new Float32Array(matrix.shape[0]); // (V): the learning rate of each row of the batch, 0 of all others
    for (const [i, id] of ids.entries()) rateOf[id] = rates[i];
    matrix.assign(tf.sub(matrix, tf.mul(gradient, tf.tensor2d(rateOf, [rateOf.length, 1]))));
  }

  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss, [W_in, W_out]); // dense: (V, D) each
    descend(W_in, grads[W_in.name] as typeof value, batch.inputIds, batch.inputRates);
    descend(W_out, grads[W_out.name] as typeof value, batch.outputIds, batch.outputRates);
    return value.dataSync()[0];
  });
}
