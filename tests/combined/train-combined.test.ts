import { describe, expect, it } from 'vitest';
import { combineParts } from '../../src/combined/combine-parts.ts';
import { combinedSettings, trainCombined } from '../../src/combined/train-combined.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { countVectors } from '../../src/count/count-vectors.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { vectorOf } from '../../src/vectors/word-vectors.ts';

const text = 'the whale and the whaling ship\nthe sea and the seas of whales\na king and kings of the sea\n'.repeat(60);
const corpus = await encodeText(text);
const settings = { dim: 6, epochs: 2, buckets: 500, seed: 3, deterministic: true };

describe('trainCombined', () => {
  it('is the parts, each made on its own, side by side', async () => {
    const { vectors, parts, repeatable, lossByEpoch } = await trainCombined(corpus, settings);
    const common = { ...settings, model: 'skipgram' } as const;
    const { buckets: _, ...ofSkipgram } = common;
    const engine = { engine: 'wasm' } as const;
    const subwords = await trainWordVectors(corpus, { ...common, subwords: '3..6', window: 3 }, engine);
    const skipgram = await trainWordVectors(corpus, ofSkipgram, engine);
    const counted = await countVectors(corpus, { dim: 6, window: 5, cds: 0.75, seed: 3 });
    const expected = await combineParts(
      { subwords: subwords.vectors, counting: counted.vectors, 'skip-gram': skipgram.vectors },
      {},
    );
    expect(vectors.matrix).toEqual(expected.matrix);
    expect(vectorOf(vectors, 'whalers')).toEqual(vectorOf(expected, 'whalers'));
    expect(vectorOf(vectors, 'whalers')).toBeDefined();
    expect([repeatable, lossByEpoch]).toEqual([true, skipgram.lossByEpoch]);
    expect(parts.map(({ name, dimensions }) => [name, dimensions])).toEqual([
      ['subwords', 6],
      ['counting', 6],
      ['skip-gram', 6],
    ]);
  });

  it('takes as many dimensions of counting as there are words', async () => {
    const { vectors, parts } = await trainCombined(corpus, { ...settings, dim: 20, epochs: 1 });
    const V = corpus.vocabulary.words.length;
    expect(V).toBeLessThan(20);
    expect([parts[1].dimensions, vectors.dimensions]).toEqual([V, 40 + V]);
  });

  it('tells which part is on', async () => {
    const phases = new Set<string>();
    await trainCombined(corpus, { ...settings, epochs: 1 }, { onProgress: ({ phase }) => phases.add(phase) });
    expect([...phases]).toEqual(expect.arrayContaining(['subwords', 'skip-gram']));
    expect(phases).not.toContain('train');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    expect(await trainCombined(corpus, settings, options).catch(({ code }) => code)).toBe('interrupted');
  });

  it.each([
    [{ dim: 0 }, {}, 'dim'],
    [{ subwords: '6..3' }, {}, 'subwords'],
    [{ model: 'cbow' }, {}, 'model'],
    [{ shards: 2 }, {}, 'shards'],
    [{}, { engine: 'tensorflow' }, 'subwords'],
    [{}, { seed: 2 }, 'seed'],
  ])('refuses %o %o', async (given, options, word) => {
    const failed = await trainCombined(corpus, given as never, options as never).catch((error) => error);
    expect(failed).toMatchObject({ code: 'usage', message: expect.stringContaining(word) });
  });
});

it('the subwords take a window of at most 3, and the user’s where it is smaller', () => {
  const windows = (given: object) => {
    const { subwords, skipgram } = combinedSettings(given);
    return [subwords.window, skipgram.window];
  };
  expect(windows({})).toEqual([3, 5]);
  expect(windows({ window: 10 })).toEqual([3, 10]);
  expect(windows({ window: 2 })).toEqual([2, 2]);
});
