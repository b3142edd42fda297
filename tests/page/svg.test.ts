import { expect, it } from 'vitest';
import { linearScale } from '../../src/page/svg.ts';

it('a scale has round ticks within its ends', () => {
  expect(linearScale(0, 1, 0, 100).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearScale(-0.13, 0.71, 0, 100).ticks).toEqual([0, 0.2, 0.4, 0.6]);
  expect(linearScale(2, 2, 0, 100)(2)).toBe(0);
});
