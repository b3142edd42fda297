// What both engines promise, whatever the way they compute it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { encodeCorpus, encodeText } from '../../src/corpus/encode.ts';
import { corpusInMemory, type EncodedCorpus } from '../../src/corpus/encoded-corpus.ts';
import { initialRows } from '../../src/predict/initialize.ts';
import type { TrainSettings } from '../../src/predict/settings.ts';
import { trainSettings } from '../../src/predict/settings.ts';
import { trainWordVectors } from '../../src/predict/train.ts';
import { engines } from './engines.ts';
import { plantedText } from './planted-text.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const book = 'You say goodbye and I say hello .';

describe.each(engines)('the engine $name', ({ isMissing, open }) => {
  const test = it.skipIf(isMissing);
  const train = async (corpus: EncodedCorpus, given: Partial<TrainSettings> = {}) =>
    trainWordVectors(corpus, { dim: 8, ...given }, { engine: await open() });
  const encoded = (text: string) => encodeText(text, { minCount: 1 });

  describe.each(['skipgram', 'cbow'] as const)('%s', (model) => {
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

  test('keeps nothing alive while it trains of what it started from', async () => {
    const corpus = await encoded(plantedText(2000));
    const { input } = initialRows(50, 1);
    let started: WeakRef<ArrayBufferLike> | undefined;
    const initial = {
      input(rows: Float32Array, first: number) {
        started = new WeakRef(rows.buffer);
        input(rows, first);
      },
    };
    const seen: boolean[] = [];
    const controller = new AbortController();
    const onProgress = async () => {
      await new Promise(setImmediate); // a WeakRef just asked keeps its object until the turn is over
      collectGarbage();
      seen.push(started?.deref() !== undefined);
      if (seen.length === 2) controller.abort();
    };
    const settings = trainSettings({ dim: 50, epochs: 10_000, threads: 2 });
    const training = (await open()).train({ corpus, settings, initial, onProgress, signal: controller.signal });
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    expect(started).toBeDefined();
    expect(seen.at(-1)).toBe(false);
  });

  test('hears the signal while rows are filled, long before the last', async () => {
    const V = 60_000; // with 100 dimensions two dozen blocks
    const words = Array.from({ length: V }, (_, i) => `w${i}`);
    const vocabulary = { words, counts: new Float64Array(V).fill(1), total: V };
    const corpus = corpusInMemory(Int32Array.of(0, 1, 2, 3, -1), { vocabulary });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1); // fires between two blocks, if they take turns
    const filled: number[] = [];
    const initial = {
      input(_: Float32Array, first: number) {
        filled.push(first);
        for (const started = performance.now(); performance.now() - started < 10; );
      },
    };
    const settings = trainSettings({ dim: 100, epochs: 1 });
    const training = (await open()).train({ corpus, settings, initial, signal: controller.signal });
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    expect(filled.length).toBeGreaterThan(0);
    expect(filled.length).toBeLessThan(10);
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

  test('trains with a window of 1,000 words', async () => {
    const text = Array.from({ length: 3000 }, (_, i) => `w${(i * 7919) % 61}`).join(' ');
    const { trainedTokens, lossByEpoch } = await train(await encoded(text), { window: 1000, epochs: 1, sample: 0 });
    expect(trainedTokens).toBe(3000);
    expect(lossByEpoch[0]).toBeGreaterThan(0);
  });

  test('stops when training diverges, with the same words on both engines', async () => {
    const corpus = await encoded(plantedText(2000));
    const settings = { learningRate: 10, dim: 50, epochs: 50, cbowSum: true, model: 'cbow', window: 50 } as const;
    await expect(train(corpus, settings)).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /^training diverged: the loss is (\d[\d,]*|[\d.]+e\+\d+) \(untrained: 4\.16\) after [\d.]+ epochs \(learning rate 10\)$|^training diverged: the loss is not a finite number after [\d.]+ epochs \(learning rate 10\)$/,
      ),
      hint: 'train with a lower learning rate: { learningRate: 5 }',
    });
  });
});
