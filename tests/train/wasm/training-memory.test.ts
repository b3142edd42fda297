// How many negatives a block of skip-gram shares.
import { describe, expect, it } from 'vitest';
import { sharedNegatives } from '../../../src/train/wasm/training-memory.ts';

describe('sharedNegatives', () => {
  it('is about twice --negative, and with the mean fills whole groups of four', () => {
    for (const window of [1, 2, 5, 21, 1000]) {
      expect([2, 5, 10, 20].map((negative) => sharedNegatives(negative, window))).toEqual([7, 11, 23, 43]);
    }
  });

  it('grows with the pairs of a center where windows are wider and centers are not cut', () => {
    expect([6, 7, 8, 9, 10, 11, 20].map((window) => sharedNegatives(5, window))).toEqual([15, 15, 19, 19, 23, 23, 23]);
    expect(sharedNegatives(20, 10)).toBe(83);
  });
});
