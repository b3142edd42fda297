// Keeps a batch's sum of stale updates from overshooting.
//
// A batch adds up the updates of every occurrence of a word, all computed from the same old row. Sequential training
// would have seen the error shrink after each. For a frequent word the sum overshoots, and the model diverges. So a
// word's learning rate in a batch is
//     rate(w) = learningRate * min(1, LIMIT / (learningRate * weight(w))),
// weight(w) the number of example terms, positive and negative, that move the row. Rare words are not affected.
// Without it training diverges; between 1 and 8 the limit hardly changes the scores (docs/algorithms.md).

const LIMIT = 2;

export interface Damping {
  /** Replaces the weight of each slot in `rates` by the learning rate its word gets in this batch. */
  apply(ids: Int32Array, rates: Float32Array, learningRate: number): void;
}

export function createDamping(vocabularySize: number): Damping {
  const weights = new Float64Array(vocabularySize);
  return {
    apply(ids, rates, learningRate) {
      for (let i = 0; i < ids.length; i++) weights[ids[i]] += rates[i];
      for (let i = 0; i < ids.length; i++) {
        const weight = weights[ids[i]] * learningRate;
        rates[i] = weight > LIMIT ? (learningRate * LIMIT) / weight : learningRate;
      }
      for (let i = 0; i < ids.length; i++) weights[ids[i]] = 0;
    },
  };
}
