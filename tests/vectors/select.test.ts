import { expect, it } from 'vitest';
import { missingWords, selectVectors } from '../../src/vectors/select.ts';
import { fc } from '../properties.ts';

const vectors = { words: ['a', 'b', 'c', 'd'], matrix: Float32Array.of(3, 4, 0, 0, 1, 0, 0, 2), dimensions: 2 };

it('takes words in the order of the file, and of the first so many', () => {
  expect(selectVectors(vectors, { words: ['d', 'a', 'x'] })).toEqual({
    words: ['a', 'd'],
    matrix: Float32Array.of(3, 4, 0, 2),
    dimensions: 2,
  });
  expect(selectVectors(vectors, { words: ['d', 'a'], top: 2 }).words).toEqual(['a']);
  expect(selectVectors(vectors, { top: 99 })).toEqual(vectors);
  expect(missingWords(vectors, ['x', 'a', 'y', 'x'])).toEqual(['x', 'y']);
});

it('takes a word in another normalization form', () => {
  const korean = { ...vectors, words: ['왕', '여왕', '남자', '여자'] };
  const asked = ['여왕'.normalize('NFD')];
  expect(selectVectors(korean, { words: asked }).words).toEqual(['여왕']);
  expect(missingWords(korean, asked)).toEqual([]);
});

it('makes lengths 1; a row of zeros stays', () => {
  const { matrix } = selectVectors(vectors, { normalize: true });
  expect([...matrix]).toEqual([0.6, 0.8, 0, 0, 1, 0, 0, 1].map(Math.fround));
  expect(vectors.matrix[0]).toBe(3);
});

it('any rows have length 1 afterwards', () => {
  const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(numbers, (row) => {
      const { matrix } = selectVectors(
        { words: ['w'], matrix: Float32Array.from(row), dimensions: 3 },
        { normalize: true },
      );
      const length = Math.hypot(...matrix);
      if (Math.hypot(...row) > 1e-15) expect(length).toBeCloseTo(1, 5);
    }),
  );
});
