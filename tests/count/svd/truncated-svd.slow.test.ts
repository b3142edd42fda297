import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { type SvdLimits, type SvdSettings, truncatedSvd } from '../../../src/count/svd/truncated-svd.ts';
import { diagonal, difference, norm, product, rowsOf, singular, transposed } from '../../linear-algebra.ts';
import { sparse } from '../dense.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/count-route.json', import.meta.url), 'utf8'));
const settings: SvdSettings = { dim: 6, iterations: 8, oversample: 10, seed: 1 };
const limits: SvdLimits = { threads: 2, memory: 1e9 };

function randomMatrix(rows: number, columns: number, share: number): number[][] {
  const random = createRandom(7);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random.float() < share ? random.float() * 4 : 0)),
  );
}

/** How far the columns of a (rows, D) matrix are from orthonormal. */
function offOrthonormal(columns: Float32Array, D: number): number {
  let worst = 0;
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < D; j++) {
      let sum = 0;
      for (let row = 0; row < columns.length; row += D) sum += columns[row + i] * columns[row + j];
      worst = Math.max(worst, Math.abs(sum - (i === j ? 1 : 0)));
    }
  }
  return worst;
}

describe('truncated SVD', () => {
  it('equals the golden values and vectors, signs included', async () => {
    const { singularValues, u, v, keptShare } = await truncatedSvd(sparse(golden.ppmi), settings, limits);
    const exact: number[] = golden.singularValues;
    for (let k = 0; k < 6; k++) {
      expect(Math.abs(singularValues[k] / exact[k] - 1)).toBeLessThan(1e-5);
      for (let row = 0; row < 40; row++) {
        expect(Math.abs(u[row * 6 + k] - golden.u[row][k])).toBeLessThan(1e-3);
        expect(Math.abs(v[row * 6 + k] - golden.v[row][k])).toBeLessThan(1e-3);
      }
    }
    const squares = (values: number[]) => values.reduce((sum, value) => sum + value * value, 0);
    expect(keptShare).toBeCloseTo(squares(exact.slice(0, 6)) / squares(exact), 5);
  });

  it.each([
    ['tall', 300, 90, 20],
    ['wide', 90, 300, 20],
    ['square, all its dimensions', 33, 33, 33],
    ['one row', 1, 50, 1],
  ])('equals the exact decomposition of a %s matrix', async (_, rows, columns, D) => {
    const full = randomMatrix(rows, columns, 0.2);
    const found = await truncatedSvd(sparse(full), { ...settings, dim: D, iterations: 12 }, limits);
    const exact = singular(rows < columns ? transposed(full) : full).values;
    for (let k = 0; k < D; k++) expect(Math.abs(found.singularValues[k] - exact[k])).toBeLessThan(2e-3 * exact[0]);
    expect(offOrthonormal(found.u, D)).toBeLessThan(1e-4);
    expect(offOrthonormal(found.v, D)).toBeLessThan(1e-3);
  });

  it('takes a matrix of lower rank than the dimensions asked for', async () => {
    const left = randomMatrix(80, 3, 1);
    const right = randomMatrix(3, 60, 1);
    const full = product(left, right);
    const { singularValues, u } = await truncatedSvd(sparse(full), { ...settings, dim: 8 }, limits);
    const exact = singular(full).values;
    for (let k = 0; k < 3; k++) expect(singularValues[k] / exact[k]).toBeCloseTo(1, 4);
    for (let k = 3; k < 8; k++) expect(singularValues[k]).toBeLessThan(1e-3 * exact[0]);
    expect(u.every(Number.isFinite)).toBe(true);
  });

  it('finds a singular value that more columns share than a block has', async () => {
    const full = Array.from({ length: 90 }, (_, i) => Array.from({ length: 90 }, (_each, j) => (i === j ? 3 : 0)));
    const found = await truncatedSvd(sparse(full), { ...settings, dim: 40, iterations: 4 }, limits);
    for (const value of found.singularValues) expect(Math.abs(value - 3)).toBeLessThan(1e-4);
    expect(offOrthonormal(found.u, 40)).toBeLessThan(1e-4);
    expect(offOrthonormal(found.v, 40)).toBeLessThan(1e-4);
  });

  it('restarts where more iterations are asked for than fit, and leaves no residual A^T u - s v', async () => {
    const full = randomMatrix(400, 300, 0.1);
    const exact = singular(full).values;
    const wanted = { ...settings, dim: 20, iterations: 40 }; // 42 blocks; 8 are held at a time
    const { u, v, singularValues } = await truncatedSvd(sparse(full), wanted, limits);
    for (let k = 0; k < 20; k++) expect(Math.abs(singularValues[k] / exact[k] - 1)).toBeLessThan(1e-5);
    const scaled = product(rowsOf(v, 300, 20), diagonal(singularValues));
    const left = difference(product(transposed(full), rowsOf(u, 400, 20)), scaled);
    expect(norm(left) / exact[0]).toBeLessThan(1e-3);
    expect(offOrthonormal(u, 20)).toBeLessThan(1e-4);
  });

  it('is the same to the byte for a seed and any number of threads', async () => {
    const matrix = sparse(randomMatrix(200, 150, 0.1));
    const wanted = { ...settings, dim: 25, iterations: 3 };
    const one = await truncatedSvd(matrix, wanted, { ...limits, threads: 1 });
    for (const threads of [2, 3, 9]) {
      const more = await truncatedSvd(matrix, wanted, { ...limits, threads });
      expect(Buffer.compare(Buffer.from(more.u.buffer), Buffer.from(one.u.buffer))).toBe(0);
      expect(Buffer.compare(Buffer.from(more.v.buffer), Buffer.from(one.v.buffer))).toBe(0);
      expect(more.singularValues).toEqual(one.singularValues);
    }
    const other = await truncatedSvd(matrix, { ...wanted, seed: 2 }, limits);
    expect(other.u).not.toEqual(one.u);
  });

  it('is nearer to the exact values with more iterations', async () => {
    const full = randomMatrix(400, 400, 0.05);
    const exact = singular(full).values;
    const error = async (iterations: number) => {
      const { singularValues } = await truncatedSvd(sparse(full), { ...settings, dim: 30, iterations }, limits);
      return singularValues.reduce((sum, value, k) => sum + (exact[k] - value), 0);
    };
    const [none, two, four] = [await error(0), await error(2), await error(4)];
    expect(two).toBeLessThan(none * 0.5);
    expect(four).toBeLessThan(two * 0.6);
    expect(four).toBeGreaterThanOrEqual(-1e-3);
  });

  it('names the limit in its errors', async () => {
    const matrix = sparse(golden.ppmi);
    const fails = (changed: Partial<SvdSettings>, memory = 1e9) =>
      expect(truncatedSvd(matrix, { ...settings, ...changed }, { ...limits, memory })).rejects;
    await fails({ dim: 41 }).toMatchObject({
      code: 'usage',
      message: 'dim is 41, but a vocabulary of 40 words has at most 40 dimensions',
      hint: 'give { dim: 40 } or less, or a longer text',
    });
    await fails({ dim: 0 }).toMatchObject({ message: 'dim is 0: expected a whole number from 1 to 10000' });
    await fails({ iterations: -1 }).toMatchObject({
      message: 'iterations is -1: expected a whole number from 0 to 1000',
    });
    const starts = new Float64Array(2_000_001).fill(5, 1);
    const large = { ...matrix, rows: 2_000_000, columns: 2_000_000, starts };
    await expect(truncatedSvd(large, { ...settings, dim: 100 }, { ...limits, memory: 1e9 })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: 'the SVD works on 5 nonzeros and 240 columns, which takes 4.4 GB of memory; the limit is 1.0 GB',
    });
  });

  it('hears the signal within its small dense matrices too', async () => {
    const cells = randomMatrix(1200, 1200, 0.01);
    const controller = new AbortController();
    let aborted = 0;
    const stopped = truncatedSvd(
      sparse(cells),
      { ...settings, dim: 1100, iterations: 1 },
      {
        ...limits,
        signal: controller.signal,
        onProgress: () =>
          setTimeout(() => {
            aborted ||= performance.now();
            controller.abort();
          }, 1500),
      },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    expect(performance.now() - aborted).toBeLessThan(1000);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const stopped = truncatedSvd(sparse(golden.ppmi), settings, {
      ...limits,
      signal: controller.signal,
      onProgress: ({ done }) => done === 2 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  });
});
