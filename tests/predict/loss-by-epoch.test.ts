import { expect, it } from 'vitest';
import { createLossByEpoch, meansByEpoch } from '../../src/predict/loss-by-epoch.ts';

it('averages by the epoch the words belong to, weighted by examples', () => {
  const losses = createLossByEpoch(2, 100);
  expect(losses.latest()).toBeUndefined();
  losses.add(50, 30, 10);
  losses.add(100, 10, 10);
  expect(losses.latest()).toBe(2);
  losses.add(150, 5, 5);
  expect(losses.latest()).toBe(1);
  expect(losses.means()).toEqual([2, 1]);
});

it('has one value an epoch, also where a step spans several', () => {
  const losses = createLossByEpoch(5, 10);
  losses.add(25, 4, 2);
  losses.add(50, 3, 3);
  expect(losses.means()).toEqual([2, 2, 2, 2, 1]);
});

it('has none where nothing was measured', () => {
  expect(createLossByEpoch(3, 10).means()).toEqual([]);
});

it('means of epochs without a sample are those beside them, never 0', () => {
  const [losses, examples] = [Float64Array.of(0, 6, 0, 4, 0), Float64Array.of(0, 2, 0, 4, 0)];
  expect(meansByEpoch(losses, examples)).toEqual([3, 3, 3, 1, 1]);
  expect(meansByEpoch(new Float64Array(5), new Float64Array(5))).toEqual([]);
});
