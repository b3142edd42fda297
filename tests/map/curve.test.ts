import { expect, it } from 'vitest';
import { fitCurve } from '../../src/map/curve.ts';
import { golden } from './golden.ts';

it.each(golden.curves)("a and b for min_dist %d are umap-learn's", (minDist, a, b) => {
  const found = fitCurve(minDist);
  expect(found.a).toBeCloseTo(a, 5);
  expect(found.b).toBeCloseTo(b, 5);
});

it('fits up to min_dist 1', () => {
  const { a, b } = fitCurve(1);
  expect(a).toBeGreaterThan(0);
  expect(b).toBeGreaterThan(1.9);
});
