// CBOW's share of a step that needs no TensorFlow: which rows are read, what each pair counts, how far each row may
// move. Input rows: the block of T + 2W words. Output rows: the T centers, then the K shared negatives.
//
// A center counts 1, and each negative stands for negative / K draws; but not where it equals the center: as in
// word2vec.c, a draw of the positive itself is left out.
import { createDamping } from './damping.ts';
import type { Preparation } from './step-input.ts';

export const cbowPreparation: Preparation = {
  layout({ centers: T, window: W, negatives: K }) {
    const [block, X] = [T + 2 * W, T + K];
    return {
      inputIds: block,
      outputIds: X,
      weights: T * X,
      contexts: T * block,
      inputRates: block,
      outputRates: X,
      centerScale: T,
    };
  },
  create({ streams: B, centers: T, window: W, negatives: K }, { vocabularySize, negative, cbowSum }) {
    const block = T + 2 * W;
    const X = T + K;
    const share = negative / K;
    const damping = createDamping(vocabularySize);
    const mayBeNegative = new Uint8Array(256); // by the low bits of an id, so that few words are compared with all K
    // Filling and writing shared memory piece by piece is slower.
    const contexts = new Float32Array(B * T * block);
    const weights = new Float32Array(B * T * X);
    let unusual = Array.from({ length: B * T }, (_, at) => at); // centers without context, or with a negative left out
    const weighCenter = (at: number, positive: number, negative: number) => {
      const t = at % T;
      const first = Math.floor(at / T) * X * T + t; // of the center's column
      weights[first + t * T] = positive;
      for (let x = T; x < X; x++) weights[first + x * T] = negative;
    };
    return (batch, learningRate, input) => {
      const { inputIds, outputIds, inputRates, outputRates, centerScale } = input;
      const { words, negatives, left, right } = batch;
      inputIds.set(words);
      for (const at of unusual) weighCenter(at, 1, share);
      unusual = [];
      contexts.fill(0);
      inputRates.fill(0);
      outputRates.fill(0);
      for (let b = 0; b < B; b++) {
        const slots = b * X; // of the stream's output rows
        for (let k = 0; k < K; k++) mayBeNegative[negatives[b * K + k] & 255] = 1;
        let examples = 0;
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const place = t + W;
          const center = words[b * block + place];
          const first = place - left[at];
          const last = place + right[at];
          const size = last - first;
          outputIds[slots + t] = center;
          centerScale[at] = size === 0 ? 0 : cbowSum ? 1 : 1 / size;
          if (size === 0) {
            weighCenter(at, 0, 0);
            unusual.push(at);
            continue;
          }
          examples++;
          outputRates[slots + t] = 1;
          let sum = 1 + negative;
          for (let k = 0; k < K && mayBeNegative[center & 255] === 1; k++) {
            if (negatives[b * K + k] !== center) continue;
            weights[(slots + T + k) * T + t] = 0;
            unusual.push(at);
            outputRates[slots + T + k] -= share;
            sum -= share;
          }
          for (let u = first; u <= last; u++) {
            if (u === place) continue;
            contexts[at * block + u] = 1;
            inputRates[b * block + u] += sum;
          }
        }
        for (let k = 0; k < K; k++) {
          const id = negatives[b * K + k];
          outputIds[slots + T + k] = id;
          outputRates[slots + T + k] += examples * share;
          mayBeNegative[id & 255] = 0;
        }
      }
      input.weights.set(weights);
      input.contexts.set(contexts);
      damping.apply(inputIds, inputRates, learningRate);
      damping.apply(outputIds, outputRates, learningRate);
    };
  },
};
