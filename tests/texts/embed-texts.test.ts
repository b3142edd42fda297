// Vectors of texts against fastText and numpy (tests/golden/make-texts.py), and what holds for all texts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vocabularyOf } from '../../src/corpus/vocabulary.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { SAMPLED_TEXTS } from '../../src/texts/components.ts';
import { type EmbedTextsOptions, embedTexts } from '../../src/texts/embed-texts.ts';
import { vectorOf } from '../../src/vectors/word-vectors.ts';
import { fc } from '../properties.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/texts.json', import.meta.url), 'utf8')) as {
  a: number;
  dimensions: number;
  words: string[];
  counts: number[];
  vectors: number[][];
  texts: string[];
  mean: number[][];
  sif: Record<string, number[][]>;
  subwords: { texts: string[]; mean: number[][] };
};
const D = golden.dimensions;
const vectors = { words: golden.words, matrix: Float32Array.from(golden.vectors.flat()), dimensions: D };
const vocabulary = vocabularyOf(golden.words, Float64Array.from(golden.counts));
const sif = { pooling: 'sif', vocabulary } as const;

/** The largest difference from `expected`, (N, D). */
function distance(matrix: Float32Array, expected: number[][]): number {
  const flat = expected.flat();
  expect(matrix.length).toBe(flat.length);
  return matrix.reduce((most, value, at) => Math.max(most, Math.abs(value - flat[at])), 0);
}

describe('agrees to 1e-5', () => {
  it('mean: with fastText', async () => {
    const { matrix, facts, components } = await embedTexts(vectors, golden.texts, { tokenizer: 'whitespace' });
    expect(distance(matrix, golden.mean)).toBeLessThan(1e-5);
    expect(facts).toEqual({
      texts: 14,
      tokens: golden.texts
        .join(' ')
        .split(' ')
        .filter((word) => word !== '').length,
      unknownTokens: 5,
      composedTokens: 0,
      withoutWords: 2,
    });
    expect(components.length).toBe(0);
  });

  it('mean with subwords: with fastText, also for words that the vocabulary lacks', async () => {
    const model = await loadVectors(fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url)));
    const { texts, mean } = golden.subwords;
    const { matrix, facts } = await embedTexts(model, texts, { tokenizer: 'whitespace' });
    expect(distance(matrix, mean)).toBeLessThan(1e-5);
    expect(facts).toMatchObject({ unknownTokens: 0, withoutWords: 0 });
    expect(facts.composedTokens).toBeGreaterThan(3);
    const counts = vocabularyOf(model.words, model.counts!);
    const rare = await embedTexts(model, ['zzz'], { pooling: 'sif', vocabulary: counts, removeComponents: 0 });
    expect(rare.matrix).toEqual(vectorOf(model, 'zzz')); // p = 0: weight 1
  });

  it.each([0, 1, 2])('sif with %i components removed: with numpy', async (removed) => {
    const { matrix, components } = await embedTexts(vectors, golden.texts, { ...sif, removeComponents: removed });
    expect(distance(matrix, golden.sif[removed])).toBeLessThan(1e-5);
    expect(components.length).toBe(removed * D);
  });
});

describe('sif', () => {
  it('removes the components of other texts', async () => {
    const { components, matrix } = await embedTexts(vectors, golden.texts, sif);
    const again = await embedTexts(vectors, golden.texts.slice(2, 4), { ...sif, components });
    expect(again.matrix).toEqual(matrix.slice(2 * D, 4 * D));
    expect(again.components).toBe(components);
  });

  it('leaves vectors that are orthogonal to the components, which are orthonormal', async () => {
    const { components, matrix } = await embedTexts(vectors, golden.texts, { ...sif, removeComponents: 3 });
    const dot = (one: ArrayLike<number>, i: number, other: ArrayLike<number>, j: number) =>
      Array.from({ length: D }, (_, at) => one[i * D + at] * other[j * D + at]).reduce((sum, each) => sum + each, 0);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) expect(dot(components, i, components, j)).toBeCloseTo(Number(i === j), 12);
      for (let row = 0; row < golden.texts.length; row++)
        expect(Math.abs(dot(components, i, matrix, row))).toBeLessThan(1e-6);
    }
  });

  it('a large a weighs all words alike, a small one only the rare words', async () => {
    const text = ['the ship'];
    const by = async (sifA: number) => (await embedTexts(vectors, text, { ...sif, sifA, removeComponents: 0 })).matrix;
    const [large, small] = [await by(1e9), await by(1e-9)];
    const [the, ship] = ['the', 'ship'].map((word) => golden.vectors[golden.words.indexOf(word)]);
    large.forEach((value, at) => {
      expect(value).toBeCloseTo((the![at] + ship![at]) / 2, 5);
    });
    const share = (word: string) => golden.counts[golden.words.indexOf(word)] / vocabulary.total;
    small.forEach((value, at) => {
      expect(1e9 * value).toBeCloseTo((the![at] / share('the') + ship![at] / share('ship')) / 2, 2);
    });
  });

  it('a word without a count has weight 1, and words of the counts without a vector do not matter', async () => {
    const few = vocabularyOf(['the', 'nowhere'], Float64Array.of(1, 1));
    const settings = { pooling: 'sif', vocabulary: few, removeComponents: 0 } as const;
    const { matrix } = await embedTexts(vectors, ['cat', 'the'], settings);
    expect(matrix.slice(0, D)).toEqual(Float32Array.from(golden.vectors[golden.words.indexOf('cat')]));
    const the = golden.vectors[golden.words.indexOf('the')];
    the.forEach((value, at) => {
      expect(matrix[D + at]).toBeCloseTo((value * 1e-3) / (1e-3 + 0.5), 7);
    });
  });

  it('of texts that are all alike nothing is left, not their rounding errors', async () => {
    const { matrix } = await embedTexts(vectors, ['the cat sat', 'the cat sat', 'the cat sat'], sif);
    expect([...matrix].every((value) => value === 0)).toBe(true);
  });

  it('takes a sample of many texts', async () => {
    const tiny = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 0, 0.9, 0.1, 0, 1), dimensions: 2 };
    const counts = vocabularyOf(tiny.words, Float64Array.of(1, 1, 1));
    const texts = Array.from({ length: SAMPLED_TEXTS + 20_000 }, (_, at) => (at < SAMPLED_TEXTS ? 'a' : 'c'));
    const settings = { pooling: 'sif', vocabulary: counts } as const;
    const { components } = await embedTexts(tiny, texts, settings);
    // Without a sample of all, the last texts would not count; with them, the component is still that of 'a'.
    expect(Math.abs(components[0])).toBeGreaterThan(0.99);
    expect((await embedTexts(tiny, texts, settings)).components).toEqual(components);
    const mixed = texts.map((_, at) => (at < SAMPLED_TEXTS ? 'b' : 'c'));
    expect(Math.abs((await embedTexts(tiny, mixed, settings)).components[1])).toBeGreaterThan(0.12);
  });
});

describe('the words of a text', () => {
  const cased = {
    words: ['Paris', 'paris', 'city', "don't"],
    matrix: Float32Array.of(1, 0, 0, 1, 2, 0, 0, 3),
    dimensions: 2,
  };
  const of = async (text: string, options: EmbedTextsOptions = {}) => [
    ...(await embedTexts(cased, [text], options)).matrix,
  ];

  it('are taken as they are written, else in lower case', async () => {
    expect(await of('Paris!')).toEqual([1, 0]);
    expect(await of('paris')).toEqual([0, 1]);
    expect(await of('PARIS, City. Don\u2019t')).toEqual([1 / 3, 2 / 3].map(Math.fround));
  });

  it('or as the given tokenizer has them', async () => {
    expect(await of('Paris', { tokenizer: 'words' })).toEqual([0, 1]);
    expect(await of('Paris', { tokenizer: 'words', keepCase: true })).toEqual([1, 0]);
    expect(await of('PARIS', { tokenizer: 'words', keepCase: true })).toEqual([0, 0]);
    expect(await of('Paris, paris', { tokenizer: 'whitespace' })).toEqual([0, 1]);
  });

  it('whose vectors are zeros or not finite are left out', async () => {
    const odd = {
      words: ['a', 'zero', 'nan', 'far'],
      matrix: Float32Array.of(2, 0, 0, 0, Number.NaN, 1, 1e38, Infinity),
      dimensions: 2,
    };
    const { matrix, facts } = await embedTexts(odd, ['a zero nan far', 'nan']);
    expect([...matrix]).toEqual([1, 0, 0, 0]);
    expect(facts).toEqual({ texts: 2, tokens: 5, unknownTokens: 4, composedTokens: 0, withoutWords: 1 });
    const counts = vocabularyOf([...odd.words], Float64Array.of(1, 1, 1, 1));
    const weighted = await embedTexts(odd, ['a zero nan far'], {
      pooling: 'sif',
      vocabulary: counts,
      removeComponents: 0,
    });
    expect(weighted.matrix[0]).toBeCloseTo(0.001 / 0.251, 7); // (2 + 0) / 2 times the weight
  });
});

it('no order of the words and no division of the texts changes anything', async () => {
  const text = fc.array(fc.constantFrom(...golden.words, 'unknown', 'Cat'), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      const texts = [one.join(' '), [...one].reverse().join(', '), other.join(' ')];
      const { matrix } = await embedTexts(vectors, texts, { ...sif, removeComponents: 0 });
      for (let at = 0; at < D; at++) expect(matrix[at]).toBeCloseTo(matrix[D + at], 6);
      const alone = await embedTexts(vectors, [texts[2]], { ...sif, removeComponents: 0 });
      expect(alone.matrix).toEqual(matrix.slice(2 * D));
    }),
  );
});

it('stops when the signal fires', async () => {
  const stopped = embedTexts(vectors, golden.texts, { ...sif, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
});

describe('an error', () => {
  it.each<[string, unknown, object, RegExp]>([
    ['texts', 'a text', {}, /the texts are not a list/],
    ['one text', ['a', 7], {}, /text 2 is of type number/],
    ['pooling', ['a'], { pooling: 'max' }, /pooling is 'max'/],
    ['no counts', ['a'], { pooling: 'sif' }, /sif needs the counts/],
    ['a = 0', ['a'], { ...sif, sifA: 0 }, /sifA is 0/],
    ['a = NaN', ['a'], { ...sif, sifA: Number.NaN }, /sifA is NaN/],
    ['a below 0', ['a'], { ...sif, sifA: -1 }, /sifA is -1/],
    ['half a component', ['a'], { ...sif, removeComponents: 0.5 }, /removeComponents is 0.5/],
    ['all components', ['a'], { ...sif, removeComponents: D }, /from 0 to 9/],
    ['settings of sif', ['a'], { sifA: 1 }, /sifA is a setting of pooling sif/],
    ['both', ['a'], { ...sif, removeComponents: 1, components: new Float64Array(D) }, /both given/],
    ['components of other vectors', ['a'], { ...sif, components: new Float64Array(D + 1) }, /rows of 10/],
    ['components of NaN', ['a'], { ...sif, components: new Float64Array(D).fill(Number.NaN) }, /NaN or infinity/],
    ['one text', ['the cat'], sif, /1 text with known words: expected at least 2 to find 1 component/],
    ['no words', ['unicorns', '', ' '], sif, /0 texts with known words/],
    ['a tokenizer', ['a'], { tokenizer: 'none' }, /tokenizer is 'none'/],
    ['a misspelled name', ['a'], { poling: 'sif' }, /no option 'poling'/],
  ])('%s', async (_what, texts, options, message) => {
    await expect(embedTexts(vectors, texts as string[], options)).rejects.toThrow(message);
  });
});
