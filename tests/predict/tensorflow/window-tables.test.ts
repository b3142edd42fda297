import { expect, it } from 'vitest';
import { windowTables } from '../../../src/predict/tensorflow/window-tables.ts';

it('adds up to the context band of each centre and the weight of its negatives', () => {
  const [T, W, K] = [3, 2, 2];
  const { left, right, columns } = windowTables(T, W, K, 2.5);
  expect(columns).toBe(T + 2 * W + K);
  const row = (t: number, nLeft: number, nRight: number) =>
    Array.from(
      { length: columns },
      (_, x) => left[(t * (W + 1) + nLeft) * columns + x] + right[(t * (W + 1) + nRight) * columns + x],
    );
  // centre t stands at block place t + W
  expect(row(0, 2, 1)).toEqual([1, 1, 0, 1, 0, 0, 0, 7.5, 7.5]);
  expect(row(2, 0, 2)).toEqual([0, 0, 0, 0, 0, 1, 1, 5, 5]);
  expect(row(1, 0, 0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});
