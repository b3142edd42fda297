// The compiled screening gives the rows and scores of the search in doubles, bit for bit, or leaves the query to it.

import { expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { nearest } from '../../src/query/nearest.ts';
import { paysToScreen, screenRows } from '../../src/query/nearest-rows.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

test('it is used for much work only', () => {
  expect(paysToScreen(1000, 400_000, 300)).toBe(true);
  expect(paysToScreen(1, 400_000, 300)).toBe(false);
  expect(paysToScreen(1000, 100, 10)).toBe(false);
});

function randomVectors(V: number, D: number, seed: number, odd: boolean): WordVectors {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: V * D }, () => random.normal());
  if (odd) {
    matrix.fill(0, 0, D);
    matrix[2 * D] = Number.NaN;
    matrix[3 * D] = Number.POSITIVE_INFINITY;
    matrix.copyWithin(5 * D, 4 * D, 5 * D);
    for (let at = 6 * D; at < 7 * D; at++) matrix[at] *= 1e-30;
    for (let at = 7 * D; at < 8 * D; at++) matrix[at] *= 1e25;
  }
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}

const cases = fc.record({
  V: fc.integer({ min: 9, max: 400 }),
  D: fc.integer({ min: 1, max: 40 }),
  k: fc.integer({ min: 1, max: 12 }),
  limit: fc.integer({ min: 1, max: 400 }),
  seed: fc.nat(),
  odd: fc.boolean(),
});

test('all shapes, with zeros, NaN, infinity, equal rows and tiny and huge ones', () => {
  fc.assert(
    fc.property(cases, ({ V, D, k, limit, seed, odd }) => {
      const vectors = randomVectors(V, D, seed, odd);
      const queries = [0, 1, 2, 3, 4, 6, 7].map((row) => vectors.matrix.subarray(row * D, (row + 1) * D));
      const excluded = [[], [1], [], [], [4], [0, 8], [7]];
      const search = { limit: Math.min(limit, V), k };
      const screened = finish(
        screenRows(
          vectors,
          queries,
          excluded.map((rows) => new Set(rows)),
          search,
        ),
      );
      // One by one, and in a number for which the screening is not used.
      const expected = queries.map(
        (query, at) => nearest(vectors, [query], { k, restrictVocab: limit, exclude: [excluded[at]] })[0],
      );
      screened.forEach((rows, at) => {
        if (rows === undefined) return;
        expect(rows.map(([row, score]) => [`w${row}`, Math.max(-1, Math.min(1, score))])).toEqual(
          expected[at].map(({ word, similarity }) => [word, similarity]),
        );
      });
    }),
    { numRuns: runs(60) },
  );
});

test('decides nearly always where vectors are not all alike, and never where they are', () => {
  const vectors = randomVectors(3000, 50, 1, false);
  const queries = Array.from({ length: 40 }, (_, row) => vectors.matrix.subarray(row * 50, (row + 1) * 50));
  const search = { limit: 3000, k: 10 };
  const screened = finish(
    screenRows(
      vectors,
      queries,
      queries.map((_, row) => new Set([row])),
      search,
    ),
  );
  expect(screened.filter((rows) => rows === undefined)).toEqual([]);
  const batch = nearest(vectors, queries, { k: 10, exclude: queries.map((_, row) => [row]) });
  const single = queries.map((query, row) => nearest(vectors, [query], { k: 10, exclude: [[row]] })[0]);
  expect(batch).toEqual(single);

  const same = { ...vectors, matrix: new Float32Array(3000 * 50).fill(0.3) };
  expect(finish(screenRows(same, [same.matrix.subarray(0, 50)], [new Set<number>()], search))).toEqual([undefined]);
  const answers = nearest(
    same,
    Array.from({ length: 80 }, () => same.matrix.subarray(0, 50)),
    { k: 3 },
  );
  expect(answers[79].map(({ word }) => word)).toEqual(['w0', 'w1', 'w2']);
});
