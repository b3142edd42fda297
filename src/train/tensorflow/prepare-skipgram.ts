// Skip-gram's share of a step that needs no TensorFlow: which rows are read, what each pair counts, how far each row
// may move. Input rows: the T centers. Output rows: the block of T + 2W words, then the K shared negatives.
//
// A pair of a center and a word of its context counts 1. A negative stands for negative / K draws for each word of the
// context, but not for those that it equals: as in word2vec.c, a draw of the positive itself is left out.
import { createDamping } from './damping.ts';
import type { Preparation, StepInput } from './step-input.ts';

export const skipgramPreparation: Preparation = {
  layout({ centers: T, window: W, negatives: K }) {
    const X = T + 2 * W + K;
    return { inputIds: T, outputIds: X, weights: T * X, contexts: 0, inputRates: T, outputRates: X, centerScale: 0 };
  },
  create({ streams: B, centers: T, window: W, negatives: K }, { vocabularySize, negative }) {
    const block = T + 2 * W;
    const X = block + K;
    const share = negative / K;
    const damping = createDamping(vocabularySize);
    const mayBeNegative = new Uint8Array(256); // by the low bits of an id, so that few words are compared with all K
    const weights = new Float32Array(B * T * X); // filling and writing shared memory piece by piece is slower
    const draws = new Float32Array(T); // what each negative counts for a center
    return (batch, learningRate, input) => {
      const { inputIds, outputIds, inputRates, outputRates } = input;
      const { words, negatives, left, right } = batch;
      weights.fill(0);
      outputRates.fill(0);
      for (let b = 0; b < B; b++) {
        const slots = b * X; // of the stream's output rows
        let pairs = 0;
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const place = t + W;
          const first = place - left[at];
          const last = place + right[at];
          const size = last - first;
          inputIds[at] = words[b * block + place];
          inputRates[at] = size * (1 + negative);
          for (let u = first; u < place; u++) {
            weights[(slots + u) * T + t] = 1;
            outputRates[slots + u]++;
          }
          for (let u = place + 1; u <= last; u++) {
            weights[(slots + u) * T + t] = 1;
            outputRates[slots + u]++;
          }
          draws[t] = size * share;
          pairs += size;
        }
        for (let k = 0; k < K; k++) {
          const id = negatives[b * K + k];
          outputIds[slots + block + k] = id;
          outputRates[slots + block + k] = pairs * share;
          weights.set(draws, (slots + block + k) * T);
          mayBeNegative[id & 255] = 1;
        }
        for (let u = 0; u < block; u++) {
          const id = words[b * block + u];
          outputIds[slots + u] = id;
          if (mayBeNegative[id & 255] === 1) leaveOut(b, u, id, input);
        }
        for (let k = 0; k < K; k++) mayBeNegative[negatives[b * K + k] & 255] = 0;
      }
      input.weights.set(weights);
      damping.apply(inputIds, inputRates, learningRate);
      damping.apply(outputIds, outputRates, learningRate);
    };

    /** Word `id` at place `u` of the block: each negative that equals it is none to the centers whose context it is. */
    function leaveOut(b: number, u: number, id: number, { outputIds, inputRates, outputRates }: StepInput) {
      for (let k = block; k < X; k++) {
        if (outputIds[b * X + k] !== id) continue;
        for (let t = Math.max(0, u - 2 * W); t <= Math.min(T - 1, u); t++) {
          if (weights[(b * X + u) * T + t] === 0) continue;
          weights[(b * X + k) * T + t] -= share;
          inputRates[b * T + t] -= share;
          outputRates[b * X + k] -= share;
        }
      }
    }
  },
};
