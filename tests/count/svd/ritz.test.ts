import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { finish } from '../../../src/base/steps.ts';
import { ritzPairs } from '../../../src/count/svd/ritz.ts';
import {
  diagonal,
  difference,
  identity,
  make,
  norm,
  product,
  type Rows,
  rowsOf,
  transposed,
} from '../../linear-algebra.ts';

const random = createRandom(3);
const flat = (matrix: Rows) => Float64Array.from(matrix.flat());

/** A basis of unit columns, nearly orthonormal; T = K^T B K of a symmetric B, S = K^T K. */
function problem(m: number, dependent: (basis: Rows) => void = () => {}) {
  const basis = make(40, m, (row, column) => (row === column ? 1 : 0) + 0.01 * random.normal());
  dependent(basis);
  const half = make(40, 40, () => random.normal());
  const b = product(half, transposed(half));
  const inside = (matrix: Rows) => product(transposed(basis), matrix);
  return { b, basis, t: inside(product(b, basis)), s: inside(basis) };
}

describe('Ritz pairs', () => {
  it('solve T M = S M diag(values) with M^T S M = I, greatest first', () => {
    const { t, s } = problem(12);
    const { values, vectors } = finish(ritzPairs(flat(t), flat(s), 12, 5));
    const m = transposed(rowsOf(vectors, 5, 12));
    const off = difference(product(t, m), product(s, m, diagonal(values.subarray(0, 5))));
    expect(norm(off)).toBeLessThan(1e-9 * values[0]);
    expect(norm(difference(product(transposed(m), s, m), identity(5)))).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('leave out columns of the basis that are 0 or depend on others', () => {
    const { b, basis, t, s } = problem(12, (each) => {
      for (const row of each) {
        row[3] = 0;
        row[7] = 0.6 * row[2] + 0.8 * row[5];
      }
    });
    const kept = basis.map((row) => row.filter((_, column) => column !== 3 && column !== 7));
    const without = product(transposed(kept), b, kept);
    const expected = finish(ritzPairs(flat(without), flat(product(transposed(kept), kept)), 10, 10));
    const found = finish(ritzPairs(flat(t), flat(s), 12, 10));
    for (let i = 0; i < 10; i++) expect(found.values[i] / expected.values[i]).toBeCloseTo(1, 9);
    expect(found.vectors.every(Number.isFinite)).toBe(true);
  });
});
