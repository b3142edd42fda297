// The full softmax's share of a step that needs no TensorFlow: which rows are read, and which targets each center has.
// Skip-gram: input rows are those of the T centers, targets the words of the block. CBOW: the other way round.
//
// All V output rows move at one rate, as in the portable engine: with one stream of T centers no sum overshoots as it
// may in the larger batches of negative sampling (damping.ts).
import type { Model } from '../settings.ts';
import type { Preparation } from './step-input.ts';

export const softmaxPreparation = (model: Model): Preparation => ({
  layout({ centers: T, window: W }) {
    const block = T + 2 * W;
    const layout = { inputIds: T, outputIds: block, weights: block * T, inputRates: T, outputRates: 1 };
    if (model === 'skipgram') return { ...layout, contexts: 0, centerScale: 0 };
    return {
      ...layout,
      inputIds: block,
      outputIds: T,
      weights: T * T,
      inputRates: block,
      contexts: T * block,
      centerScale: T,
    };
  },
  create({ streams: B, centers: T, window: W }, { cbowSum }) {
    const block = T + 2 * W;
    return ({ words, left, right }, learningRate, input) => {
      const { inputIds, outputIds, weights, contexts, centerScale } = input;
      const isSkipgram = model === 'skipgram';
      const centerIds = isSkipgram ? inputIds : outputIds;
      (isSkipgram ? outputIds : inputIds).set(words);
      weights.fill(0);
      contexts.fill(0);
      for (let at = 0; at < B * T; at++) {
        const [b, t] = [Math.floor(at / T), at % T];
        const place = W + t;
        centerIds[at] = words[b * block + place];
        const size = left[at] + right[at];
        if (!isSkipgram) {
          centerScale[at] = size === 0 ? 0 : cbowSum ? 1 : 1 / size;
          weights[at * T + t] = size === 0 ? 0 : 1;
        }
        for (let u = place - left[at]; u <= place + right[at]; u++) {
          if (u === place) continue;
          if (isSkipgram) weights[(b * block + u) * T + t] = 1;
          else contexts[at * block + u] = 1;
        }
      }
      input.inputRates.fill(learningRate);
      input.outputRates.fill(learningRate);
    };
  },
});
