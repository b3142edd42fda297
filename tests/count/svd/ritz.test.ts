import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { ritzPairs } from '../../../src/count/svd/ritz.ts';
import { createRandom } from '../../../src/random.ts';
import { finish } from '../../../src/steps.ts';

const random = createRandom(3);
const normal = (rows: number, columns: number) =>
  new Matrix(Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal())));
const flat = (matrix: Matrix) => Float64Array.from(matrix.to1DArray());

/** A basis of unit columns, nearly orthonormal; T = K^T B K of a symmetric B, S = K^T K. */
function problem(m: number, dependent: (basis: Matrix) => void = () => {}) {
  const noise = normal(40, m).mul(0.01);
  const basis = Matrix.eye(40, m).add(noise);
  dependent(basis);
  const half = normal(40, 40);
  const b = half.mmul(half.transpose());
  const inside = (matrix: Matrix) => basis.transpose().mmul(matrix);
  return { b, basis, t: inside(b.mmul(basis)), s: inside(basis) };
}

describe('Ritz pairs', () => {
  it('solve T M = S M diag(values) with M^T S M = I, greatest first', () => {
    const { t, s } = problem(12);
    const { values, vectors } = finish(ritzPairs(flat(t), flat(s), 12, 5));
    const m = Matrix.from1DArray(5, 12, vectors).transpose();
    const off = t.mmul(m).sub(s.mmul(m).mmul(Matrix.diag([...values.subarray(0, 5)])));
    expect(off.norm()).toBeLessThan(1e-9 * values[0]!);
    expect(m.transpose().mmul(s).mmul(m).sub(Matrix.eye(5)).norm()).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('leave out columns of the basis that are 0 or depend on others', () => {
    const { b, basis, t, s } = problem(12, (each) => {
      each.setColumn(3, new Array(40).fill(0));
      each.setColumn(
        7,
        each.getColumn(2).map((value, i) => 0.6 * value + 0.8 * each.get(i, 5)),
      );
    });
    const kept = basis.subMatrixColumn([0, 1, 2, 4, 5, 6, 8, 9, 10, 11]);
    const without = kept.transpose().mmul(b.mmul(kept));
    const expected = finish(ritzPairs(flat(without), flat(kept.transpose().mmul(kept)), 10, 10));
    const found = finish(ritzPairs(flat(t), flat(s), 12, 10));
    for (let i = 0; i < 10; i++) expect(found.values[i]! / expected.values[i]!).toBeCloseTo(1, 9);
    expect(found.vectors.every(Number.isFinite)).toBe(true);
  });
});
