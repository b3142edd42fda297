import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { onScreen, viewOf } from '../../../src/explorer/live/scene/camera.ts';
import { gridIndex } from '../../../src/explorer/live/scene/grid-index.ts';
import { isInside, rowAt, rowsInside, withCorner } from '../../../src/explorer/live/scene/picking.ts';
import {
  arrive,
  pace,
  placedPoints,
  placeOf,
  pointCloud,
  pointLook,
  spreadOrder,
} from '../../../src/explorer/live/scene/points.ts';

/** (V, 2) in -1 .. 1, half of them in a dense heap. */
function somePositions(V: number): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length: V * 2 }, (_, at) => {
    const value = random.float() * 2 - 1;
    return Math.floor(at / 2) % 2 === 0 ? value : 0.3 + value * 0.02;
  });
}

const viewport = { width: 1000, height: 600 };
const words = (V: number) => Array.from({ length: V }, (_, row) => `w${row}`);
const placed = (positions: Float32Array) => placedPoints({ positions, words: words(positions.length / 2) });
const view = viewOf({ x: 0.1, y: 0.1, zoom: 1.5 }, viewport);
const SIZE = 3;

describe('the index by place', () => {
  const positions = somePositions(5000);
  const grid = gridIndex(positions);
  const distance = (row: number, x: number, y: number) =>
    Math.hypot(positions[row * 2] - x, positions[row * 2 + 1] - y);

  it('finds the nearest word as a look at all words does', () => {
    const random = createRandom(3);
    for (let turn = 0; turn < 300; turn++) {
      const [x, y] = [random.float() * 2.4 - 1.2, random.float() * 2.4 - 1.2];
      const radius = [0.01, 0.1, 3][turn % 3];
      let nearest: number | undefined;
      for (let row = 0; row < 5000; row++) {
        if (distance(row, x, y) > radius) continue;
        if (nearest === undefined || distance(row, x, y) < distance(nearest, x, y)) nearest = row;
      }
      expect(grid.nearest(x, y, radius)).toBe(nearest);
    }
  });

  it('prefers the more frequent word of two at one place', () => {
    expect(gridIndex(Float32Array.from([1, 1, 0.5, 0.5, 0.5, 0.5])).nearest(0.5, 0.5, 0.1)).toBe(1);
  });

  it('works for no word, one word and words at one place', () => {
    expect(gridIndex(new Float32Array(0)).nearest(0, 0, 1)).toBeUndefined();
    expect(gridIndex(Float32Array.from([0.2, 0.3])).nearest(0.2, 0.3, 0.01)).toBe(0);
    expect(gridIndex(new Float32Array(40)).nearest(0, 0, 0.01)).toBe(0);
  });

  it('knows the most frequent words in a box, whether the box is large or small', () => {
    for (const box of [
      { left: -1, right: 1, bottom: -1, top: 1 },
      { left: -0.9, right: -0.8, bottom: 0.1, top: 0.3 },
      { left: 0.28, right: 0.3, bottom: 0.28, top: 0.32 },
      { left: 2, right: 3, bottom: 2, top: 3 },
    ]) {
      const inside = Array.from({ length: 5000 }, (_, row) => row).filter((row) => {
        const [x, y] = [positions[row * 2], positions[row * 2 + 1]];
        return x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
      });
      for (const most of [10, 100_000]) expect(grid.rowsIn(box, most)).toEqual(inside.slice(0, most));
    }
  });
});

describe('points on the screen', () => {
  const positions = somePositions(3000);
  const points = placed(positions);
  const screenPoint = (row: number) => onScreen(view, placeOf(points, row));

  it('the word at its own place is picked, and no word far from all', () => {
    for (let row = 0; row < 3000; row += 2) expect(rowAt(points, view, SIZE, screenPoint(row))).toBe(row);
    expect(rowAt(points, view, SIZE, { x: -500, y: -500 })).toBeUndefined();
  });

  it('a lasso takes the points inside it', () => {
    const polygon = [
      { x: 200, y: 100 },
      { x: 700, y: 150 },
      { x: 450, y: 350 },
      { x: 600, y: 500 },
      { x: 250, y: 450 },
    ];
    const rows = rowsInside(points, view, polygon);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThan(2500);
    const taken = new Set(rows);
    for (let row = 0; row < 3000; row++) {
      const { x, y } = screenPoint(row);
      expect(taken.has(row)).toBe(isInside(polygon, x, y));
    }
    expect(rowsInside(points, view, polygon.slice(0, 2))).toEqual([]);
  });

  it('points are on their way, and then there', () => {
    const next = placedPoints({ positions: somePositions(3000).reverse(), words: words(3000) }, points);
    expect(placeOf(next, 17)).toEqual(placeOf(points, 17));
    expect(next.from).toHaveLength(6000);
    arrive(next, 0.5);
    const half = placeOf(next, 17);
    arrive(next, 1);
    const { x, y } = placeOf(next, 17);
    expect([x, y]).toEqual([...next.positions.subarray(34, 36)]);
    expect(half.x).toBeCloseTo((x + placeOf(points, 17).x) / 2);
    expect(half.y).toBeCloseTo((y + placeOf(points, 17).y) / 2);
    expect(next.from).toBeUndefined();
  });

  it('other words do not come from anywhere', () =>
    expect(placedPoints({ positions: positions.slice(0, 60), words: [] }, points).from).toBeUndefined());
});

describe('the order of drawing', () => {
  it.each([0, 1, 2, 3, 10, 1000, 4181])('holds each of %d rows once', (V) =>
    expect([...spreadOrder(V)].sort((a, b) => a - b)).toEqual(Array.from({ length: V }, (_, row) => row)),
  );

  it('begins with a fair sample', () => {
    const first = [...spreadOrder(10_000)].slice(0, 100);
    for (let part = 0; part < 10; part++) {
      const inPart = first.filter((row) => Math.floor(row / 1000) === part).length;
      expect(inPart).toBeGreaterThanOrEqual(8);
      expect(inPart).toBeLessThanOrEqual(12);
    }
  });

  it('takes places and colors along', () => {
    const positions = Float32Array.from({ length: 20 }, (_, at) => at);
    const { order } = placed(positions);
    const colors = Int32Array.from({ length: 10 }, (_, row) => row * 3);
    const cloud = pointCloud({ positions, from: positions.map((value) => -value) }, order, colors);
    expect([...cloud.to]).toEqual([...order].flatMap((row) => [row * 2, row * 2 + 1]));
    expect([...cloud.from!]).toEqual([...order].flatMap((row) => [-(row * 2), -(row * 2 + 1)]));
    expect([...cloud.colors!]).toEqual([...order].map((row) => row * 3));
  });
});

describe('the look of points', () => {
  it('is smaller and fainter the more there are, larger the closer one looks', () => {
    const looks = [1000, 100_000, 1_000_000].map((V) => pointLook(V, 282));
    for (const [at, look] of looks.slice(1).entries()) {
      expect(look.size).toBeLessThan(looks[at].size);
      expect(look.opacity).toBeLessThan(looks[at].opacity);
    }
    expect(pointLook(100_000, 30 * 282).size).toBeGreaterThan(looks[1].size);
    expect(pointLook(1, 600 * 282).size).toBe(9);
    expect(pointLook(0, 282)).toEqual(pointLook(1, 282));
  });
});

describe('a lasso', () => {
  it('may cross itself: the middle of a star is outside', () => {
    const star = [0, 2, 4, 1, 3].map((at) => ({
      x: Math.cos((at * 2 * Math.PI) / 5),
      y: Math.sin((at * 2 * Math.PI) / 5),
    }));
    expect(isInside(star, 0, 0)).toBe(false);
    expect(isInside(star, 0.7, 0)).toBe(true);
    expect(isInside(star, 2, 0)).toBe(false);
  });

  it('leaves out corners close to the last', () => {
    const one = withCorner([], { x: 1, y: 1 });
    expect(withCorner(one, { x: 2, y: 2 })).toBe(one);
    expect(withCorner(one, { x: 9, y: 1 })).toHaveLength(2);
  });
});

describe('the share of points in a moving picture', () => {
  it('falls to what the machine can draw, and rises again', () => {
    const found = pace();
    for (let picture = 0; picture < 60; picture++) found.took(100 * found.share);
    expect(found.share).toBe(1 / 8);
    for (let picture = 0; picture < 60; picture++) found.took(12 * found.share);
    expect(found.share).toBe(1);
  });

  it('stays once it fits, and is full where pictures are quick enough', () => {
    for (const whole of [19, 35, 70]) {
      const found = pace();
      const shares = Array.from({ length: 200 }, () => {
        found.took(whole * found.share);
        return found.share;
      });
      expect(new Set(shares.slice(20)).size).toBe(1);
      expect(shares.at(-1)).toBe({ 19: 1, 35: 1 / 2, 70: 1 / 4 }[whole]);
    }
  });

  it('has a few points on the slowest machine', () => {
    const found = pace();
    for (let picture = 0; picture < 60; picture++) found.took(5000);
    expect(found.share).toBe(1 / 32);
  });
});
