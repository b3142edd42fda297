// The pictures of analogies and axes, and places on the map.
import { describe, expect, it } from 'vitest';
import { closestOnMap, positionsOf } from '../../src/explorer/map-places.ts';
import { parallelogramSvg } from '../../src/explorer/parallelogram-svg.ts';
import { scatterSvg } from '../../src/explorer/scatter-svg.ts';

const hostile = '<script>"\'&';
const numbers = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].map((match) => match.slice(1).map(Number));

describe('the parallelogram', () => {
  const plane = {
    a: { x: 0, y: 0 },
    b: { x: 2, y: 0 },
    c: { x: 0, y: 1 },
    target: { x: 2, y: 1 },
    answers: [{ x: 1.5, y: 0.8 }],
  };
  const svg = parallelogramSvg(
    { query: ['man', hostile, 'woman'], answers: [{ word: 'queen', score: 0.9, row: 3 }], plane },
    600,
  ).toString();

  it('has parallel sides, in one scale, inside the picture', () => {
    const [[x1, y1, x2, y2], [x3, y3, x4, y4]] = numbers(
      svg,
      /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="relation"/g,
    ) as [number[], number[]];
    expect(x2! - x1!).toBeCloseTo(x4! - x3!, 0);
    expect(y2! - y1!).toBeCloseTo(y4! - y3!, 0);
    expect(x2! - x1!).toBeCloseTo(2 * (y1! - y3!), 0);
    for (const [x, y] of numbers(svg, /cx="(-?[\d.]+)" cy="(-?[\d.]+)"/g)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(600);
      expect(y).toBeGreaterThanOrEqual(0);
    }
  });

  it('names corners and answers, as text', () => {
    for (const name of ['man', 'woman', 'queen', 'b - a + c']) expect(svg).toContain(`>${name}</text>`);
    expect(svg).not.toContain('<script');
  });

  it('can be drawn where all points are the same', () => {
    const same = { x: 0.5, y: 0.5 };
    const flat = { a: same, b: same, c: same, target: same, answers: [] };
    expect(`${parallelogramSvg({ query: ['a', 'a', 'a'], answers: [], plane: flat }, 300)}`).not.toContain('NaN');
  });
});

describe('words on axes', () => {
  const points = [
    { word: 'a', at: [0.5, -0.2] },
    { word: hostile, at: [-0.1, 0.4] },
  ];

  it('is a plane of two axes: right and up are more', () => {
    const svg = scatterSvg({ axes: ['x', 'y'], points, missing: [] }, 600).toString();
    const [[ax, ay], [bx, by]] = numbers(svg, /cx="([\d.]+)" cy="([\d.]+)"/g) as [number[], number[]];
    expect(ax!).toBeGreaterThan(bx!);
    expect(ay!).toBeGreaterThan(by!);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('<title>a</title>');
  });

  it('is a list of bars on one axis, the largest first', () => {
    const svg = scatterSvg({ axes: [hostile], points: points.toReversed(), missing: [] }, 320).toString();
    expect(svg.indexOf('>0.50<')).toBeLessThan(svg.indexOf('>-0.10<'));
    expect(svg).not.toContain('<script');
  });

  it.each([[[]], [[{ word: 'a', at: [0, 0] }]]])('can be drawn of %j', (few) => {
    for (const axes of [['x'], ['x', 'y']])
      expect(`${scatterSvg({ axes, points: few, missing: [] }, 300)}`).not.toContain('NaN');
  });
});

describe('places on the map', () => {
  it('are numbers from -1 to 1', () => {
    const positions = positionsOf(Uint16Array.of(0, 65535, 32768).buffer);
    expect([...positions].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([-1, 1, 0]);
  });

  it('have the closest of some words', () => {
    const positions = [0, 0, 1, 0, 0.2, 0, 0, 0.3];
    expect(closestOnMap(positions, 0, [1, 2, 3], 2)).toEqual([2, 3]);
    expect(closestOnMap(positions, 1, [], 2)).toEqual([]);
  });
});
