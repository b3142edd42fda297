import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { exactNeighbors } from '../../src/map/exact-neighbors.ts';
import { unitRows } from '../../src/map/unit-rows.ts';

function vectorsOf(V: number, D: number, value: () => number) {
  const matrix = Float32Array.from({ length: V * D }, value);
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}

/** In double precision; equal cosines in the order of the rows. */
function naive({ matrix, dimensions: D, words }: ReturnType<typeof vectorsOf>, row: number, k: number) {
  const dot = (i: number, j: number) => {
    let sum = 0;
    for (let at = 0; at < D; at++) sum += matrix[i * D + at] * matrix[j * D + at];
    return sum;
  };
  return words
    .map((_, other) => ({ other, cosine: dot(row, other) / Math.sqrt(dot(row, row) * dot(other, other)) }))
    .filter(({ other }) => other !== row)
    .sort((a, b) => b.cosine - a.cosine || a.other - b.other)
    .slice(0, k);
}

const random = createRandom(7);

describe('the k nearest rows of every row', () => {
  it.each([
    [2, 3, 1],
    [9, 5, 8],
    [300, 17, 14],
    [1030, 8, 10],
  ])('%d rows of %d numbers, k = %d', async (V, D, k) => {
    const vectors = vectorsOf(V, D, () => random.normal());
    const graph = await exactNeighbors(finish(unitRows(vectors)), k, { threads: 2 });
    expect([graph.count, graph.k]).toEqual([V, k]);
    for (let row = 0; row < V; row += 1 + Math.floor(V / 97)) {
      const wanted = naive(vectors, row, k);
      expect([...graph.neighbors.subarray(row * k, (row + 1) * k)]).toEqual(wanted.map(({ other }) => other));
      wanted.forEach(({ cosine }, at) => {
        expect(graph.cosines[row * k + at]).toBeCloseTo(cosine, 5);
      });
    }
  });

  it('takes equal cosines in the order of the rows, with any number of threads', async () => {
    const vectors = vectorsOf(700, 4, () => random.below(2) * 2 - 1); // 16 different rows
    const one = await exactNeighbors(finish(unitRows(vectors)), 6, { threads: 1 });
    for (let row = 0; row < 700; row += 31) {
      expect([...one.neighbors.subarray(row * 6, row * 6 + 6)]).toEqual(
        naive(vectors, row, 6).map(({ other }) => other),
      );
    }
    expect(await exactNeighbors(finish(unitRows(vectors)), 6, { threads: 3 })).toEqual(one);
  });

  it('has only rows with a direction', async () => {
    const vectors = vectorsOf(50, 6, () => random.normal());
    vectors.matrix.fill(0, 12, 18);
    vectors.matrix[60] = Number.NaN;
    const unit = finish(unitRows(vectors));
    expect(unit.rows.length).toBe(48);
    const graph = await exactNeighbors(unit, 47, { threads: 1 });
    for (let row = 0; row < 48; row++) {
      const found = new Set(graph.neighbors.subarray(row * 47, (row + 1) * 47));
      expect([found.size, found.has(row), Math.max(...found) < 48]).toEqual([47, false, true]);
    }
  });
});
