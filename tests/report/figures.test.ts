import { expect, it } from 'vitest';
import { interval, score, signed } from '../../src/report/figures.ts';

it('what is rounded to zero has no sign', () => {
  expect([score(-0.0004), score(-0.0006), score(0.0006), score(null)]).toEqual(['0.000', '−0.001', '0.001', '–']);
  expect(interval(-0.0001, 0.229)).toBe('0.000 to 0.229');
  expect([signed(-0.0004), signed(0.0004), signed(0.6), signed(-0.6)]).toEqual(['0.000', '0.000', '+0.600', '−0.600']);
});
