import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { eachItsOwn } from '../../src/evaluate/analogy-clusters.ts';
import { rankStatistics } from '../../src/evaluate/rank-resampling.ts';
import { drawSeeds, exchangeTest, percentileInterval, resample, seedNoise } from '../../src/evaluate/resampling.ts';
import { shareStatistics } from '../../src/evaluate/share-resampling.ts';
import { correlatorOfDraws, deviation, holm, mean, ranks, spearman } from '../../src/evaluate/statistics.ts';
import { fc } from '../properties.ts';

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 40 });

/** The rank of a value the slow way: how many are below, and half of the equal ones. */
function naiveRank(values: number[], value: number): number {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return below + (equal + 1) / 2;
}

/** Pearson's correlation of naive ranks: Spearman's. */
function pearson(values: number[], others: number[]): number {
  const centered = (of: number[]) => of.map((value) => naiveRank(of, value) - (of.length + 1) / 2);
  const [x, y] = [centered(values), centered(others)];
  const product = (one: number[], other: number[]) => one.reduce((sum, value, at) => sum + value * other[at], 0);
  return Math.max(-1, Math.min(1, product(x, y) / Math.sqrt(product(x, x) * product(y, y))));
}

describe('ranks', () => {
  it('equal the slow way', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        expect([...ranks(values)]).toEqual(values.map((value) => naiveRank(values, value)));
      }),
    );
  });

  it('of a draw with repetitions give the correlation of the drawn values', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, seed) => {
        const random = createRandom(seed);
        const others = values.map((value) => value + random.below(4));
        const correlation = correlatorOfDraws(values, others);
        for (let repeat = 0; repeat < 3; repeat++) {
          const draw = Int32Array.from(values, () => random.below(values.length));
          const drawn = (from: number[]) => Array.from(draw, (at) => from[at]);
          expect(correlation(draw)).toBe(pearson(drawn(values), drawn(others)));
        }
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
    const wide = finish(rankStatistics(truth, { seed: 3, resamples: 500 }).interval([scores]))!;
    expect(finish(rankStatistics(truth, { seed: 3, resamples: 500 }).interval([scores]))).toEqual(wide);
    expect(finish(rankStatistics(truth, { seed: 4, resamples: 500 }).interval([scores]))).not.toEqual(wide);
    const estimate = spearman(truth, scores);
    expect(wide.low).toBeLessThan(estimate);
    expect(wide.high).toBeGreaterThan(estimate);
    const narrow = finish(rankStatistics(truth, { seed: 3, resamples: 500, level: 0.5 }).interval([scores]))!;
    expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low);
  });

  it('has about the width theory gives: 1.96 sd / sqrt(n) either side of a share', () => {
    const half = Uint8Array.from({ length: 400 }, (_, at) => at % 2);
    const { low, high } = finish(shareStatistics(eachItsOwn(400)).interval([half]))!;
    expect(high - low).toBeGreaterThan(0.08);
    expect(high - low).toBeLessThan(0.115); // 2 * 1.96 * 0.5 / 20 = 0.098
  });

  it('leaves out samples without a value, and has none where all are', () => {
    expect(percentileInterval(finish(resample([3], () => Number.NaN)))).toBeUndefined();
    expect(percentileInterval(finish(resample([0], () => 1)))).toBeUndefined();
    expect(finish(rankStatistics([1, 1]).interval([[1, 2]]))).toBeUndefined();
  });

  it('refuses what makes no sense', () => {
    expect(() => finish(resample([3], () => 1, { resamples: 0 }))).toThrow(
      'resamples is 0, expected a whole number of at least 1',
    );
    expect(() => percentileInterval(Float64Array.of(1), { level: 1 })).toThrow(
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
    const better = finish(rankStatistics(gold, options).difference([good], [bad]))!;
    expect(better.difference).toBeCloseTo(spearman(gold, good) - spearman(gold, bad), 12);
    expect(better.low).toBeGreaterThan(0);
    expect(better.pValue).toBeLessThan(0.01);
    const worse = finish(rankStatistics(gold, options).difference([bad], [good]))!;
    expect(worse.difference).toBeCloseTo(-better.difference, 12);
    expect(worse.high).toBeLessThan(0);
  });

  it('are nothing between a system and itself on another scale', () => {
    const same = finish(rankStatistics(gold, options).difference([good], [good.map((value) => 100 * value + 3)]));
    expect(same).toMatchObject({ difference: 0, low: 0, high: 0, pValue: 1, used: 150 });
  });

  it('have no value where a system has no correlation', () => {
    expect(finish(rankStatistics(gold, options).difference([good], [new Float64Array(150)]))).toBeUndefined();
  });

  it('of shares agree with the exact sign test', () => {
    // 10 questions only the first gets right, 2 only the second: two-sided P of 10 or more of 12, 0.0385.
    const first = Uint8Array.from([...Array(10).fill(1), 0, 0, ...Array(30).fill(1)]);
    const second = Uint8Array.from([...Array(10).fill(0), 1, 1, ...Array(30).fill(1)]);
    const found = finish(shareStatistics(eachItsOwn(42), { permutations: 20_000 }).difference([first], [second]))!;
    expect(found.difference).toBeCloseTo(8 / 42, 12);
    expect(Math.abs(found.pValue - 0.0385)).toBeLessThan(0.006);
    expect(found.used).toBe(42);
    expect(finish(shareStatistics(eachItsOwn(42)).difference([first], [first]))).toMatchObject({
      difference: 0,
      low: 0,
      high: 0,
      pValue: 1,
    });
    expect(finish(shareStatistics(eachItsOwn(0)).difference([new Uint8Array()], [new Uint8Array()]))).toBeUndefined();
  });

  it('are significant as often as the level says when there is nothing to find', () => {
    const noise = createRandom(99);
    let hits = 0;
    for (let trial = 0; trial < 200; trial++) {
      const scores = [1, 2].map(() => gold.map((value) => value + noise.normal()));
      const found = finish(
        rankStatistics(gold, { resamples: 1, permutations: 99 }).difference([scores[0]], [scores[1]]),
      )!;
      if (found.pValue <= 0.1) hits++;
    }
    expect(hits).toBeGreaterThan(6); // 20 expected of 200, standard deviation 4.2
    expect(hits).toBeLessThan(36);
  });

  it.each([1, 8, 31, 33, 70])('flip the signs of %i parts, a random bit for each', (count) => {
    const noise = createRandom(count);
    const parts = Float64Array.from({ length: count }, () => noise.normal());
    const bits = createRandom(3, 2);
    let hits = 0;
    for (let permutation = 0; permutation < 500; permutation++) {
      let [sum, word] = [0, 0];
      for (let at = 0; at < count; at++) {
        if (at % 32 === 0) word = bits.uint32();
        sum += (word >>> (at % 32)) & 1 ? parts[at] : -parts[at];
      }
      if (Math.abs(sum) >= 0.7 * Math.sqrt(count)) hits++;
    }
    const test = exchangeTest(parts, 0.7 * Math.sqrt(count), () => 0, { permutations: 500, seed: 3 });
    expect(finish(test)).toBe((1 + hits) / 501);
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
      const { low, high } = finish(shareStatistics(eachItsOwn(1000), { resamples: 500 }).interval(runs))!;
      return high - low;
    };
    expect(width([right, right, right])).toBeCloseTo(width([right]), 2);
    expect(width([right, more])).toBeGreaterThan(0.25); // the seeds alone are 0.25 apart
    const { difference, pValue } = finish(
      shareStatistics(eachItsOwn(1000), { resamples: 1 }).difference([right, more], [right]),
    )!;
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
      const all = finish(shareStatistics(eachItsOwn(300), { resamples: 200, seed: trial }).interval(runs))!;
      const one = finish(shareStatistics(eachItsOwn(300), { resamples: 200, seed: trial }).interval([runs[0]]))!;
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
