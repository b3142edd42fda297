import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { aliasTables, createNegativeSampler, noiseDistribution } from '../../src/train/negatives.ts';

/** The chance of each word that a pair of alias tables stands for. */
function probabilities({ keep, alias }: { keep: Uint32Array; alias: Int32Array }): number[] {
  const V = keep.length;
  const chance = new Array<number>(V).fill(0);
  for (let i = 0; i < V; i++) {
    const kept = (keep[i] + 1) / 2 ** 32;
    chance[i] += kept / V;
    chance[alias[i]] += (1 - kept) / V;
  }
  return chance;
}

describe('aliasTables', () => {
  it.each([0.75, 1, 0, -0.5])('stand for count^%d, normalised', (exponent) => {
    const counts = Float64Array.from([1000, 500, 300, 20, 5, 5, 1]);
    const weights = counts.map((count) => count ** exponent);
    const sum = weights.reduce((a, b) => a + b);
    const chance = probabilities(aliasTables(counts, exponent));
    const noise = noiseDistribution(counts, exponent);
    for (const [i, weight] of weights.entries()) {
      expect(noise[i]).toBeCloseTo(weight / sum, 12);
      expect(chance[i]).toBeCloseTo(noise[i], 8);
    }
  });

  it('hold for one word', () => {
    expect(probabilities(aliasTables(Float64Array.of(7), 0.75))).toEqual([1]);
  });
});

describe('createNegativeSampler', () => {
  it('draws each word as often as its chance says', () => {
    const counts = Float64Array.from([800, 100, 50, 10]);
    const sampler = createNegativeSampler(counts, 0.75);
    const random = createRandom(3);
    const draws = 200_000;
    const drawn = new Float64Array(4);
    for (let i = 0; i < draws; i++) drawn[sampler.draw(random)]++;
    const weights = counts.map((count) => count ** 0.75);
    const sum = weights.reduce((a, b) => a + b);
    for (const [i, weight] of weights.entries()) {
      const expected = weight / sum;
      const spread = Math.sqrt((expected * (1 - expected)) / draws);
      expect(Math.abs(drawn[i] / draws - expected)).toBeLessThan(5 * spread);
    }
  });
});
