import { describe, expect, it } from 'vitest';
import * as w2v from '../../src/index.ts';

const vectors = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 0, 0, 1, 1, 1), dimensions: 2 };
const wrong = (options: object) => options as never;
const text = () => w2v.encodeText('a b a b a c\n', { minCount: 1 });

const { trainWordVectors, countVectors, ppmiMatrix, countMatrix } = w2v;
const tasks = { trainWordVectors, countVectors, ppmiMatrix, countMatrix };

describe('an option that does not exist is refused before any work', () => {
  it.each([
    ['trainWordVectors', { dimension: 100 }, 'did you mean dim?'],
    ['trainWordVectors', { vector_size: 100 }, 'did you mean dim?'],
    ['trainWordVectors', { learning_rate: 0.1 }, 'did you mean learningRate?'],
    ['trainWordVectors', { workers: 2 }, 'did you mean threads?'],
    ['trainWordVectors', { epoch: 2 }, 'did you mean epochs?'],
    ['countVectors', { dimensions: 8 }, 'did you mean dim?'],
    ['ppmiMatrix', { shfit: 2 }, 'did you mean shift?'],
    ['countMatrix', { widow: 2 }, 'did you mean window?'],
  ] as const)('%s %o', async (task, options, hint) => {
    const corpus = await text();
    await expect(tasks[task](corpus, wrong(options), {})).rejects.toMatchObject({
      code: 'usage',
      message: `${task} has no option '${Object.keys(options)[0]}'`,
      hint,
    });
    corpus.close();
  });

  it.each([
    ['encodeText', () => w2v.encodeText('a', wrong({ min_count: 1 })), 'did you mean minCount?'],
    ['encodeCorpus', () => w2v.encodeCorpus(['a.txt'], wrong({ tokeniser: 'words' })), 'did you mean tokenizer?'],
    ['loadVectors', () => w2v.loadVectors('a.bin', wrong({ fromat: 'npy' })), 'did you mean format?'],
    ['saveVectors', () => w2v.saveVectors('a.bin', vectors, wrong({ overwrite: true })), /^its options are format, /],
    ['saveSparseVectors', () => w2v.saveSparseVectors('a', wrong({}), wrong({ Force: true })), 'did you mean force?'],
    ['evaluate', () => w2v.evaluate(vectors, wrong({ pair: [] })), 'did you mean pairs?'],
    ['compareFiles', () => w2v.compareFiles([], wrong({ restrict_vocab: 1 })), 'did you mean restrictVocab?'],
    ['compareCorpus', () => w2v.compareCorpus(wrong({}), wrong({ size: 1 })), 'did you mean dim?'],
    ['a question', async () => w2v.nearestWords(vectors, ['a'], wrong({ topn: 1 })), 'did you mean k?'],
    [
      'a question',
      async () => w2v.analogies(vectors, [['a', 'b', 'c']], wrong({ methd: 'mul' })),
      'did you mean method?',
    ],
  ])('%s', async (task, misuse, hint) => {
    await expect(misuse()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${task} has no option '`),
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
    });
  });

  it('one in the wrong place is told where it belongs', async () => {
    const corpus = await text();
    await expect(w2v.trainWordVectors(corpus, wrong({ engine: 'wasm' }))).rejects.toMatchObject({
      message: "trainWordVectors has no option 'engine' here",
      hint: 'give it in the third argument',
    });
    await expect(w2v.trainWordVectors(corpus, {}, wrong({ threads: 1 }))).rejects.toMatchObject({
      hint: 'give it in the second argument',
    });
    await expect(w2v.countVectors(corpus, wrong({ memory: 1e9 }))).rejects.toMatchObject({
      hint: 'give it in the third argument',
    });
    corpus.close();
  });
});

it('an option that is undefined has its default', async () => {
  const corpus = await text();
  const given = await w2v.countVectors(corpus, { dim: 2, window: undefined as never });
  expect(given.vectors).toEqual((await w2v.countVectors(corpus, { dim: 2 })).vectors);
  corpus.close();
});
