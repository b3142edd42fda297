// Questions that share word pairs are not independent: simulations with planted effects of the pairs.
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import {
  clusterContributions,
  eachItsOwn,
  type QuestionClusters,
  wordPairClusters,
} from '../../src/evaluate/analogy-clusters.ts';
import type { AnalogySet } from '../../src/evaluate/read-analogies.ts';
import { percentileInterval, resample } from '../../src/evaluate/resampling.ts';
import { shareStatistics } from '../../src/evaluate/share-resampling.ts';

const SECTIONS = 2;
const PAIRS = 14;

/** As the Google set is made: each pair of a section with each other one, in both orders. */
const set: AnalogySet = {
  name: 'made',
  sections: Array.from({ length: SECTIONS }, (_, section) => ({
    name: `section ${section}`,
    questions: Array.from({ length: PAIRS * PAIRS }, (_, at) => [Math.floor(at / PAIRS), at % PAIRS] as const)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => {
        const word = (side: string, pair: number) => `${side}${section}.${pair}`;
        return [word('a', one), word('b', one), word('a', other), word('b', other)] as const;
      }),
  })),
};
const places = Array.from({ length: SECTIONS }, (_, section) =>
  Array.from({ length: PAIRS }, (_, one) =>
    Array.from({ length: PAIRS }, (_, other) => ({ section, one, other })).filter((place) => place.one !== place.other),
  ).flat(),
).flat();
const total = places.length;

/** Right or wrong, by a threshold on: section + effect of the first pair + effect of the second + noise. */
function answers(random: Random, first: number, second: number): Uint8Array {
  const effects = (scale: number) => Array.from({ length: SECTIONS * PAIRS }, () => scale * random.normal());
  const [ofFirst, ofSecond] = [effects(first), effects(second)];
  return Uint8Array.from(places, ({ section, one, other }) => {
    const pair = (at: number) => section * PAIRS + at;
    const sum = ofFirst[pair(one)] + ofSecond[pair(other)] + random.normal();
    return sum > (section === 0 ? -0.5 : 0.8) * Math.hypot(first, second, 1) ? 1 : 0;
  });
}

describe('the clusters of questions', () => {
  const clusters = wordPairClusters(set, new Uint8Array(total).fill(1));

  it('are their two word pairs, section by section', () => {
    expect(clusters.strata).toEqual([PAIRS, PAIRS]);
    expect(new Set([...clusters.first, ...clusters.second]).size).toBe(SECTIONS * PAIRS);
    for (const [at, { section, one, other }] of places.entries()) {
      expect(clusters.first[at] === clusters.first[0]).toBe(section === 0 && one === 0);
      expect(clusters.second[at] === clusters.first[0]).toBe(section === 0 && other === 0);
    }
  });

  it('are single where questions share nothing, and leave out what was not asked', () => {
    const lines = [
      ['a', 'b', 'c', 'd'],
      ['e', 'f', 'g', 'h'],
      ['A', 'B', 'i', 'j'],
    ] as const;
    const three: AnalogySet = { name: 'few', sections: [{ name: '', questions: [...lines] }] };
    const asked = wordPairClusters(three, Uint8Array.of(1, 1, 0));
    expect([[...asked.second], asked.strata]).toEqual([[-1, -1], [2]]);
    // a:b occurs twice, in whatever case; its other pairs once each.
    const all = wordPairClusters(three, Uint8Array.of(1, 1, 1));
    expect(all.first[0]).toBe(all.first[2]);
    expect([[...all.second], all.strata]).toEqual([[-1, -1, -1], [2]]);
  });

  it('of sections with a single one are drawn together', () => {
    const sections = ['ab', 'cd', 'ef'].map((name) => ({
      name,
      questions: [[`${name}1`, `${name}2`, `${name}3`, `${name}4`] as const],
    }));
    expect(wordPairClusters({ name: 's', sections }, Uint8Array.of(1, 1, 1)).strata).toEqual([3]);
    expect(
      finish(
        shareStatistics(wordPairClusters({ name: 's', sections: sections.slice(0, 1) }, Uint8Array.of(1))).interval([
          [1],
        ]),
      ),
    ).toBeUndefined();
  });

  /** The share of `trials` whose interval holds the truth. */
  function coverage(trials: number, scale: [number, number], by: QuestionClusters): number {
    const random = createRandom(5);
    let sum = 0;
    for (let at = 0; at < 400; at++) sum += answers(random, ...scale).reduce((count, bit) => count + bit, 0) / total;
    const truth = sum / 400;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const runs = [answers(random, ...scale)];
      const { low, high } = finish(shareStatistics(by, { resamples: 200, seed: trial }).interval(runs))!;
      if (low <= truth && truth <= high) held++;
    }
    return held / trials;
  }

  it.each([
    ['both pairs', [0.7, 0.7]],
    ['the pair that is asked for', [0, 1]],
    ['the pair that is given', [1, 0]],
  ] as [string, [number, number]][])('give intervals that hold the truth, with effects of %s', (_what, scale) => {
    expect(coverage(150, scale, eachItsOwn(total))).toBeLessThan(0.75); // as if questions were independent
    expect(coverage(150, scale, clusters)).toBeGreaterThan(0.88);
  });

  it('are conservative, not wrong, where questions are independent after all', () => {
    expect(coverage(100, [0, 0], clusters)).toBeGreaterThan(0.93);
  });

  /** How often two systems that are alike differ at the 5 % level. */
  function hits(trials: number, scale: [number, number], by: QuestionClusters): number {
    const random = createRandom(8);
    let found = 0;
    for (let trial = 0; trial < trials; trial++) {
      const [one, other] = [answers(random, ...scale), answers(random, ...scale)];
      const options = { resamples: 1, permutations: 199, seed: trial };
      if (finish(shareStatistics(by, options).difference([one], [other]))!.pValue <= 0.05) found++;
    }
    return found / trials;
  }

  it('are resampled as each question alone, weighed by the draws of its pairs', () => {
    const random = createRandom(6);
    const [one, other] = [answers(random, 0.7, 0.7), answers(random, 0.7, 0.7)];
    const singles = { ...clusters, second: clusters.second.map((pair, at) => (at % 5 === 0 ? -1 : pair)) };
    for (const by of [clusters, singles, eachItsOwn(total)]) {
      const shares = (runs: [Uint8Array, Uint8Array?]) => (draw: Int32Array) => {
        const times = (pair: number) => (pair < 0 ? 1 : draw.filter((drawn) => drawn === pair).length);
        const weights = Array.from(by.first, (pair, at) => times(pair) * times(by.second[at]));
        const sum = (bits?: Uint8Array) => weights.reduce((all, weight, at) => all + weight * (bits?.[at] ?? 0), 0);
        return (sum(runs[0]) - sum(runs[1])) / weights.reduce((all, weight) => all + weight, 0);
      };
      const naive = (...runs: [Uint8Array, Uint8Array?]) =>
        percentileInterval(finish(resample(by.strata, shares(runs), { resamples: 20 })));
      const { interval, difference } = shareStatistics(by, { resamples: 20, permutations: 1 });
      expect(finish(interval([one]))).toEqual(naive(one));
      expect(finish(difference([one], [other]))).toMatchObject(naive(one, other)!);
    }
  });

  it('keep the level of the test', () => {
    expect(hits(150, [0.7, 0.7], eachItsOwn(total))).toBeGreaterThan(0.2); // as if questions were independent
    for (const scale of [
      [0.7, 0.7],
      [0, 1],
      [1, 0],
    ] as [number, number][]) {
      expect(hits(150, scale, clusters)).toBeLessThan(0.1); // 0.05, and its sampling error 0.018
    }
  });

  it('contribute what fits the differences best, and all of them the sum', () => {
    // Effects that are there are found: value = effect of one pair + effect of the other.
    const effects = Float64Array.from({ length: SECTIONS * PAIRS }, (_, at) => ((at * 7) % 11) - 4);
    const values = Float64Array.from(clusters.first, (one, at) => effects[one] + effects[clusters.second[at]]);
    const found = clusterContributions(values, clusters);
    const questions = 2 * (PAIRS - 1);
    found.forEach((part, at) => {
      expect(part).toBeCloseTo(questions * effects[at], 8);
    });
    const random = createRandom(4);
    const any = values.map(() => random.normal());
    const sum = (of: Float64Array) => of.reduce((total, value) => total + value, 0);
    expect(sum(clusterContributions(any, clusters))).toBeCloseTo(sum(any), 8);
    expect(clusterContributions(any, eachItsOwn(total))).toEqual(any);
  });

  it('leave it power: a system that is plainly better is found', () => {
    const random = createRandom(2);
    const one = answers(random, 0.5, 0.5);
    const better = Uint8Array.from(one, (bit) => (bit === 1 || random.float() < 0.3 ? 1 : 0));
    const { pValue, low } = finish(shareStatistics(clusters, { resamples: 200 }).difference([better], [one]))!;
    expect(pValue).toBeLessThan(0.05); // of 28 pairs
    expect(low).toBeGreaterThan(0);
  });
});
