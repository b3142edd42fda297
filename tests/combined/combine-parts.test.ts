import { expect, it } from 'vitest';
import { combineParts, partNames, partWeights } from '../../src/combined/combine-parts.ts';
import { planted } from '../vectors/planted-vectors.ts';

it('the shares of a cosine are 1 together, and each part has its own dimensions', async () => {
  expect(partWeights.reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(1, 12);
  const words = ['a', 'b', 'c', 'd'];
  const parts = {
    subwords: planted(words, 3, { ngrams: 5 }),
    counting: planted(words, 2),
    'skip-gram': planted(words, 4),
  };
  const combined = await combineParts(parts, {});
  expect(combined.words).toEqual(words);
  expect(combined.dimensions).toBe(9);
  expect(combined.subwords?.matrix.length).toBe(5 * 9);
  let column = 0;
  for (const [at, name] of partNames.entries()) {
    const { dimensions } = parts[name];
    const row = combined.matrix.subarray(column, column + dimensions); // of the first word
    expect(Math.hypot(...row)).toBeCloseTo(partWeights[at], 5);
    column += dimensions;
  }
});
