// Hierarchical softmax and the full softmax, on the engines that train with them; steps are tested in
// wasm/kernel.test.ts and tensorflow/training-session.test.ts.
import { describe, expect, it, test } from 'vitest';
import { encodeText } from '../../src/corpus/encode.ts';
import { treeOfLabels, wordProbabilities } from '../../src/corpus/huffman.ts';
import { generated, product, transposed } from '../../src/explain/matrix.ts';
import { softmax } from '../../src/explain/nodes/softmax-with-loss.ts';
import { openEngine } from '../../src/train/open-engine.ts';
import { models, type TrainSettings } from '../../src/train/settings.ts';
import { type TrainResult, trainWordVectors } from '../../src/train/train.ts';
import { untrainedLoss } from '../../src/train/untrained-loss.ts';
import { engines } from './engines.ts';
import { everySecondWord } from './frozen-words.ts';
import { cosine, plantedText, TOPICS } from './planted-text.ts';

const planted = encodeText(plantedText(6000), { minCount: 1 });
const cases = engines.flatMap((engine) =>
  (engine.name === 'wasm' ? (['hs', 'softmax'] as const) : (['softmax'] as const)).flatMap((loss) =>
    models.map((model) => ({ name: engine.name, engine, loss, model })),
  ),
);

describe.each(cases)('$name: $loss, $model', ({ engine, loss, model }) => {
  const it = test.skipIf(engine.isMissing);
  const train = async (corpus: Awaited<typeof planted>, given: Partial<TrainSettings>) =>
    trainWordVectors(corpus, { sample: 0, ...given }, { engine: await engine.open() });

  it.each([1, 3])('learns planted synonyms on %d threads', async (threads) => {
    const settings = { loss, model, dim: 24, epochs: 12, learningRate: 0.1, window: 3, threads };
    const corpus = await planted;
    const { vectors, lossByEpoch } = await train(corpus, settings);
    const of = (word: string) => vectors.words.indexOf(word);
    for (let n = 0; n < TOPICS; n++) {
      const similarities = Array.from({ length: TOPICS }, (_, m) =>
        cosine(vectors.matrix, 24, of(`s${n}`), of(`t${m}`)),
      );
      expect(similarities.indexOf(Math.max(...similarities))).toBe(n);
    }
    expect(lossByEpoch[11]).toBeLessThan(lossByEpoch[0]);
    expect(lossByEpoch[0]).toBeLessThan(untrainedLoss({ loss, negative: 5 }, corpus.vocabulary.counts));
  });

  it('starts from the loss of untrained vectors', async () => {
    const corpus = await planted;
    const { lossByEpoch } = await train(corpus, { loss, model, dim: 8, epochs: 1, learningRate: 1e-9, threads: 1 });
    const expected = untrainedLoss({ loss, negative: 5 }, corpus.vocabulary.counts);
    expect(lossByEpoch[0] / expected).toBeCloseTo(1, loss === 'softmax' ? 5 : 1.5); // measured on an eighth of the words
  });

  it('gives the same bytes for a seed on one thread, and others for another seed', async () => {
    const run = async (seed: number, deterministic: boolean) => {
      const settings = { loss, model, dim: 8, epochs: 1, seed, deterministic, threads: deterministic ? 4 : 1 };
      return (await train(await planted, settings)).vectors.matrix;
    };
    const first = await run(1, false);
    expect(await run(1, true)).toEqual(first);
    expect(await run(2, true)).not.toEqual(first);
  });

  it.each([1, 3])(
    'keeps the vectors of frozen words to the bit on %d threads, and trains the others',
    async (threads) => {
      const corpus = await planted;
      const { words } = corpus.vocabulary;
      const { initVectors, startOf } = everySecondWord(words, 8);
      const settings = { loss, model, dim: 8, epochs: 2, sample: 0, threads };
      const options = { engine: await engine.open(), initVectors };
      const frozen = await trainWordVectors(corpus, settings, { ...options, freeze: true });
      const free = await trainWordVectors(corpus, settings, options);
      const start = await trainWordVectors(corpus, { ...settings, epochs: 1, learningRate: 1e-9 }, options);
      for (const id of words.keys()) {
        const of = ({ vectors }: TrainResult) => vectors.matrix.subarray(id * 8, id * 8 + 8);
        if (id % 2 === 0) expect(of(frozen)).toEqual(startOf(id));
        expect(of(free)).not.toEqual(of(start));
        if (id % 2 === 1) expect(of(frozen)).not.toEqual(of(start));
      }
    },
  );

  it('learns nothing from zeros in both matrices, which is no divergence', async () => {
    const { vectors, contextVectors } = await train(await planted, { loss, model, dim: 8, epochs: 1, init: 'zeros' });
    for (const { matrix } of [vectors, contextVectors]) expect(matrix.every((value) => value === 0)).toBe(true);
  });

  it('learns the distribution over the words beside a word', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `x ${i % 10 < 7 ? 'y' : i % 10 < 9 ? 'z' : 'u'}\n`);
    const corpus = await encodeText(lines.join(''), { minCount: 1 });
    const settings = { loss, model, dim: 8, window: 1, epochs: 30, learningRate: 0.1, threads: 1 };
    const result = await train(corpus, settings);
    const chances = chancesBeside('x', result, loss);
    const chanceOf = (word: string) => chances[result.vectors.words.indexOf(word)];
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 6);
    expect(Math.abs(chanceOf('y') - 0.7)).toBeLessThan(0.05);
    expect(Math.abs(chanceOf('z') - 0.2)).toBeLessThan(0.05);
    expect(chanceOf('x')).toBeLessThan(0.05);
  });
});

/** (V) P(word | the row of `word`), by the matrices that training gives back. */
function chancesBeside(word: string, { vectors, contextVectors }: TrainResult, loss: 'hs' | 'softmax') {
  const { words, matrix, dimensions: D } = vectors;
  const hidden = matrix.subarray(words.indexOf(word) * D, (words.indexOf(word) + 1) * D);
  if (loss === 'hs') return wordProbabilities(treeOfLabels(contextVectors.words), hidden, contextVectors.matrix);
  const asMatrix = (values: Float32Array) => generated(values.length / D, D, (i) => values[i]);
  return softmax(product(asMatrix(hidden), transposed(asMatrix(contextVectors.matrix)))).values;
}

it('untrained losses: the decisions of negative sampling, of the paths, and of all words', () => {
  const counts = Float64Array.of(4, 2, 1, 1); // codes of 1, 2, 3 and 3 bits
  expect(untrainedLoss({ loss: 'ns', negative: 5 }, counts)).toBeCloseTo(6 * Math.LN2, 12);
  expect(untrainedLoss({ loss: 'hs', negative: 5 }, counts)).toBeCloseTo(1.75 * Math.LN2, 12);
  expect(untrainedLoss({ loss: 'softmax', negative: 5 }, counts)).toBeCloseTo(Math.log(4), 12);
});

it('hs is refused by TensorFlow before it is loaded, and taken by auto', async () => {
  await expect(openEngine('tensorflow', { loss: 'hs', modulePath: '/nowhere' })).rejects.toMatchObject({
    code: 'usage',
    hint: "train with { engine: 'wasm' }, or with { loss: 'ns' } or { loss: 'softmax' }",
  });
  expect(await openEngine('auto', { loss: 'hs' })).toMatchObject({
    engine: { name: 'wasm' },
    why: 'the loss hs needs it',
  });
});

it('the full softmax is refused beyond 20,000 words', async () => {
  const text = Array.from({ length: 20_001 }, (_, i) => `w${i}`).join(' ');
  const corpus = await encodeText(text, { minCount: 1 });
  await expect(trainWordVectors(corpus, { loss: 'softmax' })).rejects.toMatchObject({ code: 'usage' });
});
