import { expect, it } from 'vitest';
import { initialRows } from '../../src/predict/initialize.ts';
import { rowBlocks } from '../../src/predict/row-blocks.ts';

function matrix(V: number, D: number, seed: number, block = V): Float32Array {
  const rows = new Float32Array(V * D);
  const { input, output } = initialRows(D, seed);
  for (let i = 0; i < V; i += block) input(rows.subarray(i * D, Math.min(V, i + block) * D), i);
  expect(output).toBeUndefined(); // zeros
  return rows;
}

it('draws input vectors evenly from (-1/2, 1/2) / D', () => {
  const input = matrix(500, 20, 1);
  expect(input.every((value) => Math.abs(value) <= 0.5 / 20)).toBe(true);
  const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
  const variance = input.reduce((sum, value) => sum + value * value, 0) / input.length;
  expect(mean).toBeCloseTo(0, 3);
  expect(variance).toBeCloseTo(1 / 12 / 400, 5);
});

it('is the same for a seed and another for another, however the rows are asked for', () => {
  expect(matrix(10, 4, 7)).toEqual(matrix(10, 4, 7, 3));
  expect(matrix(10, 4, 7)).not.toEqual(matrix(10, 4, 8));
});

it('blocks of rows follow one another, small beside a large matrix, and are at least a row', () => {
  for (const [V, D] of [
    [1, 1],
    [1000, 1000],
    [70_000, 100],
    [3, 1_000_000],
    [0, 5],
  ]) {
    let next = 0;
    for (const { first, count } of rowBlocks(V, D)) {
      expect(first).toBe(next);
      expect(count === 1 || count * D <= 2 ** 18).toBe(true);
      next += count;
    }
    expect(next).toBe(V);
  }
});
