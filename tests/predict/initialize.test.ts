import { expect, it } from 'vitest';
import { initialMatrices } from '../../src/predict/initialize.ts';

it('draws input vectors evenly from (-1/2, 1/2) / D and leaves output vectors at zero', () => {
  const { input, output } = initialMatrices(500, 20, 1);
  expect(output.every((value) => value === 0)).toBe(true);
  expect(input.every((value) => Math.abs(value) <= 0.5 / 20)).toBe(true);
  const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
  const variance = input.reduce((sum, value) => sum + value * value, 0) / input.length;
  expect(mean).toBeCloseTo(0, 3);
  expect(variance).toBeCloseTo(1 / 12 / 400, 5);
});

it('is the same for a seed and another for another', () => {
  expect(initialMatrices(10, 4, 7).input).toEqual(initialMatrices(10, 4, 7).input);
  expect(initialMatrices(10, 4, 7).input).not.toEqual(initialMatrices(10, 4, 8).input);
});
