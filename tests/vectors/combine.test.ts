// Combined vectors beside numpy (tests/golden/make-combine.py).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { combineVectors } from '../../src/vectors/combine.ts';
import { rowVector, type WordVectors, wordIndex } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

interface Golden {
  parts: { words: string[]; rows: number[] }[];
  weights: number[];
  words: string[];
  combined: number[];
  pairs: [number, number][];
  cosines: number[];
  dim: number;
  reducedCosines: number[];
  reducedNorms: number[];
  keptShare: number;
}

const golden = JSON.parse(readFileSync(new URL('../golden/combine.json', import.meta.url), 'utf8')) as Golden;
const parts: WordVectors[] = golden.parts.map(({ words, rows }) => ({
  words,
  matrix: Float32Array.from(rows),
  dimensions: rows.length / words.length,
}));

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at], 0);
const cosine = (a: Float32Array, b: Float32Array) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const cosineOf = (vectors: WordVectors, a: number, b: number) => cosine(rowVector(vectors, a), rowVector(vectors, b));

describe('the same as numpy', () => {
  it('the concatenation', async () => {
    const { words, matrix, dimensions, keptShare } = await combineVectors(parts, { weights: golden.weights });
    expect([words, dimensions, keptShare]).toEqual([golden.words, 19, undefined]);
    for (const [at, value] of golden.combined.entries()) expect(Math.abs(matrix[at] - value)).toBeLessThan(1e-6);
  });

  it('its principal components', async () => {
    const { weights, dim, pairs } = golden;
    const reduced = await combineVectors(parts, { weights, dim });
    expect([reduced.dimensions, reduced.matrix.length]).toEqual([8, 40 * 8]);
    expect(reduced.keptShare).toBeCloseTo(golden.keptShare, 6);
    for (const [at, [a, b]] of pairs.entries()) {
      expect(Math.abs(cosineOf(reduced, a, b) - golden.reducedCosines[at])).toBeLessThan(1e-5);
    }
    for (const [row, norm] of golden.reducedNorms.entries()) {
      const vector = rowVector(reduced, row);
      expect(Math.abs(Math.sqrt(dot(vector, vector)) - norm)).toBeLessThan(1e-5);
    }
  });
});

it('without dim a cosine is the mean of the parts, weighted by the squares of the weights', async () => {
  const numbers = fc.array(fc.float({ noNaN: true, min: -10, max: 10 }), { minLength: 30, maxLength: 30 });
  const weight = fc.double({ noNaN: true, min: 0.1, max: 10 });
  await fc.assert(
    fc.asyncProperty(numbers, numbers, weight, weight, async (one, other, v, w) => {
      const words = Array.from({ length: 10 }, (_, row) => `w${row}`);
      const both = [one, other].map((rows) => ({ words, matrix: Float32Array.from(rows), dimensions: 3 }));
      const alone = await Promise.all(both.map((part) => combineVectors([part, part])));
      const combined = await combineVectors(both, { weights: [v, w] });
      for (let a = 1; a < 10; a++) {
        const cosines = alone.map((part) => cosineOf(part, 0, a));
        if (cosines.some(Number.isNaN)) continue; // a row that is the mean has no direction
        const wanted = (v * v * cosines[0] + w * w * cosines[1]) / (v * v + w * w);
        expect(Math.abs(cosineOf(combined, 0, a) - wanted)).toBeLessThan(1e-5);
      }
    }),
    { numRuns: runs(100) },
  );
});

it('all components turn the vectors and keep distances', async () => {
  const whole = await combineVectors(parts);
  const turned = await combineVectors(parts, { dim: 19 });
  const distance = (vectors: WordVectors, a: number, b: number) => {
    const other = rowVector(vectors, b);
    const between = rowVector(vectors, a).map((value, at) => value - other[at]);
    return dot(between, between);
  };
  expect(turned.keptShare).toBeCloseTo(1, 6);
  for (const [a, b] of golden.pairs)
    expect(Math.abs(distance(turned, a, b) - distance(whole, a, b))).toBeLessThan(1e-5);
});

it('more rows than a block has, and words in another order', async () => {
  const words = Array.from({ length: 1300 }, (_, row) => `w${row}`);
  const matrix = Float32Array.from({ length: 1300 * 5 }, (_, at) => Math.sin(at * 1.7) + 0.3 * Math.cos(at ** 2));
  const other = { words: words.toReversed(), matrix: matrix.toReversed(), dimensions: 5 };
  const combined = await combineVectors([{ words, matrix, dimensions: 5 }, other], { dim: 10 });
  const alone = await combineVectors([other, other]);
  expect(combined.words).toEqual(words);
  const row = wordIndex(alone).get('w1200')!;
  const near = cosineOf(alone, row, wordIndex(alone).get('w3')!);
  const part = await combineVectors([{ words, matrix, dimensions: 5 }, other], { weights: [1e-3, 1] });
  expect(Math.abs(cosineOf(part, 1200, 3) - near)).toBeLessThan(1e-5);
  const whole = await combineVectors([{ words, matrix, dimensions: 5 }, other]);
  const distance = ({ matrix, dimensions: D }: WordVectors) =>
    Array.from({ length: D }, (_, at) => (matrix[1299 * D + at] - matrix[600 * D + at]) ** 2).reduce((a, b) => a + b);
  expect(Math.abs(distance(combined) - distance(whole))).toBeLessThan(1e-5);
});

it('a word is the same only if it is written the same', async () => {
  const one = { words: ['왕', 'a'], matrix: Float32Array.of(1, 2), dimensions: 1 };
  const other = { words: ['왕'.normalize('NFD'), 'a', 'A'], matrix: Float32Array.of(1, 2, 3), dimensions: 1 };
  expect((await combineVectors([one, other])).words).toEqual(['a']);
});

it('rows with NaN are NaN, and leave the others as they are', async () => {
  const spoiled = { ...parts[0], matrix: parts[0].matrix.slice() };
  spoiled.matrix[6] = Number.NaN;
  for (const dim of [undefined, 4]) {
    const combined = await combineVectors([spoiled, parts[1]], { dim });
    expect([...rowVector(combined, 1)].every(Number.isNaN)).toBe(true);
    expect(rowVector(combined, 0).some(Number.isNaN)).toBe(false);
  }
});

describe('refuses', () => {
  const tiny = (words: string[], source?: string) => ({
    ...{ words, matrix: new Float32Array(words.length), dimensions: 1 },
    ...(source && { source }),
  });

  const wide = { words: ['a'], matrix: new Float32Array(2049), dimensions: 2049 };

  it.each([
    [[parts[0]], {}, '1 part to combine, expected two or more'],
    [parts, { weights: [1, 2] }, '2 weights for 3 vectors, expected one for each'],
    [parts, { weights: [1, 2, 0] }, 'weights is 0: expected a number above 0, up to 1000000'],
    [parts, { weights: [1, 2, Number.NaN] }, 'weights is NaN'],
    [parts, { dim: 0 }, 'dim is 0: expected a whole number from 1 to 19'],
    [parts, { dim: 20 }, 'dim is 20: expected a whole number from 1 to 19'],
    [[wide, wide], { dim: 2 }, 'PCA of 4098 dimensions, expected at most 4096'],
    [parts, { weight: [1] }, "combineVectors has no option 'weight'"],
  ])('%#', async (given, options, message) => {
    await expect(combineVectors(given, options as object)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('parts without a common word, and too little memory', async () => {
    await expect(combineVectors([tiny(['a', 'b'], 'a.bin'), tiny(['A'])])).rejects.toMatchObject({
      code: 'word-unknown',
      message: 'no word is in all of them: a.bin, part 2',
    });
    await expect(combineVectors(parts, { memory: 5000 })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/^combining 40 words x 19 dimensions takes .* are allowed$/),
    });
  });

  it('nothing for one common word: a single row has no variance', async () => {
    const alone = tiny(['a']);
    expect(await combineVectors([alone, alone], { dim: 1 })).toMatchObject({ words: ['a'], keptShare: 1 });
  });

  it('work that was stopped', async () => {
    await expect(combineVectors(parts, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  });
});
