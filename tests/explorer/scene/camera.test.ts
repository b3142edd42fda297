import { describe, expect, it } from 'vitest';
import {
  between,
  bounded,
  middleRange,
  onMap,
  onScreen,
  panned,
  showing,
  viewOf,
  wholeMap,
  zoomedAt,
} from '../../../src/explorer/live/scene/camera.ts';

const viewport = { width: 1200, height: 800 };
const seen = { viewport, V: 10_000 };
const home = { x: 0, y: 0, zoom: 1 };
const camera = { x: 0.1, y: -0.2, zoom: 2.5 };
const seenAt = (at: typeof home, [x, y]: readonly [number, number]) => onScreen(viewOf(at, viewport), { x, y });

describe('the view of a map', () => {
  it('has the middle in the middle, up is up, and the whole map fits', () => {
    expect(seenAt(home, [0, 0])).toEqual({ x: 600, y: 400 });
    const corner = seenAt(home, [1, 1]);
    expect(corner.x).toBeCloseTo(600 + 0.94 * 400);
    expect(corner.y).toBeCloseTo(400 - 0.94 * 400);
    expect(seenAt({ ...home, zoom: 2, x: 0.5 }, [0.5, 0.25]).y).toBeCloseTo(400 - 0.25 * 2 * 0.94 * 400);
    const back = onMap(viewOf(camera, viewport), seenAt(camera, [0.3, -0.7]));
    expect([back.x, back.y]).toEqual([expect.closeTo(0.3), expect.closeTo(-0.7)]);
  });
});

describe('the camera', () => {
  it('moves what it shows by the pixels of a drag', () => {
    const after = seenAt(panned(camera, viewport, 30, -50), [camera.x, camera.y]);
    expect(after.x).toBeCloseTo(630);
    expect(after.y).toBeCloseTo(350);
  });

  it('zooms at a place that stays where it is', () => {
    const at = { x: 900, y: 150 };
    const there = onMap(viewOf(camera, viewport), at);
    const after = seenAt(zoomedAt(camera, seen, at, 3), [there.x, there.y]);
    expect(after.x).toBeCloseTo(at.x);
    expect(after.y).toBeCloseTo(at.y);
    expect(zoomedAt(camera, seen, at, 3).zoom).toBeCloseTo(7.5);
  });

  it('goes from one camera to another, ends included', () => {
    const to = { ...camera, x: 0.5, zoom: 40 };
    expect(between(camera, to, 0)).toEqual(camera);
    expect(between(camera, to, 1)).toEqual(to);
    expect(between(camera, to, 0.5).zoom).toBeCloseTo(Math.sqrt(2.5 * 40));
    // The place in the middle at the end is on a straight way there.
    const seenThere = [0, 0.25, 0.5, 0.75].map((share) => seenAt(between(camera, to, share), [0.5, camera.y]));
    for (const { y } of seenThere) expect(y).toBeCloseTo(400);
    expect(seenThere.map(({ x }) => x)).toEqual([...seenThere.map(({ x }) => x)].sort((a, b) => b - a));
  });

  it('never leaves the map, from whatever it is given', () => {
    const lost = { x: Number.NaN, y: 7, zoom: 1e9 };
    expect(bounded(lost, seen.V)).toEqual({ x: 0, y: 1, zoom: 600 });
    expect(bounded({ ...lost, zoom: -3 }, seen.V).zoom).toBe(0.6);
  });

  it('shows given points, and a single one with its surroundings', () => {
    const points = [
      [0.2, 0.2],
      [0.4, 0.3],
      [0.25, 0.5],
    ] as const;
    const found = showing(
      points.map(([x, y]) => ({ x, y })),
      { ...camera, zoom: 30 },
      seen.V,
    );
    for (const point of points) {
      const { x, y } = seenAt(found, point);
      expect(x > 100 && x < 1100 && y > 50 && y < 750).toBe(true);
    }
    const one = [{ x: 0.9, y: 0.9 }];
    const single = showing(one, { ...camera, zoom: 1 }, seen.V);
    expect(single).toMatchObject({ x: 0.9, y: 0.9 });
    expect(single.zoom).toBeGreaterThan(2);
    expect(showing(one, { ...camera, zoom: 80 }, seen.V).zoom).toBe(80);
  });
});

describe('the whole map', () => {
  it('fits, but for a few words far away', () => {
    const positions = Float32Array.from({ length: 4000 }, (_, at) => (at < 4 ? 1 : 0.2 * Math.sin(at)));
    const camera = wholeMap(positions, { viewport, V: 2000 });
    expect(camera.x).toBeCloseTo(0, 1);
    expect(camera.zoom).toBeGreaterThan(4);
    const edge = seenAt(camera, [0.2, 0.2]);
    expect(edge.y).toBeGreaterThan(0);
    expect(edge.y).toBeLessThan(80);
  });

  it('of no words, one word and words at one place is a picture, too', () => {
    for (const V of [0, 1, 5]) {
      const found = wholeMap(new Float32Array(V * 2).fill(0.3), { viewport: { width: 0, height: 0 }, V });
      expect(Object.values(found).every(Number.isFinite)).toBe(true);
    }
  });

  it('takes quantiles', () => {
    expect(middleRange([5, 1, 2, 3, 4], 0.25)).toEqual([2, 4]);
    expect(middleRange([7], 0.002)).toEqual([7, 7]);
  });
});
