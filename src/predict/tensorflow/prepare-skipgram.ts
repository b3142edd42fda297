// Skip-gram's share of a step that needs no TensorFlow: which rows are read, and how far each may move.
// Input rows: the T centres. Output rows: the block of T + 2W words, then the K shared negatives.
import { createDamping } from './damping.ts';
import type { Preparation } from './step-input.ts';

export const skipgramPreparation: Preparation = {
  layout: ({ centres: T, window: W, negatives: K }) => ({
    inputIds: T,
    outputIds: T + 2 * W + K,
    leftRows: T,
    rightRows: T,
    inputRates: T,
    outputRates: T + 2 * W + K,
    centreScale: 0,
  }),
  create({ streams: B, centres: T, window: W, negatives: K }, { vocabularySize, negative }) {
    const block = T + 2 * W;
    const X = block + K;
    const damping = createDamping(vocabularySize);
    return (batch, learningRate, input) => {
      const { inputIds, outputIds, inputRates, outputRates } = input;
      outputRates.fill(0);
      for (let b = 0; b < B; b++) {
        for (let i = 0; i < block; i++) outputIds[b * X + i] = batch.words[b * block + i];
        let pairs = 0;
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const left = batch.left[at];
          const right = batch.right[at];
          const place = t + W;
          inputIds[at] = batch.words[b * block + place];
          input.leftRows[at] = t * (W + 1) + left;
          input.rightRows[at] = t * (W + 1) + right;
          inputRates[at] = (left + right) * (1 + negative);
          for (let u = place - left; u < place; u++) outputRates[b * X + u]++;
          for (let u = place + 1; u <= place + right; u++) outputRates[b * X + u]++;
          pairs += left + right;
        }
        for (let k = 0; k < K; k++) {
          outputIds[b * X + block + k] = batch.negatives[b * K + k];
          outputRates[b * X + block + k] = (pairs * negative) / K;
        }
      }
      damping.apply(inputIds, inputRates, learningRate);
      damping.apply(outputIds, outputRates, learningRate);
    };
  },
};
