import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrap,
  bootstrapShare,
  bootstrapSpearman,
  permutationTest,
  shareDifference,
  spearmanDifference,
} from '../../src/evaluate/resampling.ts';
import { orderCodes, ranks, ranksOfDraw, spearman } from '../../src/evaluate/statistics.ts';
import { createRandom } from '../../src/random.ts';

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 40 });

/** The rank of a value the slow way: how many are below, and half of the equal ones. */
function naiveRank(values: number[], value: number): number {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return below + (equal + 1) / 2;
}

describe('ranks', () => {
  it('equal the slow way', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        expect([...ranks(values)]).toEqual(values.map((value) => naiveRank(values, value)));
      }),
    );
  });

  it('of a draw with repetitions equal the ranks of the drawn values', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, seed) => {
        const random = createRandom(seed);
        const draw = Int32Array.from(values, () => random.below(values.length));
        const { codes, groups } = orderCodes(values);
        const found = ranksOfDraw(codes, draw, new Float64Array(groups), new Float64Array(values.length));
        expect([...found]).toEqual([...ranks(Array.from(draw, (at) => values[at]!))]);
      }),
    );
  });

  it('do not change under a rising function, so neither does Spearman', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const other = values.map((_, at) => (at * 7) % 5);
        const cubes = values.map((value) => value ** 3 + 1);
        expect(spearman(values, other)).toBe(spearman(cubes, other));
      }),
    );
  });

  it('say nothing of a constant', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([], [])).toBeNaN();
    expect(() => spearman([1], [1, 2])).toThrow('1 values against 2');
  });
});

describe('bootstrap', () => {
  const random = createRandom(5);
  const truth = Float64Array.from({ length: 200 }, () => random.normal());
  const scores = truth.map((value) => value + random.normal());

  it('gives the same interval for a seed, around the estimate, narrower for a lower level', () => {
    const wide = bootstrapSpearman(truth, scores, { seed: 3, resamples: 500 })!;
    expect(bootstrapSpearman(truth, scores, { seed: 3, resamples: 500 })).toEqual(wide);
    expect(bootstrapSpearman(truth, scores, { seed: 4, resamples: 500 })).not.toEqual(wide);
    const estimate = spearman(truth, scores);
    expect(wide.low).toBeLessThan(estimate);
    expect(wide.high).toBeGreaterThan(estimate);
    const narrow = bootstrapSpearman(truth, scores, { seed: 3, resamples: 500, level: 0.5 })!;
    expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low);
  });

  it('has about the width theory gives: 1.96 sd / sqrt(n) either side of a share', () => {
    const half = Uint8Array.from({ length: 400 }, (_, at) => at % 2);
    const { low, high } = bootstrapShare(half)!;
    expect(high - low).toBeGreaterThan(0.08);
    expect(high - low).toBeLessThan(0.115); // 2 * 1.96 * 0.5 / 20 = 0.098
  });

  it('leaves out samples without a value, and has none where all are', () => {
    expect(bootstrap(3, () => Number.NaN)).toBeUndefined();
    expect(bootstrap(0, () => 1)).toBeUndefined();
    expect(bootstrapSpearman([1, 1], [1, 2])).toBeUndefined();
  });

  it('refuses what makes no sense', () => {
    expect(() => bootstrap(3, () => 1, { resamples: 0 })).toThrow(
      'resamples is 0, expected a whole number of at least 1',
    );
    expect(() => bootstrap(3, () => 1, { level: 1 })).toThrow('the level is 1, expected a number between 0 and 1');
    expect(() => bootstrap(3, () => 1, { signal: AbortSignal.abort() })).toThrow('interrupted');
  });
});

describe('paired differences', () => {
  const options = { resamples: 400, permutations: 2000 };
  const random = createRandom(11);
  const gold = Float64Array.from({ length: 150 }, () => random.normal());
  const good = gold.map((value) => value + 0.5 * random.normal());
  const bad = gold.map((value) => 0.2 * value + random.normal());

  it('are found where they are, with the sign of the first', () => {
    const better = spearmanDifference(gold, good, bad, options)!;
    expect(better.difference).toBeCloseTo(spearman(gold, good) - spearman(gold, bad), 12);
    expect(better.low).toBeGreaterThan(0);
    expect(better.pValue).toBeLessThan(0.01);
    const worse = spearmanDifference(gold, bad, good, options)!;
    expect(worse.difference).toBeCloseTo(-better.difference, 12);
    expect(worse.high).toBeLessThan(0);
  });

  it('are nothing between a contestant and itself on another scale', () => {
    const same = spearmanDifference(
      gold,
      good,
      good.map((value) => 100 * value + 3),
      options,
    );
    expect(same).toMatchObject({ difference: 0, low: 0, high: 0, pValue: 1, used: 150 });
  });

  it('have no value where a contestant has no correlation', () => {
    expect(spearmanDifference(gold, good, new Float64Array(150), options)).toBeUndefined();
  });

  it('of shares agree with the exact sign test', () => {
    // 10 questions only the first gets right, 2 only the second: two-sided P of 10 or more of 12, 0.0385.
    const first = Uint8Array.from([...Array(10).fill(1), 0, 0, ...Array(30).fill(1)]);
    const second = Uint8Array.from([...Array(10).fill(0), 1, 1, ...Array(30).fill(1)]);
    const found = shareDifference(first, second, { permutations: 20_000 })!;
    expect(found.difference).toBeCloseTo(8 / 42, 12);
    expect(Math.abs(found.pValue - 0.0385)).toBeLessThan(0.006);
    expect(found.used).toBe(42);
    expect(shareDifference(first, first)).toMatchObject({ difference: 0, low: 0, high: 0, pValue: 1 });
    expect(shareDifference(new Uint8Array(), new Uint8Array())).toBeUndefined();
  });

  it('are significant as often as the level says when there is nothing to find', () => {
    const noise = createRandom(99);
    let hits = 0;
    for (let trial = 0; trial < 200; trial++) {
      const scores = [1, 2].map(() => gold.map((value) => value + noise.normal()));
      const found = spearmanDifference(gold, scores[0]!, scores[1]!, { resamples: 1, permutations: 99 })!;
      if (found.pValue <= 0.1) hits++;
    }
    expect(hits).toBeGreaterThan(6); // 20 expected of 200, standard deviation 4.2
    expect(hits).toBeLessThan(36);
  });

  it('never give a p-value of 0', () => {
    expect(permutationTest(4, () => 0, 1, { permutations: 9 })).toBe(0.1);
  });
});
