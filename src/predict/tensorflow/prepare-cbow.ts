// CBOW's share of a step that needs no TensorFlow: which rows are read, and how far each may move.
// Input rows: the block of T + 2W words. Output rows: the T centres, then the K shared negatives.
import { createDamping } from './damping.ts';
import type { Preparation } from './step-input.ts';

export const cbowPreparation: Preparation = {
  layout: ({ centres: T, window: W, negatives: K }) => ({
    inputIds: T + 2 * W,
    outputIds: T + K,
    leftRows: T,
    rightRows: T,
    inputRates: T + 2 * W,
    outputRates: T + K,
    centreScale: T,
  }),
  create({ streams: B, centres: T, window: W, negatives: K }, { vocabularySize, negative, cbowSum }) {
    const block = T + 2 * W;
    const X = T + K;
    const damping = createDamping(vocabularySize);
    return (batch, learningRate, input) => {
      const { inputIds, outputIds, inputRates, outputRates } = input;
      inputIds.set(batch.words);
      inputRates.fill(0);
      for (let b = 0; b < B; b++) {
        let examples = 0;
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const left = batch.left[at];
          const right = batch.right[at];
          const size = left + right;
          const place = t + W;
          outputIds[b * X + t] = batch.words[b * block + place];
          input.leftRows[at] = t * (W + 1) + left;
          input.rightRows[at] = t * (W + 1) + right;
          input.centreScale[at] = size === 0 ? 0 : cbowSum ? 1 : 1 / size;
          for (let u = place - left; u < place; u++) inputRates[b * block + u] += 1 + negative;
          for (let u = place + 1; u <= place + right; u++) inputRates[b * block + u] += 1 + negative;
          outputRates[b * X + t] = size === 0 ? 0 : 1;
          examples += size === 0 ? 0 : 1;
        }
        for (let k = 0; k < K; k++) {
          outputIds[b * X + T + k] = batch.negatives[b * K + k];
          outputRates[b * X + T + k] = (examples * negative) / K;
        }
      }
      damping.apply(inputIds, inputRates, learningRate);
      damping.apply(outputIds, outputRates, learningRate);
    };
  },
};
