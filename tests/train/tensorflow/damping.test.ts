import { expect, it } from 'vitest';
import { createDamping } from '../../../src/train/tensorflow/damping.ts';

it('leaves the rate of rare words alone and bounds the sum of a frequent word’s rates', () => {
  const damping = createDamping(10);
  const ids = Int32Array.from([1, 2, 1, 1, 3]);
  const rates = Float32Array.from([100, 5, 200, 300, 10]);
  damping.apply(ids, rates, 0.025);
  expect(rates[1]).toBeCloseTo(0.025, 6);
  expect(rates[4]).toBeCloseTo(0.025, 6);
  // weight 600 x 0.025 = 15 is over the limit of 2: rate = 2 / 600, so that rate x weight = 2
  for (const place of [0, 2, 3]) expect(rates[place]).toBeCloseTo(2 / 600, 6);
});

it('starts afresh with each batch', () => {
  const damping = createDamping(3);
  const first = Float32Array.of(500);
  const second = Float32Array.of(1);
  damping.apply(Int32Array.of(0), first, 0.1);
  damping.apply(Int32Array.of(0), second, 0.1);
  expect(second[0]).toBeCloseTo(0.1, 6);
});
