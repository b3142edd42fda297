import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ppmi } from '../../src/count/ppmi.ts';
import { dense, sparse } from './dense.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/count-route.json', import.meta.url), 'utf8'));
/** New ones for each use: PPMI is written over them. */
const flat = () => sparse(golden.cooccurrence.flat);

function expectWithin(observed: number[][], expected: number[][], tolerance: number): void {
  for (const [i, row] of expected.entries()) {
    for (const [j, value] of row.entries()) expect(Math.abs(observed[i][j] - value)).toBeLessThan(tolerance);
  }
}

describe('PPMI', () => {
  it('equals the golden values, smoothed and shifted', async () => {
    expectWithin(dense(await ppmi(flat(), { cds: 0.75, shift: 1 })), golden.ppmi, 1e-6);
    expectWithin(dense(await ppmi(flat(), { cds: 1, shift: 2 })), golden.shifted, 1e-6);
  });

  it('stores no zeros, and columns rise within a row', async () => {
    const { rows, starts, indices, values } = await ppmi(flat(), { cds: 0.75, shift: 1 });
    expect(values.every((value) => value > 0)).toBe(true);
    expect(values.length).toBe((golden.ppmi as number[][]).flat().filter((value) => value > 0).length);
    for (let row = 0; row < rows; row++) {
      for (let k = starts[row] + 1; k < starts[row + 1]; k++) expect(indices[k]).toBeGreaterThan(indices[k - 1]);
    }
  });

  it('works in another base', async () => {
    const bits = (golden.ppmi as number[][]).map((row) => row.map((value) => value / Math.LN2));
    expectWithin(dense(await ppmi(flat(), { cds: 0.75, shift: 1, base: 2 })), bits, 2e-6);
  });

  it('takes counts that are not whole, large ones, and rows and columns without any', async () => {
    const counts = [
      [0, 5000.5, 0],
      [5000.5, 0.25, 0],
      [0, 0, 0],
    ];
    const total = 10001.25;
    const [a, b] = [5000.5, 5000.75];
    const expected = [
      [0, Math.log((5000.5 * total) / (a * b)), 0],
      [Math.log((5000.5 * total) / (a * b)), 0, 0],
      [0, 0, 0],
    ];
    expectWithin(dense(await ppmi(sparse(counts), { cds: 1, shift: 1 })), expected, 1e-6);
  });

  it('names what is wrong', async () => {
    const message = async (settings: { cds: number; shift: number; base?: number }) => {
      const error = await ppmi(flat(), settings).catch((reason) => reason);
      return [error.code, error.message];
    };
    expect(await message({ cds: 0, shift: 1 })).toEqual(['usage', 'cds is 0: expected a number above 0, up to 1']);
    expect(await message({ cds: 1, shift: 0.5 })).toEqual([
      'usage',
      'shift is 0.5: expected a number from 1 to 1000000000',
    ]);
    expect((await message({ cds: 1, shift: 1, base: 1 }))[1]).toBe(
      'base is 1: expected a number above 1, up to 1000000000',
    );
    const cells = (golden.cooccurrence.flat as number[][]).flat().filter((count) => count > 0).length;
    expect((await message({ cds: 1, shift: 1e9 }))[1]).toBe(
      `no pair of words has a pointwise mutual information above log 1000000000: all ${cells} cells are empty after the shift`,
    );
  });

  it('that has nothing above 0 without a shift has too little text', async () => {
    const even = sparse([
      [1, 1],
      [1, 1],
    ]);
    await expect(ppmi(even, { cds: 1, shift: 1 })).rejects.toMatchObject({
      code: 'corpus-empty',
      hint: 'give a longer text',
    });
  });

  it('takes no memory beside that of the counts', async () => {
    const counts = flat();
    const { starts, indices, values } = await ppmi(counts, { cds: 0.75, shift: 1 });
    expect(starts.buffer).toBe(counts.starts.buffer);
    expect(indices.buffer).toBe(counts.indices.buffer);
    expect(values.buffer).toBe(counts.values.buffer);
  });

  it('hears the signal while it works', async () => {
    const cells = 4_000_000;
    const counts = {
      rows: 2000,
      columns: 2000,
      starts: Float64Array.from({ length: 2001 }, (_, row) => row * 2000),
      indices: Int32Array.from({ length: cells }, (_, k) => k % 2000),
      values: new Float64Array(cells).fill(3),
    };
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const stopped = ppmi(counts, { cds: 1, shift: 1 }, { signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  });
});
