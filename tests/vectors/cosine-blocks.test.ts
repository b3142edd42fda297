// The compiled kernel against the naive way in plain TypeScript.

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { cosine } from '../../src/query/similarity.ts';
import { createCosineBlocks } from '../../src/vectors/cosine-blocks.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

function randomVectors(V: number, D: number, seed: number): WordVectors {
  const random = createRandom(seed);
  return {
    words: Array.from({ length: V }, (_, row) => `w${row}`),
    matrix: Float32Array.from({ length: V * D }, () => random.normal() * 3),
    dimensions: D,
  };
}

function row(vectors: WordVectors, at: number): Float32Array {
  return vectors.matrix.subarray(at * vectors.dimensions, (at + 1) * vectors.dimensions);
}

const shapes = fc.record({
  V: fc.integer({ min: 1, max: 200 }),
  D: fc.integer({ min: 1, max: 40 }),
  Q: fc.integer({ min: 1, max: 13 }),
  seed: fc.nat(),
});

describe('createCosineBlocks', () => {
  it('computes the cosines of all shapes', () => {
    fc.assert(
      fc.property(shapes, ({ V, D, Q, seed }) => {
        const vectors = randomVectors(V, D, seed);
        const queries = Array.from({ length: Q }, (_, at) => (at * 7) % V);
        const limit = Math.max(1, V - (seed % 5));
        const blocks = createCosineBlocks(vectors, queries, limit);
        let seen = 0;
        for (let first = 0; first < limit; first += blocks.columns) {
          const count = finish(blocks.load(first));
          for (const [query, from] of queries.entries()) {
            for (let at = 0; at < count; at++) {
              const expected = cosine(row(vectors, from), row(vectors, first + at))!;
              expect(Math.abs(blocks.cosines[query * blocks.columns + at] - expected)).toBeLessThan(1e-5);
            }
          }
          seen += count;
        }
        expect(seen).toBe(limit);
      }),
      { numRuns: runs(60) },
    );
  });

  it('takes a row of zeros for 0', () => {
    const matrix = Float32Array.from([1, 0, 0, 0, Number.NaN, 1, 0.5, 0.5]);
    const vectors: WordVectors = { words: ['a', 'zero', 'bad', 'b'], matrix, dimensions: 2 };
    const blocks = createCosineBlocks(vectors, [0, 1]);
    expect(finish(blocks.load(0))).toBe(4);
    expect([...blocks.cosines.subarray(0, 4)]).toEqual([1, 0, Number.NaN, Math.fround(Math.SQRT1_2)]);
  });

  it('finds the first cosine above a bar in a range of columns', () => {
    const vectors = randomVectors(90, 3, 5);
    vectors.matrix[3 * 40] = Number.NaN;
    const blocks = createCosineBlocks(vectors, [7, 8]);
    const count = finish(blocks.load(0));
    const random = createRandom(6);
    for (let trial = 0; trial < 300; trial++) {
      const query = random.below(2);
      const from = random.below(count + 1);
      const bar = trial % 4 === 0 ? Number.NEGATIVE_INFINITY : Math.fround(2 * random.float() - 1);
      const cosines = [...blocks.cosines.subarray(query * blocks.columns, query * blocks.columns + count)];
      const expected = cosines.findIndex((cosine, at) => at >= from && cosine > bar);
      expect(blocks.firstAbove(query, from, count, bar)).toBe(expected < 0 ? count : expected);
    }
  });
});
