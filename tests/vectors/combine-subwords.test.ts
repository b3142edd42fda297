import { describe, expect, it } from 'vitest';
import { centerVectors } from '../../src/vectors/center.ts';
import { combineVectors } from '../../src/vectors/combine.ts';
import { rowVector, vectorOf, type WordVectors } from '../../src/vectors/word-vectors.ts';
import { planted } from './planted-vectors.ts';

const words = ['whale', 'ship', 'sea', 'king', 'crew'];
const plain = planted(words.toReversed(), 4, { seed: 3 });
const model = planted(words, 3, { ngrams: 40 });
const weights = [2, 0.5];

const cosine = (a: Float32Array, b: Float32Array) => {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const against = (vectors: WordVectors, word: string) =>
  vectors.words.map((_, at) => cosine(vectorOf(vectors, word)!, rowVector(vectors, at)));

describe('combineVectors with subwords', () => {
  it('composes other words as the part with subwords does: its cosines times its share', async () => {
    const combined = await combineVectors([plain, model], { weights, subwords: true });
    const alone = await combineVectors([model, plain], { subwords: true });
    expect([combined.words, alone.words]).toEqual([plain.words, words]);
    const share = weights[1] / Math.hypot(...weights);
    const own = centerVectors(model);
    for (const [at, value] of against(combined, 'whaling').entries()) {
      const row = words.indexOf(combined.words[at]);
      expect(Math.abs(value - share * against(own, 'whaling')[row])).toBeLessThan(1e-6);
    }
  });

  it('keeps what fastText’s format needs: the counts of the common words, and an output matrix of zeros', async () => {
    const counts = [50, 40, 30, 20, 10];
    const output = new Float32Array(words.length * 3).fill(1);
    const facts = { minCount: 5, model: 'skipgram' as const, window: 3, epochs: 2, negative: 5, sample: 1e-3 };
    const trained = { ...model, subwords: { ...model.subwords!, trained: { counts, output, ...facts } } };
    const less = { words: ['king', 'whale'], matrix: plain.matrix.slice(0, 8), dimensions: 4 };
    const { subwords, words: common } = await combineVectors([less, trained], { subwords: true });
    expect(common).toEqual(['king', 'whale']);
    expect(subwords?.trained).toEqual({ ...facts, counts: Float64Array.of(20, 50), output: new Float32Array(2 * 7) });
  });

  it('leaves the n-grams out unless asked', async () => {
    expect((await combineVectors([plain, model])).subwords).toBeUndefined();
  });

  it.each([
    [[plain, model], { dim: 2 }, 'subwords are kept without PCA only'],
    [[plain, plain], {}, 'none of the vectors has subwords to keep'],
  ])('refuses what it cannot keep', async (parts, options, message) => {
    const failed = await combineVectors(parts, { ...options, subwords: true }).catch((error) => error);
    expect(failed).toMatchObject({ code: 'usage', message });
  });

  it('counts the n-grams as memory', async () => {
    const needed = 4 * (20 + 15 + 5 * 7 + 40 * 3 + 40 * 7);
    const options = { subwords: true, memory: needed - 1 };
    expect(await combineVectors([plain, model], options).catch(({ code }) => code)).toBe('out-of-memory');
    expect((await combineVectors([plain, model], { ...options, memory: needed })).dimensions).toBe(7);
  });
});
