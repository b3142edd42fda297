import { describe, expect, it } from 'vitest';
import { percentage } from '../../src/base/format-numbers.ts';
import { compareStrings } from '../../src/explorer/compare-strings.ts';
import { overlapSvg } from '../../src/explorer/overlap-svg.ts';

const levels = { k: 4, mean: 0.25, chance: 0.01, histogram: [50, 30, 10, 5, 5] };
const seeds = { name: 'seed2.bin', overlap: 'x', wider: 'y', mean: 0.75, histogram: [0, 10, 20, 30, 40] };
const numbers = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].map((match) => Number(match[1]));

describe('overlapSvg', () => {
  it('draws a bar for each number of neighbors, as high as its share of the words', () => {
    const svg = overlapSvg(levels, 500).toString();
    const heights = numbers(svg, /class="bar"[^>]* height="([\d.]+)"/g);
    expect(heights).toHaveLength(5);
    expect(heights[1] / heights[0]).toBeCloseTo(0.6, 2);
    expect(heights[3]).toBe(heights[4]);
    expect(svg).toContain('aria-label="Histogram of words by number of the same neighbors: 0: 50 %, 1: 30 %, 2: 10 %');
    expect(svg).not.toContain('class="steps"');
  });

  it('has lines at the means: of k = 4, one neighbor is 25 %', () => {
    const svg = overlapSvg({ ...levels, seeds }, 500).toString();
    const middles = numbers(svg, /class="tick" text-anchor="middle">(\d)/g);
    expect(middles).toEqual([0, 1, 2, 3, 4]);
    const lines = ['chance', 'files', 'seeds'].map((kind) =>
      Number(new RegExp(`class="level ${kind}"><line x1="([\\d.]+)"`).exec(svg)![1]),
    );
    const x = numbers(svg, /<text x="([\d.]+)"[^>]*class="tick" text-anchor="middle"/g);
    expect(lines[1]).toBeCloseTo(x[1], 0);
    expect(lines[2]).toBeCloseTo(x[3], 0);
    expect(lines[0]).toBeGreaterThan(x[0]);
    expect(svg).toContain('two seeds: 75 %');
    expect(svg).toContain('class="steps"');
  });
});

it('a share has as many digits as say something', () => {
  expect(
    [0, 0.0009, 0.00996, 0.054, 0.0994, 0.0999, 0.352, 1].map((share) => percentage(share).replace('\u00a0', ' ')),
  ).toEqual(['0 %', '0.09 %', '1.0 %', '5.4 %', '9.9 %', '10 %', '35 %', '100 %']);
});

it('the sentences follow what is known', () => {
  expect(compareStrings.mean(0.054, 0.001, undefined)).not.toContain('seeds');
  expect(compareStrings.mean(0.054, 0.001, 0.35)).toContain('agree on 35 %');
  expect(compareStrings.lead(10, 5, 5)).toContain('All 5 common words are compared');
  expect(compareStrings.lead(10, 5, 6)).toContain('The first 5 of 6 common words are compared');
});
