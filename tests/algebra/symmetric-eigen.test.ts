import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/algebra/symmetric-eigen.ts';
import { createRandom } from '../../src/base/random.ts';
import { finish, finishInTurns } from '../../src/base/steps.ts';
import {
  diagonal,
  difference,
  eigenvalues,
  identity,
  make,
  norm,
  product,
  rowsOf,
  transposed,
} from '../linear-algebra.ts';

/** A symmetric matrix with the eigenvalues given: Q D Q^T, Q a product of reflections. */
function withEigenvalues(values: number[], seed: number): number[][] {
  const random = createRandom(seed);
  const n = values.length;
  let matrix = diagonal(values);
  for (let k = 0; k < 3; k++) {
    const u = make(n, 1, () => random.float() - 0.5);
    const scale = Math.sqrt(2) / norm(u);
    const scaled = make(n, 1, (row) => u[row][0] * scale);
    const reflection = difference(identity(n), product(scaled, transposed(scaled)));
    matrix = product(reflection, matrix, reflection);
  }
  return matrix.map((row, i, all) => row.map((value, j) => (i < j ? value : all[j][i])));
}

function randomSymmetric(n: number, seed: number): number[][] {
  const random = createRandom(seed);
  const full = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) full[i][j] = full[j][i] = random.float() - 0.5;
  return full;
}

describe('the eigenvalues and eigenvectors of a symmetric matrix', () => {
  it.each([
    ['1 x 1', [[-3]]],
    ['nothing but zeros', [[0, 0, 0], [0, 0, 0], [0, 0, 0]]], // biome-ignore format: a matrix
    ['diagonal, not in order', [[1, 0, 0], [0, 5, 0], [0, 0, -2]]], // biome-ignore format: a matrix
    ['2 x 2', [[2, 1], [1, 2]]], // biome-ignore format: a matrix
    ['random, 7', randomSymmetric(7, 1)],
    ['random, 60', randomSymmetric(60, 2)],
    ['of rank 3', withEigenvalues([9, 4, 1, 0, 0, 0, 0, 0, 0, 0], 3)],
    ['with equal eigenvalues', withEigenvalues([2, 2, 2, 2, -1, -1, 5], 4)],
    ['over 16 orders of magnitude', withEigenvalues([1e8, 1, 1e-3, 1e-8, 0], 5)],
  ])('equal those of another solver: %s', (_, full) => {
    const n = full.length;
    const matrix = Float64Array.from(full.flat());
    const before = matrix.slice();
    const { values, vectors } = finish(symmetricEigen(matrix, n));
    expect(matrix).toEqual(before);
    const largest = Math.max(1e-300, ...values.map(Math.abs));
    const expected = eigenvalues(full);
    for (let i = 0; i < n; i++) expect(Math.abs(values[i] - expected[i])).toBeLessThanOrEqual(1e-13 * largest);
    const rows = rowsOf(vectors, n, n);
    const gram = product(rows, transposed(rows));
    const turned = product(rows, full, transposed(rows)); // V A V^T is diagonal
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(Math.abs(gram[i][j] - (i === j ? 1 : 0))).toBeLessThan(1e-12);
        expect(Math.abs(turned[i][j] - (i === j ? values[i] : 0))).toBeLessThanOrEqual(1e-12 * largest);
      }
    }
  });

  it('end with NaN, not with a hang, where the matrix has one', () => {
    const { values } = finish(symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2));
    expect(values.some(Number.isNaN)).toBe(true);
  });

  it('take many short steps, so that the signal is heard in a large one', async () => {
    const n = 1200;
    const matrix = Float64Array.from(randomSymmetric(n, 6).flat());
    const started = performance.now();
    await expect(finishInTurns(symmetricEigen(matrix, n), AbortSignal.timeout(50))).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
