import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { trainSettings } from '../../../src/predict/settings.ts';
import { createTensorflowEngine } from '../../../src/predict/tensorflow/engine.ts';
import { trainWordVectors } from '../../../src/predict/train.ts';
import { cosine, plantedText, TOPICS } from '../planted-text.ts';
import { tensorflow } from './available.ts';

describe.skipIf(tensorflow === undefined)('the TensorFlow engine', () => {
  const topics = TOPICS;
  const text = plantedText(6000);

  it.each(['skipgram', 'cbow'] as const)('learns planted synonyms with %s', async (model) => {
    const corpus = await encodeText(text, { minCount: 1 });
    const engine = await createTensorflowEngine({ threads: 2 });
    const { vectors, lossByEpoch } = await trainWordVectors(
      corpus,
      { model, dim: 24, epochs: 12, learningRate: 0.1, sample: 0, window: 3 },
      { engine },
    );
    const { words, matrix } = vectors;
    let found = 0;
    for (let topic = 0; topic < topics; topic++) {
      const query = words.indexOf(`s${topic}`);
      const others = words.map((_, i) => (i === query ? -2 : cosine(matrix, 24, query, i)));
      const ranked = words.map((_, i) => i).sort((a, b) => others[b] - others[a]);
      if (ranked.slice(0, 7).includes(words.indexOf(`t${topic}`))) found++;
    }
    expect(found).toBe(topics);
    expect(lossByEpoch).toHaveLength(12);
    expect(lossByEpoch[11]).toBeLessThan(0.8 * lossByEpoch[0]);
  });

  it.each(['skipgram', 'cbow'] as const)('gives the same bytes for 1 and 2 threads with %s', async (model) => {
    const corpus = await encodeText(text, { minCount: 1 });
    const run = async (threads: number, seed: number) => {
      const engine = await createTensorflowEngine({ threads });
      const result = await trainWordVectors(corpus, { model, dim: 10, epochs: 2, threads, seed }, { engine });
      return [result.vectors.matrix, result.contextVectors.matrix, result.lossByEpoch];
    };
    const one = await run(1, 1);
    expect(await run(2, 1)).toEqual(one);
    expect(await run(2, 2)).not.toEqual(one);
  });

  it('stops with a clear error when a number is no longer finite', async () => {
    const corpus = await encodeText(text, { minCount: 1 });
    const engine = await createTensorflowEngine();
    const huge = (rows: Float32Array) => rows.fill(1e30);
    const settings = trainSettings({ dim: 8 });
    const training = engine.train({ corpus, settings, initial: { input: huge, output: huge } });
    await expect(training).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /^training diverged: the loss is not a finite number after [\d.]+ epochs \(learning rate 0.025\)$/,
      ),
      hint: 'train with a lower learning rate: { learningRate: 0.0125 }',
    });
  });
});
