import { expect, it } from 'vitest';
import { learningRateAt } from '../../src/train/schedule.ts';

it('falls linearly from the start to the floor', () => {
  expect(learningRateAt(0.025, 1e-4, 0, 999)).toBe(0.025);
  expect(learningRateAt(0.025, 1e-4, 500, 999)).toBeCloseTo(0.0125, 12);
  expect(learningRateAt(0.025, 1e-4, 999, 999)).toBeCloseTo(0.000025, 12);
  expect(learningRateAt(0.025, 1e-4, 5000, 999)).toBeCloseTo(0.0000025, 12);
});
