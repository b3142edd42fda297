import { describe, expect, it } from 'vitest';
import { descentNeighbors } from '../../src/layout/descent-neighbors.ts';
import { exactNeighbors } from '../../src/layout/exact-neighbors.ts';
import { measureQuality } from '../../src/layout/quality.ts';
import { unitRows } from '../../src/layout/unit-rows.ts';
import { createRandom } from '../../src/random.ts';
import { finish } from '../../src/steps.ts';

const random = createRandom(9);

function vectorsOf(V: number, D: number, value = () => random.normal()) {
  const matrix = Float32Array.from({ length: V * D }, value);
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}

const many = vectorsOf(20_000, 10);

describe('the approximate nearest rows of every row', () => {
  it('are mostly the true ones, with their cosines, and their recall is measured', async () => {
    const unit = finish(unitRows(many));
    const exact = await exactNeighbors(unit, 14, { threads: 2 });
    const graph = await descentNeighbors(unit, 14, { threads: 2, seed: 1 });
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
        if (row % 100 === 0) expect(graph.cosines[row * 14 + at]).toBeCloseTo(exact.cosines[row * 14 + place]!, 5);
      });
    }
    const recall = hits / (20_000 * 14);
    expect(recall).toBeGreaterThan(0.97);
    const positions = new Float32Array(40_000);
    const measured = finish(measureQuality(many, positions, { approximate: { graph, rows: unit.rows }, sample: 500 }));
    expect(Math.abs(measured.recall! - recall)).toBeLessThan(0.02);
  });

  it('are the same with any number of threads, and others for another seed', async () => {
    const unit = finish(unitRows({ ...many, words: many.words.slice(0, 18_000) }));
    const one = await descentNeighbors(unit, 5, { threads: 1, seed: 3 });
    expect(await descentNeighbors(unit, 5, { threads: 3, seed: 3 })).toEqual(one);
    expect((await descentNeighbors(unit, 5, { threads: 1, seed: 4 })).neighbors).not.toEqual(one.neighbors);
  });

  it('are all the others where there are few', async () => {
    const unit = finish(unitRows(vectorsOf(12, 5)));
    const exact = await exactNeighbors(unit, 11, { threads: 1 });
    const graph = await descentNeighbors(unit, 11, { threads: 2, seed: 1 });
    expect(graph.neighbors).toEqual(exact.neighbors);
  });

  it('are found among equal rows', async () => {
    const unit = finish(unitRows(vectorsOf(3000, 4, () => 0.5)));
    const graph = await descentNeighbors(unit, 14, { threads: 2, seed: 1 });
    expect(graph.cosines.every((cosine) => Math.abs(cosine - 1) < 1e-6)).toBe(true);
    expect(new Set(graph.neighbors.subarray(0, 14)).size).toBe(14);
  });

  it('reports progress and stops when told to', async () => {
    const control = new AbortController();
    const found = descentNeighbors(finish(unitRows(many)), 14, {
      ...{ threads: 2, seed: 1, signal: control.signal },
      onProgress: ({ phase, done, total }) => {
        expect([phase, total]).toEqual(['neighbors', 20_000]);
        expect(done).toBeLessThanOrEqual(total);
        if (done > 8000) control.abort();
      },
    });
    await expect(found).rejects.toMatchObject({ code: 'interrupted' });
  });
});
