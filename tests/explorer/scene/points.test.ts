import { describe, expect, it } from 'vitest';
import { gridIndex } from '../../../src/explorer/live/scene/grid-index.ts';
import { isInside, withCorner } from '../../../src/explorer/live/scene/lasso.ts';
import { type Picture, rowAt, rowsInside } from '../../../src/explorer/live/scene/picking.ts';
import { cloudColors, pointCloud, spreadOrder } from '../../../src/explorer/live/scene/point-cloud.ts';
import { pointLook } from '../../../src/explorer/live/scene/point-look.ts';
import { rowsInBox, rowsInSpace } from '../../../src/explorer/live/scene/rows-in-sight.ts';
import { arrive, placedPoints, placeOf, screenPoint } from '../../../src/explorer/live/scene/scene-points.ts';
import { viewMatrix } from '../../../src/explorer/live/scene/view-transform.ts';
import { createRandom } from '../../../src/random.ts';

/** (V, axes) in -1 .. 1, half of them in a dense heap. */
function somePositions(V: number, axes: 2 | 3): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length: V * axes }, (_, at) => {
    const value = random.float() * 2 - 1;
    return Math.floor(at / axes) % 2 === 0 ? value : 0.3 + value * 0.02;
  });
}

const viewport = { width: 1000, height: 600 };
const words = (V: number) => Array.from({ length: V }, (_, row) => `w${row}`);
const placed = (positions: Float32Array, axes: 2 | 3) =>
  placedPoints({ axes, positions, words: words(positions.length / axes) });
const camera = { x: 0.1, y: 0.1, z: 0, zoom: 1.5, yaw: 0.4, pitch: 0.2 };
const pictureOf = (axes: 2 | 3): Picture => ({ matrix: viewMatrix(camera, axes, viewport), viewport, size: 3 });

describe('the index by place', () => {
  const positions = somePositions(5000, 2);
  const grid = gridIndex(positions, 2);
  const distance = (row: number, x: number, y: number) =>
    Math.hypot(positions[row * 2]! - x, positions[row * 2 + 1]! - y);

  it('finds the nearest word as a look at all words does', () => {
    const random = createRandom(3);
    for (let turn = 0; turn < 300; turn++) {
      const [x, y] = [random.float() * 2.4 - 1.2, random.float() * 2.4 - 1.2];
      const radius = [0.01, 0.1, 3][turn % 3]!;
      let nearest: number | undefined;
      for (let row = 0; row < 5000; row++) {
        if (distance(row, x, y) > radius) continue;
        if (nearest === undefined || distance(row, x, y) < distance(nearest, x, y)) nearest = row;
      }
      expect(grid.nearest(x, y, radius)).toBe(nearest);
    }
  });

  it('prefers the more frequent word of two at one place', () => {
    expect(gridIndex(Float32Array.from([1, 1, 0.5, 0.5, 0.5, 0.5]), 2).nearest(0.5, 0.5, 0.1)).toBe(1);
  });

  it('works for no word, one word and words at one place', () => {
    expect(gridIndex(new Float32Array(0), 2).nearest(0, 0, 1)).toBeUndefined();
    expect(gridIndex(Float32Array.from([0.2, 0.3]), 2).nearest(0.2, 0.3, 0.01)).toBe(0);
    expect(gridIndex(new Float32Array(40), 2).nearest(0, 0, 0.01)).toBe(0);
  });

  it('knows the most frequent words in a box, whether the box is large or small', () => {
    for (const box of [
      { left: -1, right: 1, bottom: -1, top: 1 },
      { left: -0.9, right: -0.8, bottom: 0.1, top: 0.3 },
      { left: 0.28, right: 0.3, bottom: 0.28, top: 0.32 },
      { left: 2, right: 3, bottom: 2, top: 3 },
    ]) {
      const inside = Array.from({ length: 5000 }, (_, row) => row).filter((row) => {
        const [x, y] = [positions[row * 2]!, positions[row * 2 + 1]!];
        return x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
      });
      for (const most of [10, 100_000]) expect(rowsInBox(positions, grid, box, most)).toEqual(inside.slice(0, most));
    }
  });
});

describe.each([2, 3] as const)('with %d axes', (axes) => {
  const positions = somePositions(3000, axes);
  const points = placed(positions, axes);
  const picture = pictureOf(axes);

  it('the word at its own place is picked, and no word far from all', () => {
    let own = 0;
    for (let row = 0; row < 3000; row += 2) {
      const point = screenPoint(points, row, picture.matrix, viewport)!;
      const found = rowAt(points, picture, point.x, point.y)!;
      const other = screenPoint(points, found, picture.matrix, viewport)!;
      expect(Math.hypot(other.x - point.x, other.y - point.y)).toBeLessThan(axes === 2 ? 1e-9 : 4);
      if (found === row) own++;
    }
    expect(own).toBeGreaterThan(axes === 2 ? 1499 : 1400);
    expect(rowAt(points, picture, -500, -500)).toBeUndefined();
  });

  it('a lasso takes the points inside it', () => {
    const polygon = [
      { x: 200, y: 100 },
      { x: 700, y: 150 },
      { x: 450, y: 350 },
      { x: 600, y: 500 },
      { x: 250, y: 450 },
    ];
    const rows = rowsInside(points, picture, polygon);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThan(2500);
    const taken = new Set(rows);
    for (let row = 0; row < 3000; row++) {
      const { x, y } = screenPoint(points, row, picture.matrix, viewport)!;
      expect(taken.has(row)).toBe(isInside(polygon, x, y));
    }
    expect(rowsInside(points, picture, polygon.slice(0, 2))).toEqual([]);
  });

  it('points are on their way, and then there', () => {
    const next = placedPoints({ axes: 2, positions: somePositions(3000, 2).reverse(), words: words(3000) }, points);
    expect(placeOf(next, 17)).toEqual(placeOf(points, 17));
    expect(next.cloud.from).toHaveLength(9000);
    arrive(next, 0.5);
    const half = placeOf(next, 17);
    arrive(next, 1);
    const [x, y, z] = placeOf(next, 17);
    expect([x, y]).toEqual([...next.positions.subarray(34, 36)]);
    expect(half[0]).toBeCloseTo((x + placeOf(points, 17)[0]) / 2);
    expect(half[2]).toBeCloseTo((z + placeOf(points, 17)[2]) / 2);
    expect(next.from ?? next.cloud.from).toBeUndefined();
  });

  it('other words do not come from anywhere', () =>
    expect(placedPoints({ axes, positions: positions.slice(0, 30 * axes), words: [] }, points).from).toBeUndefined());
});

describe('a map of three axes', () => {
  it('knows the most frequent words in sight', () => {
    const positions = somePositions(3000, 3);
    const points = placed(positions, 3);
    const { matrix } = pictureOf(3);
    const inSight = Array.from({ length: 3000 }, (_, row) => row).filter((row) => {
      const { x, y } = screenPoint(points, row, matrix, viewport)!;
      return x >= 0 && x <= viewport.width && y >= 0 && y <= viewport.height;
    });
    expect(rowsInSpace(positions, matrix, viewport, 50, 1e9)).toEqual(inSight.slice(0, 50));
    expect(rowsInSpace(positions, matrix, viewport, 1e9, 100)).toEqual(inSight.filter((row) => row < 100));
  });

  it('has nothing behind the eye', () => {
    const points = placed(Float32Array.from([0, 0, 1, 0, 0, -1]), 3);
    const matrix = viewMatrix({ x: 0, y: 0, z: 0, zoom: 10, yaw: 0, pitch: 0 }, 3, viewport);
    expect(screenPoint(points, 0, matrix, viewport)).toBeUndefined();
    expect(screenPoint(points, 1, matrix, viewport)).toBeDefined();
    expect(rowAt(points, { matrix, viewport, size: 3 }, 500, 300)).toBe(1);
  });
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

  it('takes places and colours along', () => {
    const positions = Float32Array.from({ length: 20 }, (_, at) => at);
    const { order, to } = pointCloud({ axes: 2, positions, words: words(10) });
    expect([...to]).toEqual([...order].flatMap((row) => [row * 2, row * 2 + 1]));
    const colors = cloudColors(
      Uint8Array.from({ length: 30 }, (_, at) => at),
      order,
    );
    expect([...colors]).toEqual([...order].flatMap((row) => [row * 3, row * 3 + 1, row * 3 + 2, 255]));
  });
});

describe('the look of points', () => {
  it('is smaller and fainter the more there are, larger the closer one looks', () => {
    const looks = [1000, 100_000, 1_000_000].map((V) => pointLook(V, 1, 2, viewport));
    for (const [at, look] of looks.slice(1).entries()) {
      expect(look.size).toBeLessThan(looks[at]!.size);
      expect(look.opacity).toBeLessThan(looks[at]!.opacity);
    }
    expect(pointLook(100_000, 30, 2, viewport).size).toBeGreaterThan(looks[1]!.size);
    expect(pointLook(1, 600, 2, viewport).size).toBe(9);
    expect(pointLook(0, 1, 2, viewport)).toEqual(pointLook(1, 1, 2, viewport));
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
