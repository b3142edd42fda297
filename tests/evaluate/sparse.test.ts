// Sparse rows give what the same rows give when they are written out.

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish, STEP_WORK } from '../../src/base/steps.ts';
import { neighborRows } from '../../src/compare/neighbors.ts';
import { alignVectors } from '../../src/compare/shared-words.ts';
import { evaluateAnalogies } from '../../src/evaluate/analogy-scores.ts';
import { vectorSimilarity } from '../../src/evaluate/similarity-measure.ts';
import { createCosineBlocks } from '../../src/vectors/cosine-blocks.ts';
import type { SparseVectors } from '../../src/vectors/sparse-matrix.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

/** The same rows twice: dense and sparse; about two thirds of the entries are zero. */
function both(V: number, C: number, seed: number): { dense: WordVectors; sparse: SparseVectors } {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: V * C }, () => (random.below(3) === 0 ? random.float() * 4 : 0));
  const words = Array.from({ length: V }, (_, row) => `w${row}`);
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < V; row++) {
    for (let column = 0; column < C; column++) {
      const value = matrix[row * C + column];
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return {
    dense: { words, matrix, dimensions: C },
    sparse: {
      words: [...words],
      matrix: {
        rows: V,
        columns: C,
        starts: Float64Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float32Array.from(values),
      },
    },
  };
}

describe('sparse vectors', () => {
  it('have the cosines of the dense ones, block by block and pair by pair', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 30 }), fc.nat(), (V, C, seed) => {
        const { dense, sparse } = both(V, C, seed);
        const queries = [0, Math.floor(V / 2), V - 1];
        const [one, other] = [createCosineBlocks(dense, queries), createCosineBlocks(sparse, queries)];
        expect(other.columns).toBe(one.columns);
        for (let first = 0; first < V; first += one.columns) {
          const count = finish(one.load(first));
          expect(finish(other.load(first))).toBe(count);
          for (let query = 0; query < queries.length; query++) {
            for (let at = query * one.columns; at < query * one.columns + count; at++) {
              expect(Math.abs(other.cosines[at] - one.cosines[at])).toBeLessThan(1e-5);
            }
          }
        }
        const pair = [`w${queries[1]}`, `w${queries[2]}`] as const;
        expect(vectorSimilarity(sparse)(...pair)).toBeCloseTo(vectorSimilarity(dense)(...pair)!, 6);
      }),
      { numRuns: runs(50) },
    );
  });

  it('take many short steps where rows share many contexts, so that the signal is heard', () => {
    const { sparse } = both(300, 200, 3); // about 67 entries a row
    const queries = Array.from({ length: 300 }, (_, row) => row);
    const blocks = createCosineBlocks(sparse, queries);
    const steps = blocks.load(0);
    let taken = 1;
    while (!steps.next().done) taken++;
    const products = 300 * 67 * 100; // a row's entries times the queries that have the context
    expect(taken).toBeGreaterThan(products / STEP_WORK);
  });

  it('answer analogies and have neighbors as the dense ones', () => {
    const { dense, sparse } = both(90, 25, 4);
    const random = createRandom(2);
    const word = () => `w${random.below(90)}`;
    // The expected word is the nearest to c, so that some are answered right.
    const questions = Array.from({ length: 300 }, () => {
      const c = random.below(90);
      return [word(), word(), `w${c}`, `w${finish(neighborRows(dense, [c], 1))[0].rows[0]}`] as const;
    });
    const set = { name: 'q', sections: [{ name: 's', questions }] };
    const bits = (vectors: WordVectors | SparseVectors) =>
      finish(evaluateAnalogies(vectors, set, { resamples: 1 })).map(({ runs }) => [...runs[0]]);
    const [add] = bits(dense);
    expect(bits(sparse)[0]).toEqual(add);
    expect(add).toContain(1);
    const rows = (vectors: WordVectors | SparseVectors) =>
      finish(neighborRows(vectors, [3, 50, 89], 7)).map((list) => [...list.rows]);
    expect(rows(sparse)).toEqual(rows(dense));
  });

  it('are multiplied as they are by 3CosMul, for no cosine is below 0', () => {
    const { dense, sparse } = both(60, 25, 5);
    const similarityOf = vectorSimilarity(dense);
    const random = createRandom(3);
    const questions = Array.from({ length: 100 }, () => {
      const [a, b, c] = [random.below(60), random.below(60), random.below(60)].map((row) => `w${row}`);
      const left = dense.words.filter((word) => word !== a && word !== b && word !== c);
      const score = (d: string) => (similarityOf(d, b!)! * similarityOf(d, c!)!) / (similarityOf(d, a!)! + 0.01);
      return [a!, b!, c!, left.reduce((best, word) => (score(word) > score(best) ? word : best))] as const;
    });
    const set = { name: 'q', sections: [{ name: 's', questions }] };
    const accuracy = (vectors: WordVectors | SparseVectors) =>
      finish(evaluateAnalogies(vectors, set, { methods: ['mul'], resamples: 1 }))[0].accuracy;
    expect(accuracy(sparse)).toBe(1);
    expect(accuracy(dense)).toBeLessThan(1);
    sparse.matrix.values[0] = -sparse.matrix.values[0];
    expect(accuracy(sparse)).toBeLessThan(1);
  });

  it('keep their rows when only shared words are left', () => {
    const { dense, sparse } = both(20, 6, 9);
    const some = { ...dense, words: dense.words.map((word, row) => (row % 3 === 0 ? word : `x${row}`)) };
    const [, left] = finish(alignVectors([some, sparse]));
    expect(left!.words).toEqual(['w0', 'w3', 'w6', 'w9', 'w12', 'w15', 'w18']);
    const similarityOf = vectorSimilarity(left!);
    expect(similarityOf('w3', 'w18')).toBeCloseTo(vectorSimilarity(dense)('w3', 'w18')!, 6);
    expect(similarityOf('w1', 'w18')).toBeUndefined();
  });

  it('keep counts that a float32 cannot hold when only shared words are left', () => {
    const { sparse } = both(20, 6, 9);
    const values = Float64Array.from(sparse.matrix.values, (_, at) => 2 ** 24 + 2 * at + 1);
    const counts = { ...sparse, matrix: { ...sparse.matrix, values } };
    const [left] = finish(alignVectors([counts, { ...sparse, words: [...sparse.words] }]));
    expect('dimensions' in left! ? [] : left!.matrix.values).toEqual(values);
  });
});
