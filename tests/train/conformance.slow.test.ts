// What both engines promise of what they train, whatever the way they compute it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeCorpus, encodeText } from '../../src/corpus/encode.ts';
import type { EncodedCorpus } from '../../src/corpus/encoded-corpus.ts';
import type { TrainSettings } from '../../src/train/settings.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { engines } from './engines.ts';
import { everySecondWord } from './frozen-words.ts';
import { cosine, plantedText, TOPICS } from './planted-text.ts';

const book = 'You say goodbye and I say hello .';

const planted = encodeText(plantedText(6000), { minCount: 1 });

describe.each(engines)('the engine $name', ({ name, isMissing, open }) => {
  const test = it.skipIf(isMissing);
  const train = async (corpus: EncodedCorpus, given: Partial<TrainSettings> = {}) =>
    trainWordVectors(corpus, { dim: 8, ...given }, { engine: await open() });
  const encoded = (text: string) => encodeText(text, { minCount: 1 });

  describe.each(['skipgram', 'cbow'] as const)('%s', (model) => {
    test.each([1, 3])('learns planted synonyms on %d threads', async (threads) => {
      const corpus = await planted;
      const settings = { model, dim: 24, epochs: 12, learningRate: 0.1, sample: 0, window: 3, threads };
      const { vectors, engine, lossByEpoch, trainedTokens } = await train(corpus, settings);
      const of = (word: string) => vectors.words.indexOf(word);
      for (let n = 0; n < TOPICS; n++) {
        const similarities = Array.from({ length: TOPICS }, (_, m) =>
          cosine(vectors.matrix, 24, of(`s${n}`), of(`t${m}`)),
        );
        expect(similarities.indexOf(Math.max(...similarities))).toBe(n);
      }
      expect(engine).toBe(name);
      expect(lossByEpoch).toHaveLength(12);
      expect(lossByEpoch[11]).toBeLessThan(0.8 * lossByEpoch[0]);
      expect(trainedTokens).toBe(corpus.tokens * 12);
    });

    test('gives the same bytes for a seed: on one thread, and on several where that is asked for', async () => {
      const corpus = await planted;
      const run = async (given: Partial<TrainSettings>) => {
        const { vectors, contextVectors, lossByEpoch } = await train(corpus, {
          model,
          epochs: 2,
          threads: 1,
          ...given,
        });
        return [vectors.matrix, contextVectors.matrix, lossByEpoch];
      };
      const one = await run({});
      expect(await run({})).toEqual(one);
      expect(await run({ threads: 2, deterministic: true })).toEqual(one);
      expect(await run({ seed: 2 })).not.toEqual(one);
    });

    test.each([1, 5, 300])('has a loss for each of %d epochs of the sentence of the book', async (epochs) => {
      const settings = { model, epochs, sample: 0, learningRate: 0.1, threads: 1 };
      const { lossByEpoch, trainedTokens } = await train(await encoded(book), settings);
      expect(trainedTokens).toBe(7 * epochs);
      expect(lossByEpoch).toHaveLength(epochs);
      for (const loss of lossByEpoch) {
        expect(loss).toBeGreaterThan(0);
        expect(loss).toBeLessThan(20);
      }
      const sum = (losses: number[]) => losses.reduce((a, b) => a + b, 0); // of few examples each: noisy
      if (epochs === 300) expect(sum(lossByEpoch.slice(-50))).toBeLessThan(0.95 * sum(lossByEpoch.slice(0, 50)));
    });

    test('has a loss wherever something was trained, also where subsampling leaves next to nothing', async () => {
      const corpus = await encoded(plantedText(400));
      for (let seed = 1; seed <= 12; seed++) {
        const training = train(corpus, { model, epochs: 1, sample: 2e-7, seed });
        const result = await training.catch((error: { code: string }) => error);
        if ('code' in result) expect(result.code).toBe('corpus-empty');
        else {
          expect(result.trainedTokens).toBeGreaterThan(0);
          expect(result.lossByEpoch).toEqual([expect.any(Number)]);
          expect(result.lossByEpoch[0]).toBeGreaterThan(0);
        }
      }
    });

    test.each([1, 3])(
      'keeps the vectors of frozen words to the bit on %d threads, and trains the others',
      async (threads) => {
        const corpus = await planted;
        const { words } = corpus.vocabulary;
        const { initVectors, startOf } = everySecondWord(words, 8);
        const engine = await open();
        const settings = { model, dim: 8, epochs: 2, sample: 0, threads, negative: 5 };
        const frozen = await trainWordVectors(corpus, settings, { engine, initVectors, freeze: true });
        const free = await trainWordVectors(corpus, settings, { engine, initVectors });
        expect([frozen.initWords, free.initWords]).toEqual([initVectors.words.length, initVectors.words.length]);
        for (const id of words.keys()) {
          const of = ({ vectors }: typeof free) => vectors.matrix.subarray(id * 8, id * 8 + 8);
          if (id % 2 === 0) {
            expect(of(frozen)).toEqual(startOf(id));
            expect(of(free)).not.toEqual(startOf(id));
          } else expect(of(frozen).every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
          expect(frozen.contextVectors.matrix.subarray(id * 8, id * 8 + 8).every((value) => value !== 0)).toBe(true);
        }
        expect(frozen.lossByEpoch[1]).toBeLessThan(frozen.lossByEpoch[0]);
      },
    );

    test('learns nothing from zeros in both matrices, which is no divergence', async () => {
      const { vectors, contextVectors, lossByEpoch } = await train(await planted, { model, init: 'zeros', epochs: 2 });
      for (const { matrix } of [vectors, contextVectors]) expect(matrix.every((value) => value === 0)).toBe(true);
      for (const loss of lossByEpoch) expect(loss).toBeCloseTo(lossByEpoch[0], 1);
      expect(lossByEpoch[0]).toBeGreaterThan(3.5);
      expect(lossByEpoch[0]).toBeLessThan(6 * Math.LN2);
    });

    test.each(['normal', 'xavier', 'he'] as const)('starts both matrices by %s, the same for a seed', async (init) => {
      const corpus = await planted;
      const run = (given: Partial<TrainSettings> = {}) =>
        train(corpus, { model, init, epochs: 1, learningRate: 1e-9, threads: 1, ...given });
      const [one, again, other] = [await run(), await run(), await run({ seed: 2 })];
      for (const matrix of ['vectors', 'contextVectors'] as const) {
        expect(one[matrix].matrix.some((value) => Math.abs(value) > 0.001)).toBe(true);
        expect(again[matrix].matrix).toEqual(one[matrix].matrix);
        expect(other[matrix].matrix).not.toEqual(one[matrix].matrix);
      }
    });

    test.each([
      ['one word a line', 'one\ntwo\nthree\none\ntwo', {}, 'no line has two kept words'],
      ['one word', 'alone', {}, 'the vocabulary has one word, and nothing to tell it from'],
      ['one word, often', 'the the the the', {}, 'the vocabulary has one word, and nothing to tell it from'],
      [
        'subsampling that leaves nothing',
        `${book}\n${book}`,
        { sample: 1e-12 },
        'subsampling with threshold 1e-12 keeps about 0 of 14 words, and no two of them stood on one line',
      ],
    ])('refuses to train on nothing: %s', async (_, text, settings, why) => {
      await expect(train(await encoded(text), { model, sample: 0, ...settings })).rejects.toMatchObject({
        code: 'corpus-empty',
        message: `there is nothing to learn from: ${why}`,
      });
    });

    test('refuses a vocabulary cut down to one word', async () => {
      const corpus = await encodeText(`${book}\n${book}`, { minCount: 1, maxVocab: 1 });
      await expect(train(corpus, { model })).rejects.toMatchObject({ code: 'corpus-empty' });
    });

    test('trains on two words', async () => {
      const { vectors, lossByEpoch } = await train(await encoded('one two'), { model, sample: 0 });
      expect(vectors.words).toEqual(['one', 'two']);
      expect(lossByEpoch[0]).toBeGreaterThan(0);
    });

    test('starts with the loss of untrained vectors, (1 + negative) log 2, less the draws of the positive', async () => {
      const corpus = await encoded(plantedText(2000));
      const { lossByEpoch } = await train(corpus, { model, epochs: 1, sample: 0, learningRate: 1e-9 });
      expect(lossByEpoch[0]).toBeLessThan(6 * Math.LN2);
      expect(lossByEpoch[0]).toBeGreaterThan(6 * Math.LN2 - 0.1);
    });
  });

  test('reads a corpus on disk and one in memory alike', async () => {
    const text = plantedText(500);
    const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
    try {
      writeFileSync(join(folder, 'text.txt'), text);
      const onDisk = await encodeCorpus([join(folder, 'text.txt')], { minCount: 1 });
      const inMemory = await encodeText(text, { minCount: 1 });
      expect('file' in onDisk.storage).toBe(true);
      expect('ids' in inMemory.storage).toBe(true);
      const settings = { deterministic: true, epochs: 2 };
      const [a, b] = [await train(onDisk, settings), await train(inMemory, settings)];
      expect(Buffer.from(a.vectors.matrix)).toEqual(Buffer.from(b.vectors.matrix));
      onDisk.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('trains on a text with the vocabulary of another, whose total is not its words', async () => {
    const { vocabulary } = await encoded(plantedText(2000));
    const corpus = await encodeText(plantedText(100), { vocabulary });
    expect(corpus.tokens).toBe(500);
    expect(corpus.vocabulary.total).toBe(10_000);
    const { vectors, lossByEpoch, trainedTokens } = await train(corpus, { epochs: 3, sample: 0 });
    expect(vectors.words).toEqual(vocabulary.words);
    expect(trainedTokens).toBe(1500);
    expect(lossByEpoch).toHaveLength(3);
  });

  test('gives matrices that share their memory with nothing', async () => {
    const { vectors, contextVectors } = await train(await encoded(plantedText(100)), { epochs: 1 });
    for (const { matrix } of [vectors, contextVectors]) {
      expect(matrix.buffer).toBeInstanceOf(ArrayBuffer);
      expect(matrix.byteLength).toBe(vectors.words.length * 8 * 4);
      expect(matrix.buffer.byteLength).toBe(matrix.byteLength);
    }
    expect(vectors.matrix.buffer).not.toBe(contextVectors.matrix.buffer);
    // Refused of shared memory.
    const digest = await crypto.subtle.digest('SHA-256', vectors.matrix as Float32Array<ArrayBuffer>);
    expect(digest.byteLength).toBe(32);
  });

  test.each([
    { dim: 1, negative: 1 },
    { dim: 3, negative: 64 },
    { dim: 101, negative: 6 },
    { dim: 4, window: 1000 },
    { dim: 4, window: 1 },
    { dim: 4, cbowSum: true, model: 'cbow' as const },
  ])('trains with $dim dimensions and what goes with them: %o', async (given) => {
    const corpus = await encoded('one two three four\nfive\none two five four one two');
    const { vectors, contextVectors, lossByEpoch } = await train(corpus, { epochs: 3, sample: 0, ...given });
    expect(vectors.matrix).toHaveLength(5 * given.dim);
    expect(contextVectors.matrix).toHaveLength(5 * given.dim);
    expect(contextVectors.matrix.some((value) => value !== 0)).toBe(true);
    expect(lossByEpoch).toHaveLength(3);
  });

  test('trains with a window of 1,000 words', async () => {
    const text = Array.from({ length: 3000 }, (_, i) => `w${(i * 7919) % 61}`).join(' ');
    const { trainedTokens, lossByEpoch } = await train(await encoded(text), { window: 1000, epochs: 1, sample: 0 });
    expect(trainedTokens).toBe(3000);
    expect(lossByEpoch[0]).toBeGreaterThan(0);
  });
});
