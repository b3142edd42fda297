import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { approximateNeighbors } from '../../src/map/approximate-neighbors.ts';
import { exactNeighbors } from '../../src/map/exact-neighbors.ts';
import { measureQuality } from '../../src/map/quality.ts';
import { unitRows } from '../../src/map/unit-rows.ts';

const random = createRandom(9);

function vectorsOf(V: number, D: number, value = () => random.normal()) {
  const matrix = Float32Array.from({ length: V * D }, value);
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}

const many = vectorsOf(20_000, 10);

// usearch has no build for Windows.
describe.skipIf(process.platform === 'win32')('the approximate nearest rows of every row', () => {
  it('are mostly the true ones, with their cosines, and their recall is measured', async () => {
    const unit = finish(unitRows(many));
    const exact = await exactNeighbors(unit, 14, { threads: 2 });
    const graph = await approximateNeighbors(many, unit.rows, 14, {});
    expect([graph.count, graph.k]).toEqual([20_000, 14]);
    let hits = 0;
    for (let row = 0; row < graph.count; row++) {
      const own = graph.neighbors.subarray(row * 14, (row + 1) * 14);
      expect(new Set(own).size).toBe(14);
      expect(own.includes(row)).toBe(false);
      const cosines = new Map([...exact.neighbors.subarray(row * 14, (row + 1) * 14)].map((other, at) => [other, at]));
      own.forEach((other, at) => {
        const place = cosines.get(other);
        if (place === undefined) return;
        hits++;
        if (row % 100 === 0) expect(graph.cosines[row * 14 + at]).toBeCloseTo(exact.cosines[row * 14 + place], 5);
      });
    }
    const recall = hits / (20_000 * 14);
    expect(recall).toBeGreaterThan(0.97);
    const positions = new Float32Array(40_000);
    const measured = finish(measureQuality(many, positions, { approximate: { graph, rows: unit.rows }, sample: 500 }));
    expect(Math.abs(measured.recall! - recall)).toBeLessThan(0.02);
  });

  it('are the same each time', async () => {
    const some = { ...many, words: many.words.slice(0, 5_000) };
    const { rows } = finish(unitRows(some));
    const one = await approximateNeighbors(some, rows, 5, {});
    expect(await approximateNeighbors(some, rows, 5, {})).toEqual(one);
  });

  it('count only the rows with a direction', async () => {
    const some = vectorsOf(300, 10);
    for (const row of [0, 7, 299]) some.matrix.fill(0, row * 10, (row + 1) * 10);
    some.matrix[80] = Number.NaN;
    const unit = finish(unitRows(some));
    expect(unit.rows.length).toBe(296);
    const exact = await exactNeighbors(unit, 3, { threads: 1 });
    expect((await approximateNeighbors(some, unit.rows, 3, {})).neighbors).toEqual(exact.neighbors);
  });

  it('are all the others where there are few', async () => {
    const few = vectorsOf(12, 5);
    const unit = finish(unitRows(few));
    const exact = await exactNeighbors(unit, 11, { threads: 1 });
    const graph = await approximateNeighbors(few, unit.rows, 11, {});
    expect(graph.neighbors).toEqual(exact.neighbors);
  });

  it('are found among equal rows', async () => {
    const equal = vectorsOf(3000, 4, () => 0.5);
    const graph = await approximateNeighbors(equal, finish(unitRows(equal)).rows, 14, {});
    expect(graph.cosines.every((cosine) => Math.abs(cosine - 1) < 1e-6)).toBe(true);
    expect(new Set(graph.neighbors.subarray(0, 14)).size).toBe(14);
  });

  it('reports progress and stops when told to', async () => {
    const control = new AbortController();
    const found = approximateNeighbors(many, finish(unitRows(many)).rows, 14, {
      signal: control.signal,
      onProgress: ({ phase, done, total }) => {
        expect([phase, total]).toEqual(['neighbors', 20_000]);
        expect(done).toBeLessThanOrEqual(total);
        if (done > 4000) control.abort();
      },
    });
    await expect(found).rejects.toMatchObject({ code: 'interrupted' });
  });
});
