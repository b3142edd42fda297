import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../src/query/expression.ts';
import { KeyedVectors } from '../../src/query/keyed-vectors.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import { similarity } from '../../src/query/similarity.ts';

const words = ['king', 'queen', 'man', 'woman', 'boat'];
const rows = [
  [1, 1, 0],
  [1, -1, 0],
  [0.1, 1, 0],
  [0.1, -1, 0],
  [0, 0, 1],
];
const dense = new KeyedVectors({ words, matrix: Float32Array.from(rows.flat()), dimensions: 3 });
const sparse = new KeyedVectors({
  words,
  matrix: {
    rows: 5,
    columns: 3,
    starts: Float64Array.of(0, 2, 4, 6, 8, 9),
    indices: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 2),
    values: Float32Array.from(rows.flat().filter((value) => value !== 0)),
  },
});

describe.each([
  ['dense', dense],
  ['sparse', sparse],
])('%s vectors', (_, vectors) => {
  it('have words, a size, and vectors of their own', () => {
    expect([vectors.size, vectors.dimensions, vectors.has('king'), vectors.has('King')]).toEqual([5, 3, true, false]);
    const vector = vectors.vector('man');
    expect([...vector]).toEqual([Math.fround(0.1), 1, 0]);
    vector.fill(9);
    expect(vectors.vector('man')[2]).toBe(0);
  });

  it('answer questions', () => {
    expect(vectors.nearest('king', 1)[0].word).toBe('man');
    expect(vectors.sum('king - man + woman', 1)[0].word).toBe('queen');
    expect(vectors.nearest(parseExpression('king - man + woman'), 1)).toEqual(vectors.sum('king - man + woman', 1));
    expect(vectors.similarity('king', 'queen')).toBeCloseTo(0, 6);
    expect(vectors.analogy('man', 'king', 'woman', { k: 1 })[0].word).toBe('queen');
    expect(vectors.oddOneOut(['king', 'man', 'boat']).word).toBe('boat');
  });

  it('say which word is unknown', () => {
    expect(() => vectors.vector('kin')).toThrow(expect.objectContaining({ code: 'word-unknown' }));
    expect(() => vectors.nearest('quen')).toThrow(expect.objectContaining({ hint: 'did you mean queen?' }));
  });
});

it('asks dense vectors by a vector, and refuses to ask sparse ones so', () => {
  expect(dense.nearest(Float32Array.of(0, 0, 2), 1)[0]).toEqual({ word: 'boat', similarity: 1 });
  expect(() => sparse.nearest(Float32Array.of(0, 0, 2))).toThrow(expect.objectContaining({ code: 'usage' }));
});

describe('a matrix that its owner changes', () => {
  const matrix = Float32Array.from([1, 0, 0, 1, 1, 1]);
  const owned = { words: ['a', 'b', 'c'], matrix, dimensions: 2 };
  const sparseOwned = {
    words: ['a', 'b'],
    matrix: {
      rows: 2,
      columns: 2,
      starts: Float64Array.of(0, 1, 3),
      indices: Int32Array.of(0, 0, 1),
      values: Float64Array.of(1, 1, 1),
    },
  };

  it('has the norms of its new rows in each question of plain vectors', () => {
    expect(nearestWords(owned, ['a'], { k: 1 })[0][0].similarity).toBeCloseTo(Math.SQRT1_2, 12);
    matrix.set([3, 4], 4); // c
    expect(nearestWords(owned, ['a'], { k: 1 })[0][0].similarity).toBeCloseTo(0.6, 12);
    expect(similarity(sparseOwned, 'a', 'b')).toBeCloseTo(Math.SQRT1_2, 12);
    expect(nearestWords(sparseOwned, ['a'], { k: 1 })[0][0].similarity).toBeCloseTo(Math.SQRT1_2, 12);
    sparseOwned.matrix.values.set([3, 4], 1);
    expect(similarity(sparseOwned, 'a', 'b')).toBeCloseTo(0.6, 12);
    expect(nearestWords(sparseOwned, ['a'], { k: 1 })[0][0].similarity).toBeCloseTo(0.6, 12);
  });

  it('has them as an object after fillNorms', () => {
    const vectors = new KeyedVectors(owned);
    vectors.nearest('a', 1);
    matrix.set([30, 40], 4);
    vectors.fillNorms();
    expect(vectors.nearest('a', 1)[0].similarity).toBeCloseTo(0.6, 12);
  });
});
