// Training with subwords: what the settings allow, and what comes out.
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeCorpus } from '../../src/corpus/encode.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { KeyedVectors } from '../../src/query/keyed-vectors.ts';
import { trainSettings } from '../../src/train/settings.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { layOutMemory } from '../../src/train/wasm/training-memory.ts';
import { aManifest } from '../formats/a-manifest.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { file, path } = temporaryFolder();
const lines = 'the whale and the whaling ship\nthe sea and the seas of whales\na king and kings of the sea\n';
const text = file('text.txt', lines.repeat(60));

describe('the settings', () => {
  it.each([
    [{ subwords: '6..3' }, "subwords is '6..3': expected MIN..MAX, the lengths of n-grams, from 1 to 30"],
    [{ subwords: '0..3' }, "subwords is '0..3': expected MIN..MAX"],
    [{ subwords: 'a..b' }, "subwords is 'a..b': expected MIN..MAX"],
    [{ subwords: '3..31' }, "subwords is '3..31': expected MIN..MAX"],
    [{ subwords: '' }, "subwords is '': expected MIN..MAX"],
    [{ subwords: '3..6', buckets: 0 }, 'buckets is 0: expected a whole number from 1 to 100000000'],
    [{ subwords: '3..6', buckets: 1e9 }, 'buckets is 1000000000: expected a whole number from 1 to 100000000'],
    [{ subwords: '3..6', subwordUnits: 'letters' as 'jamo' }, "subwordUnits is 'letters': expected characters or jamo"],
    [{ subwordUnits: 'jamo' as const }, 'subwordUnits is given without subwords'],
    [{ buckets: 10 }, 'buckets is given without subwords'],
    [{ subwords: '3..6', loss: 'hs' as const }, 'subwords are trained with the loss ns, not hs'],
    [{ subwords: '3..6', model: 'cbow' as const, cbowSum: true }, 'CBOW with subwords takes the mean of all rows'],
  ])('refuse %o', (given, message) => {
    expect(() => trainSettings(given)).toThrow(message);
  });

  it('start as fastText does, with 2,000,000 buckets; without subwords there is no trace of them', () => {
    expect(trainSettings({ subwords: '3..6', dim: 50 })).toMatchObject({
      ...{ buckets: 2_000_000, initScale: 0.02, learningRate: 0.05 },
    });
    expect(Object.keys(trainSettings({}))).not.toContain('subwords');
  });

  it('of more than a 32-bit memory are an error that says what would fit', () => {
    const shape = { model: 'skipgram', loss: 'ns', words: 1e6, dim: 300, window: 5, negative: 5 } as const;
    const large = { ...shape, threads: 1, chunk: 1000, inputRows: 3e6, subwordRows: 2e7 };
    expect(() => layOutMemory(large)).toThrow(/1,000,000 words and 2,000,000 buckets of n-grams.* are 4\.8 GB/);
  });
});

describe.each(['skipgram', 'cbow'] as const)('%s with subwords', (model) => {
  const settings = { model, subwords: '3..5', buckets: 100_000, dim: 8, epochs: 2, threads: 1 };

  it('gives the same numbers for the same seed on one thread, and vectors for words that the text lacks', async () => {
    const corpus = await encodeCorpus([text]);
    try {
      const [one, again] = [
        await trainWordVectors(corpus, settings, { engine: 'wasm' }),
        await trainWordVectors(corpus, { ...settings, threads: 2, deterministic: true }, { engine: 'auto' }),
      ];
      expect(again.vectors.matrix).toEqual(one.vectors.matrix);
      expect(again.vectors.subwords!.matrix).toEqual(one.vectors.subwords!.matrix);
      const vectors = new KeyedVectors(one.vectors);
      expect([vectors.has('kingship'), vectors.has('kin'), vectors.has('zzzz')]).toEqual([true, true, false]);
      expect(vectors.similarity('whalings', 'whaling')).toBeGreaterThan(0.5);
    } finally {
      corpus.close();
    }
  });

  it('is refused with what it has no answer to', async () => {
    const corpus = await encodeCorpus([text]);
    const { vectors } = await trainWordVectors(corpus, { ...settings, epochs: 1 }, { engine: 'wasm' });
    const train = (options: Parameters<typeof trainWordVectors>[2]) => trainWordVectors(corpus, settings, options);
    await expect(train({ engine: 'tensorflow' })).rejects.toThrow('the TensorFlow engine has no subwords');
    await expect(train({ initVectors: vectors })).rejects.toThrow('initVectors have no subwords to start from');
    corpus.close();
  });
});

describe('n-grams over jamo', () => {
  const korean = file('korean.txt', '한국 사람 과 한국의 사람들 이 한국에서 산다 abc\n'.repeat(60));
  const settings = { subwords: '3..5', buckets: 1000, subwordUnits: 'jamo', dim: 6, epochs: 2, threads: 1 } as const;

  it('are read back from a model by its manifest; without it the words are as the n-grams see them', async () => {
    const corpus = await encodeCorpus([korean]);
    const { vectors } = await trainWordVectors(corpus, settings, { engine: 'wasm' });
    corpus.close();
    const saved = path('korean.bin');
    const manifest = { ...aManifest, options: { subwordUnits: 'jamo' } };
    await saveVectors(saved, vectors, { format: 'fasttext', manifest });
    const loaded = await loadVectors(saved);
    // Buckets of zeros take no memory.
    expect(loaded.subwords!.matrix).toHaveLength(vectors.subwords!.matrix.length);
    const [here, there] = [new KeyedVectors(vectors), new KeyedVectors(loaded)];
    for (const word of ['한국', 'abc', '한귝', '사람들이']) {
      const found = there.vector(word);
      for (const [at, value] of here.vector(word).entries()) expect(found[at]).toBeCloseTo(value, 5);
    }
    expect([there.has('한국'), there.isComposed('한국'), there.isComposed('한귝')]).toEqual([true, false, true]);
    rmSync(`${saved}.json`);
    const bare = new KeyedVectors(await loadVectors(saved));
    expect(bare.isComposed('ㅎㅏㄴㄱㅜㄱ')).toBe(false);
    for (const [at, value] of bare.vector('ㅎㅏㄴㄱㅜㄱ').entries())
      expect(value).toBeCloseTo(here.vector('한국')[at], 5);
  });

  it('are refused for two words that are the same in jamo', async () => {
    const corpus = await encodeCorpus([file('same.txt', '한 ㅎㅏㄴ 한 ㅎㅏㄴ\n'.repeat(20))], {
      tokenizer: 'whitespace',
    });
    await expect(trainWordVectors(corpus, settings, { engine: 'wasm' })).rejects.toThrow(
      "the words '한' and 'ㅎㅏㄴ' are the same in jamo",
    );
    corpus.close();
  });
});
