import { expect, it } from 'vitest';
import { type FillRows, type Init, initialRows, initScales } from '../../src/train/initialize.ts';
import { rowBlocks } from '../../src/train/row-blocks.ts';

function filled(fill: FillRows, V: number, D: number, block = V): Float32Array {
  const rows = new Float32Array(V * D).fill(7);
  for (let i = 0; i < V; i += block) fill(rows.subarray(i * D, Math.min(V, i + block) * D), i);
  return rows;
}

const starting = (init: Init, dim: number, V: number, initScale = initScales(init, dim).standard, seed = 1) =>
  initialRows({ init, initScale, dim, seed }, V);

const variance = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

it('uniform: the input matrix evenly from (-s, s), s = 0.5 / D, and the output matrix zeros', () => {
  const { input, output } = starting('uniform', 20, 500);
  expect(output).toBeUndefined(); // zeros
  const rows = filled(input, 500, 20);
  expect(largest(rows)).toBeLessThanOrEqual(0.5 / 20);
  expect(mean(rows)).toBeCloseTo(0, 3);
  expect(variance(rows)).toBeCloseTo(1 / 12 / 400, 5);
  expect(largest(filled(starting('uniform', 20, 500, 0.5).input, 500, 20))).toBeCloseTo(0.5, 3);
});

// The variance of each matrix, (V, D) = (500, 20), as the formulas in initialize.ts have it.
it.each([
  ['normal', 0.01, 1e-4, 1e-4],
  ['normal', 1, 1, 1],
  ['xavier', 1, 2 / 520, 2 / 520], // of U(-l, l): l^2 / 3
  ['xavier', 2, 8 / 520, 8 / 520],
  ['he', 1, 2 / 500, 2 / 20],
  ['he', 0.5, 0.5 / 500, 0.5 / 20],
] as const)('%s, scale %d: both matrices with their variance', (init, scale, ofInput, ofOutput) => {
  const { input, output } = starting(init, 20, 500, scale);
  const [inputs, outputs] = [filled(input, 500, 20), filled(output!, 500, 20)];
  expect(variance(inputs) / ofInput).toBeCloseTo(1, 1);
  expect(variance(outputs) / ofOutput).toBeCloseTo(1, 1);
  expect(mean(inputs) / Math.sqrt(ofInput)).toBeCloseTo(0, 1);
  // The two are drawn apart.
  const product = inputs.reduce((sum, value, i) => sum + value * outputs[i], 0) / inputs.length;
  expect(product / Math.sqrt(ofInput * ofOutput)).toBeCloseTo(0, 1);
  if (init === 'xavier') expect(largest(inputs)).toBeLessThanOrEqual(scale * Math.sqrt(6 / 520));
});

it('zeros: both', () => {
  const { input, output } = starting('zeros', 4, 10);
  expect(largest(filled(input, 10, 4))).toBe(0);
  expect(output).toBeUndefined();
});

it.each(['uniform', 'normal', 'xavier', 'he'] as const)(
  '%s is the same for a seed, however rows are asked for',
  (init) => {
    const rows = (seed: number, block: number) => filled(starting(init, 4, 10, 0.5, seed).input, 10, 4, block);
    expect(rows(7, 10)).toEqual(rows(7, 3));
    expect(rows(7, 10)).not.toEqual(rows(8, 10));
  },
);

it('blocks of rows follow one another, small beside a large matrix, and are at least a row', () => {
  for (const [V, D] of [
    [1, 1],
    [1000, 1000],
    [70_000, 100],
    [3, 1_000_000],
    [0, 5],
  ]) {
    let next = 0;
    for (const { first, count } of rowBlocks(V!, D!)) {
      expect(first).toBe(next);
      expect(count === 1 || count * D! <= 2 ** 18).toBe(true);
      next += count;
    }
    expect(next).toBe(V);
  }
});
