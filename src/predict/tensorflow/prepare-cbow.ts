// CBOW's share of a step that needs no TensorFlow: which rows are read, what each pair counts, how far each row may move.
// Input rows: the block of T + 2W words. Output rows: the T centres, then the K shared negatives.
//
// A centre counts 1, and each negative stands for negative / K draws; but not where it equals the centre: as in
// word2vec.c, a draw of the positive itself is left out.
import { createDamping } from './damping.ts';
import type { Preparation } from './step-input.ts';

export const cbowPreparation: Preparation = {
  layout({ centres: T, window: W, negatives: K }) {
    const [block, X] = [T + 2 * W, T + K];
    return {
      inputIds: block,
      outputIds: X,
      weights: T * X,
      contexts: T * block,
      inputRates: block,
      outputRates: X,
      centreScale: T,
    };
  },
  create({ streams: B, centres: T, window: W, negatives: K }, { vocabularySize, negative, cbowSum }) {
    const block = T + 2 * W;
    const X = T + K;
    const share = negative / K;
    const damping = createDamping(vocabularySize);
    return (batch, learningRate, input) => {
      const { inputIds, outputIds, weights, contexts, inputRates, outputRates, centreScale } = input;
      const { words, negatives, left, right } = batch;
      inputIds.set(words);
      weights.fill(0);
      contexts.fill(0);
      inputRates.fill(0);
      outputRates.fill(0);
      for (let b = 0; b < B; b++) {
        for (let k = 0; k < K; k++) outputIds[b * X + T + k] = negatives[b * K + k];
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const place = t + W;
          const centre = words[b * block + place];
          const first = place - left[at];
          const last = place + right[at];
          const size = last - first;
          outputIds[b * X + t] = centre;
          centreScale[at] = size === 0 ? 0 : cbowSum ? 1 : 1 / size;
          if (size === 0) continue;
          weights[at * X + t] = 1;
          outputRates[b * X + t] = 1;
          let sum = 1;
          for (let k = 0; k < K; k++) {
            if (negatives[b * K + k] === centre) continue;
            weights[at * X + T + k] = share;
            outputRates[b * X + T + k] += share;
            sum += share;
          }
          for (let u = first; u <= last; u++) {
            if (u === place) continue;
            contexts[at * block + u] = 1;
            inputRates[b * block + u] += sum;
          }
        }
      }
      damping.apply(inputIds, inputRates, learningRate);
      damping.apply(outputIds, outputRates, learningRate);
    };
  },
};
