// The compiled kernel against the naive way in plain TypeScript with the same rounding: all answers are the same.

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { type AnalogyRows, answerRows, type Combination } from '../../src/vectors/analogy-rows.ts';
import { cosMulOf } from '../../src/vectors/cos-mul.ts';
import { createCosineBlocks } from '../../src/vectors/cosine-blocks.ts';
import type { SparseVectors } from '../../src/vectors/sparse-matrix.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

type Vectors = WordVectors | SparseVectors;
const round = Math.fround;
const both = ['sum', 'quotient'] as const;

/** The first row with the highest score in float32, or -1. */
function naive(vectors: Vectors, questions: readonly AnalogyRows[], combination: Combination, limit: number): number[] {
  const { shift, scale, epsilon } = cosMulOf(vectors);
  const moved = (cosine: number) => round(round(round(shift) + cosine) * round(scale));
  const scoreOf = (a: number, b: number, c: number) =>
    combination === 'sum'
      ? round(round(b - a) + c)
      : round(round(moved(b) * moved(c)) / round(moved(a) + round(epsilon)));
  const asked = [...new Set(questions.flatMap(({ a, b, c }) => [a, b, c]))];
  const best = questions.map(() => ({ row: -1, score: Number.NEGATIVE_INFINITY }));
  const blocks = createCosineBlocks(vectors, asked, limit);
  for (let first = 0; first < limit; first += blocks.columns) {
    const count = finish(blocks.load(first));
    for (const [at, { a, b, c, excluded }] of questions.entries()) {
      const rows = [a, b, c].map((row) => asked.indexOf(row) * blocks.columns);
      for (let column = 0; column < count; column++) {
        if (excluded.includes(first + column)) continue;
        const [x, y, z] = rows.map((from) => blocks.cosines[from + column]);
        const score = scoreOf(x, y, z);
        if (score > best[at].score) best[at] = { row: first + column, score };
      }
    }
  }
  return best.map(({ row }) => row);
}

/** Small whole numbers, so that many rows have equal cosines; some rows are zeros. */
function randomVectors(V: number, D: number, seed: number): WordVectors {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: V * D }, () => random.below(5) - 2);
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}

/** The same rows without negative numbers, whose cosines are not moved. */
function asSparse({ words, matrix, dimensions }: WordVectors): SparseVectors {
  const entries = [...matrix.entries()].filter(([, value]) => value > 0);
  const before = (row: number) => entries.filter(([at]) => at < row * dimensions).length;
  return {
    words,
    matrix: {
      rows: words.length,
      columns: dimensions,
      starts: Float64Array.from({ length: words.length + 1 }, (_, row) => before(row)),
      indices: Int32Array.from(entries, ([at]) => at % dimensions),
      values: Float32Array.from(entries, ([, value]) => value),
    },
  };
}

function randomQuestions(V: number, count: number, seed: number): AnalogyRows[] {
  const random = createRandom(seed, 1);
  let [a, b] = [0, 0];
  return Array.from({ length: count }, () => {
    if (random.below(3) > 0) [a, b] = [random.below(V), random.below(V)];
    const c = random.below(V);
    const others = Array.from({ length: random.below(4) }, () => random.below(V));
    return { a, b, c, excluded: [...new Set([a, b, c, ...others])].sort((x, y) => x - y) };
  });
}

const shapes = fc.record({
  V: fc.integer({ min: 1, max: 150 }),
  D: fc.integer({ min: 1, max: 12 }),
  Q: fc.integer({ min: 1, max: 20 }),
  seed: fc.nat(),
});

describe('answerRows', () => {
  it('answers as a scan row by row, dense and sparse', () => {
    fc.assert(
      fc.property(shapes, ({ V, D, Q, seed }) => {
        const dense = randomVectors(V, D, seed);
        const limit = Math.max(1, V - (seed % 5));
        const questions = randomQuestions(V, Q, seed);
        for (const vectors of [dense, asSparse(dense)]) {
          const found = finish(answerRows(vectors, questions, both, limit)).map((rows) => [...rows]);
          expect(found).toEqual(both.map((combination) => naive(vectors, questions, combination, limit)));
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('answers over several blocks of rows', () => {
    const random = createRandom(3);
    const vectors = randomVectors(2600, 7, 8);
    for (let at = 0; at < vectors.matrix.length; at++) vectors.matrix[at] += random.normal();
    const questions = randomQuestions(2600, 40, 5);
    const found = finish(answerRows(vectors, questions, both, 2600)).map((rows) => [...rows]);
    expect(found).toEqual(both.map((combination) => naive(vectors, questions, combination, 2600)));
  });

  it('never answers with a row of NaN, and not at all where nothing is left', () => {
    const matrix = Float32Array.from([1, 0, 0, 0, Number.NaN, 1, 0.5, 0.5]);
    const vectors: WordVectors = { words: ['a', 'zero', 'bad', 'b'], matrix, dimensions: 2 };
    const question = { a: 1, b: 0, c: 0 };
    const questions = [
      { ...question, excluded: [0, 1] },
      { ...question, excluded: [0, 1, 3] },
    ];
    for (const rows of finish(answerRows(vectors, questions, both, 4))) expect([...rows]).toEqual([3, -1]);
    expect(finish(answerRows(vectors, [], both, 4))).toEqual([new Int32Array(), new Int32Array()]);
  });
});
