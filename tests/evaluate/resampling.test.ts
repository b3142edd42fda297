import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { bootstrapSpearman, spearmanDifference } from '../../src/evaluate/rank-resampling.ts';
import { bootstrap, drawSeeds, exchangeTest, seedNoise } from '../../src/evaluate/resampling.ts';
import { bootstrapShare, shareDifference } from '../../src/evaluate/share-resampling.ts';
import { deviation, holm, mean, orderCodes, ranks, ranksOfDraw, spearman } from '../../src/evaluate/statistics.ts';
import { fc } from '../properties.ts';

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
        expect([...found]).toEqual([...ranks(Array.from(draw, (at) => values[at]))]);
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
    const wide = finish(bootstrapSpearman(truth, [scores], { seed: 3, resamples: 500 }))!;
    expect(finish(bootstrapSpearman(truth, [scores], { seed: 3, resamples: 500 }))).toEqual(wide);
    expect(finish(bootstrapSpearman(truth, [scores], { seed: 4, resamples: 500 }))).not.toEqual(wide);
    const estimate = spearman(truth, scores);
    expect(wide.low).toBeLessThan(estimate);
    expect(wide.high).toBeGreaterThan(estimate);
    const narrow = finish(bootstrapSpearman(truth, [scores], { seed: 3, resamples: 500, level: 0.5 }))!;
    expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low);
  });

  it('has about the width theory gives: 1.96 sd / sqrt(n) either side of a share', () => {
    const half = Uint8Array.from({ length: 400 }, (_, at) => at % 2);
    const { low, high } = finish(bootstrapShare([half]))!;
    expect(high - low).toBeGreaterThan(0.08);
    expect(high - low).toBeLessThan(0.115); // 2 * 1.96 * 0.5 / 20 = 0.098
  });

  it('leaves out samples without a value, and has none where all are', () => {
    expect(finish(bootstrap([3], () => Number.NaN))).toBeUndefined();
    expect(finish(bootstrap([0], () => 1))).toBeUndefined();
    expect(finish(bootstrapSpearman([1, 1], [[1, 2]]))).toBeUndefined();
  });

  it('refuses what makes no sense', () => {
    expect(() => finish(bootstrap([3], () => 1, { resamples: 0 }))).toThrow(
      'resamples is 0, expected a whole number of at least 1',
    );
    expect(() => finish(bootstrap([3], () => 1, { level: 1 }))).toThrow(
      'the level is 1, expected a number between 0 and 1',
    );
  });
});

describe('paired differences', () => {
  const options = { resamples: 400, permutations: 2000 };
  const random = createRandom(11);
  const gold = Float64Array.from({ length: 150 }, () => random.normal());
  const good = gold.map((value) => value + 0.5 * random.normal());
  const bad = gold.map((value) => 0.2 * value + random.normal());

  it('are found where they are, with the sign of the first', () => {
    const better = finish(spearmanDifference(gold, [good], [bad], options))!;
    expect(better.difference).toBeCloseTo(spearman(gold, good) - spearman(gold, bad), 12);
    expect(better.low).toBeGreaterThan(0);
    expect(better.pValue).toBeLessThan(0.01);
    const worse = finish(spearmanDifference(gold, [bad], [good], options))!;
    expect(worse.difference).toBeCloseTo(-better.difference, 12);
    expect(worse.high).toBeLessThan(0);
  });

  it('are nothing between a system and itself on another scale', () => {
    const same = finish(spearmanDifference(gold, [good], [good.map((value) => 100 * value + 3)], options));
    expect(same).toMatchObject({ difference: 0, low: 0, high: 0, pValue: 1, used: 150 });
  });

  it('have no value where a system has no correlation', () => {
    expect(finish(spearmanDifference(gold, [good], [new Float64Array(150)], options))).toBeUndefined();
  });

  it('of shares agree with the exact sign test', () => {
    // 10 questions only the first gets right, 2 only the second: two-sided P of 10 or more of 12, 0.0385.
    const first = Uint8Array.from([...Array(10).fill(1), 0, 0, ...Array(30).fill(1)]);
    const second = Uint8Array.from([...Array(10).fill(0), 1, 1, ...Array(30).fill(1)]);
    const found = finish(shareDifference([first], [second], { permutations: 20_000 }))!;
    expect(found.difference).toBeCloseTo(8 / 42, 12);
    expect(Math.abs(found.pValue - 0.0385)).toBeLessThan(0.006);
    expect(found.used).toBe(42);
    expect(finish(shareDifference([first], [first]))).toMatchObject({ difference: 0, low: 0, high: 0, pValue: 1 });
    expect(finish(shareDifference([new Uint8Array()], [new Uint8Array()]))).toBeUndefined();
  });

  it('are significant as often as the level says when there is nothing to find', () => {
    const noise = createRandom(99);
    let hits = 0;
    for (let trial = 0; trial < 200; trial++) {
      const scores = [1, 2].map(() => gold.map((value) => value + noise.normal()));
      const found = finish(spearmanDifference(gold, [scores[0]], [scores[1]], { resamples: 1, permutations: 99 }))!;
      if (found.pValue <= 0.1) hits++;
    }
    expect(hits).toBeGreaterThan(6); // 20 expected of 200, standard deviation 4.2
    expect(hits).toBeLessThan(36);
  });

  it('never give a p-value of 0', () => {
    expect(finish(exchangeTest(new Float64Array(4), 1, () => 0, { permutations: 9 }))).toBe(0.1);
  });
});

describe('seeds', () => {
  it('are drawn so that the variance of the mean is that of a mean over all', () => {
    const random = createRandom(3);
    const scores = [1, 4, 5];
    const draws = Array.from({ length: 20_000 }, () => seedNoise(scores, random));
    expect(Math.abs(mean(draws))).toBeLessThan(0.03);
    expect(deviation(draws)!).toBeCloseTo(deviation(scores)! / Math.sqrt(3), 1);
    expect([...drawSeeds(1, random)]).toEqual([1]);
    expect(seedNoise([7], random)).toBe(0);
    expect(mean([...drawSeeds(5, random)])).toBeCloseTo(1 / 5, 12);
  });

  it('widen the interval of a score, whose figure is their mean', () => {
    const right = Uint8Array.from({ length: 1000 }, (_, at) => at % 2);
    const more = Uint8Array.from(right, (bit, at) => (at % 4 === 0 ? 1 : bit)); // 0.75
    const width = (runs: Uint8Array[]) => {
      const { low, high } = finish(bootstrapShare(runs, { resamples: 500 }))!;
      return high - low;
    };
    expect(width([right, right, right])).toBeCloseTo(width([right]), 2);
    expect(width([right, more])).toBeGreaterThan(0.25); // the seeds alone are 0.25 apart
    const { difference, pValue } = finish(shareDifference([right, more], [right], { resamples: 1 }))!;
    expect(difference).toBeCloseTo(0.125, 12);
    expect(pValue).toBeGreaterThan(0.2); // one seed of two shows no difference at all
  });

  it('are covered: intervals of the mean over three seeds hold the truth as often as they say', () => {
    const random = createRandom(17);
    let covered = 0;
    let coveredByOne = 0;
    for (let trial = 0; trial < 200; trial++) {
      const chance = Array.from({ length: 3 }, () => 0.4 + 0.06 * random.normal()); // what a seed gives
      const runs = chance.map((p) => Uint8Array.from({ length: 300 }, () => (random.float() < p ? 1 : 0)));
      const all = finish(bootstrapShare(runs, { resamples: 200, seed: trial }))!;
      const one = finish(bootstrapShare([runs[0]], { resamples: 200, seed: trial }))!;
      if (all.low <= 0.4 && 0.4 <= all.high) covered++;
      if (one.low <= 0.4 && 0.4 <= one.high) coveredByOne++;
    }
    expect(coveredByOne).toBeLessThan(160); // nominal: 190
    expect(covered).toBeGreaterThan(168);
  });
});

it("Holm's p-values rise, and are those of R's p.adjust", () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
