import { expect, it } from 'vitest';
import { createRandom, randomAt, restoreRandom } from '../../src/base/random.ts';

it('is xoshiro128** as published: the first numbers from the state 1, 2, 3, 4', () => {
  const random = restoreRandom([1, 2, 3, 4]);
  expect(Array.from({ length: 4 }, () => random.uint32())).toEqual([11520, 0, 5927040, 70819200]);
});

it('gives the same numbers for a seed for ever', () => {
  const random = createRandom(1);
  expect(Array.from({ length: 3 }, () => random.uint32())).toMatchInlineSnapshot(`
    [
      393288148,
      2174103013,
      3814759091,
    ]
  `);
});

it('continues from a saved state', () => {
  const random = createRandom(5, 3);
  random.uint32();
  const again = restoreRandom(random.state());
  expect(again.uint32()).toBe(random.uint32());
});

it('has numbers at places: all different ones in the first 100,000, half of their bits set', () => {
  const numbers = Array.from({ length: 100_000 }, (_, i) => randomAt(7, i));
  expect(new Set(numbers).size).toBeGreaterThan(99_990);
  expect(numbers.reduce((sum, x) => sum + x / 2 ** 32, 0) / 100_000).toBeCloseTo(0.5, 2);
  expect(randomAt(7, 2 ** 32 + 5)).toBe(randomAt(7, 5));
});

it('samples a range as single calls of below do', () => {
  const [one, other] = [createRandom(9), createRandom(9)];
  const sample = new Int32Array(50);
  one.sample(sample, 10, 40);
  expect([...sample.subarray(10, 40)]).toEqual(Array.from({ length: 30 }, () => 10 + other.below(30)));
  expect([sample[9], sample[40]]).toEqual([0, 0]);
  expect(one.state()).toEqual(other.state());
});
