import { describe, expect, it } from 'vitest';
import {
  between,
  bounded,
  panned,
  type Seen,
  showing,
  turned,
  zoomedAt,
} from '../../../src/explorer/live/scene/camera-moves.ts';
import { directions, projected, viewMatrix } from '../../../src/explorer/live/scene/view-transform.ts';
import { middleRange, wholeMap } from '../../../src/explorer/live/scene/whole-map.ts';

const viewport = { width: 1200, height: 800 };
const flat: Seen = { axes: 2, viewport, V: 10_000 };
const deep: Seen = { axes: 3, viewport, V: 10_000 };
const home = { x: 0, y: 0, z: 0, zoom: 1, yaw: 0, pitch: 0 };
const tilted = { x: 0.1, y: -0.2, z: 0.3, zoom: 2.5, yaw: 0.7, pitch: -0.4 };
const seenAt = (camera: typeof home, { axes }: Seen, point: number[]) =>
  projected(viewMatrix(camera, axes, viewport), viewport, point);

describe('the view of a map', () => {
  it('of two axes is parallel: the middle in the middle, up is up, and the whole map fits', () => {
    expect(seenAt(home, flat, [0, 0])).toEqual({ x: 600, y: 400, w: 1 });
    const corner = seenAt(home, flat, [1, 1]);
    expect(corner.x).toBeCloseTo(600 + 0.94 * 400);
    expect(corner.y).toBeCloseTo(400 - 0.94 * 400);
    expect(seenAt({ ...home, zoom: 2, x: 0.5 }, flat, [0.5, 0.25]).y).toBeCloseTo(400 - 0.25 * 2 * 0.94 * 400);
  });

  it('of three axes is in perspective: what is nearer is larger', () => {
    const near = seenAt(home, deep, [0.5, 0, 0.8]);
    const far = seenAt(home, deep, [0.5, 0, -0.8]);
    expect(near.w).toBeLessThan(1);
    expect(far.w).toBeGreaterThan(1);
    expect(near.x).toBeGreaterThan(far.x);
    expect(seenAt(tilted, deep, [0.1, -0.2, 0.3])).toMatchObject({ w: 1 });
  });

  it('has depths from -1 to 1 between the nearest and the farthest point', () => {
    for (const zoom of [1, 5, 100]) {
      const m = viewMatrix({ ...tilted, zoom }, 3, viewport);
      for (const [x, y, z] of [
        [1, 1, 1],
        [-1, -1, -1],
        [0.1, -0.2, 0.3],
      ] as const) {
        const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
        if (w < 0.08) continue;
        const depth = (m[2]! * x + m[6]! * y + m[10]! * z + m[14]!) / w;
        expect(Math.abs(depth)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('has directions at right angles', () => {
    const { right, up, back } = directions(tilted, 3);
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
    for (const [a, b] of [
      [right, up],
      [up, back],
      [back, right],
    ] as const) {
      expect(dot(a, b)).toBeCloseTo(0);
      expect(dot(a, a)).toBeCloseTo(1);
    }
  });
});

describe.each([
  ['two axes', flat, { ...tilted, z: 0 }],
  ['three axes', deep, tilted],
] as const)('the camera over %s', (_name, seen, camera) => {
  const middle = [camera.x, camera.y, camera.z];

  it('moves what it shows by the pixels of a drag', () => {
    const after = seenAt(panned(camera, seen, 30, -50), seen, middle);
    expect(after.x).toBeCloseTo(630);
    expect(after.y).toBeCloseTo(350);
  });

  it('zooms at a place that stays where it is', () => {
    const at = { x: 900, y: 150 };
    // The point in the plane of the middle that is seen there.
    const there = panned(camera, seen, 600 - at.x, 400 - at.y);
    const point = [there.x, there.y, there.z];
    expect(seenAt(camera, seen, point).x).toBeCloseTo(at.x);
    const after = seenAt(zoomedAt(camera, seen, at.x, at.y, 3), seen, point);
    expect(after.x).toBeCloseTo(at.x);
    expect(after.y).toBeCloseTo(at.y);
    expect(zoomedAt(camera, seen, at.x, at.y, 3).zoom).toBeCloseTo(7.5);
  });

  it('goes from one camera to another, ends included', () => {
    const to = { ...camera, x: 0.5, zoom: 40, yaw: camera.yaw + 2 * Math.PI + 0.2 };
    expect(between(camera, to, 0)).toEqual(camera);
    expect(between(camera, to, 1)).toMatchObject({ x: to.x, zoom: to.zoom });
    expect(between(camera, to, 1).yaw).toBeCloseTo(camera.yaw + 0.2);
    expect(between(camera, to, 0.5).zoom).toBeCloseTo(Math.sqrt(2.5 * 40));
    // The place in the middle at the end is on a straight way there.
    const seenThere = [0, 0.25, 0.5, 0.75].map((share) => seenAt(between(camera, to, share), flat, [0.5, camera.y]));
    for (const { y } of seenThere) expect(y).toBeCloseTo(400);
    expect(seenThere.map(({ x }) => x)).toEqual([...seenThere.map(({ x }) => x)].sort((a, b) => b - a));
  });

  it('never leaves the map, from whatever it is given', () => {
    const lost = { x: Number.NaN, y: 7, z: -9, zoom: 1e9, yaw: 100, pitch: 5 };
    const found = bounded(lost, seen);
    expect(found).toMatchObject({ x: 0, y: 1, zoom: 600 });
    expect(Object.values(found).every(Number.isFinite)).toBe(true);
    expect(bounded({ ...lost, zoom: -3 }, seen).zoom).toBe(0.6);
    if (seen.axes === 3) {
      expect(found.pitch).toBe(Math.PI / 2);
      expect(Math.abs(found.yaw)).toBeLessThanOrEqual(Math.PI);
    }
  });

  it('shows given points, and a single one with its surroundings', () => {
    const points = [
      [0.2, 0.2, 0],
      [0.4, 0.3, 0.1],
      [0.25, 0.5, 0.2],
    ];
    const found = showing(points, { ...camera, zoom: 30 }, seen);
    for (const point of points) {
      const { x, y } = seenAt(found, seen, point);
      expect(x > 100 && x < 1100 && y > 50 && y < 750).toBe(true);
    }
    const single = showing([[0.9, 0.9, 0]], { ...camera, zoom: 1 }, seen);
    expect(single).toMatchObject({ x: 0.9, y: 0.9 });
    expect(single.zoom).toBeGreaterThan(2);
    expect(showing([[0.9, 0.9, 0]], { ...camera, zoom: 80 }, seen).zoom).toBe(80);
  });
});

describe('turning', () => {
  it('by the shorter side is half a turn, and keeps the middle', () => {
    expect(turned(tilted, deep, 800, 0).yaw).toBeCloseTo(0.7 + Math.PI);
    expect(seenAt(turned(tilted, deep, 80, 30), deep, [0.1, -0.2, 0.3]).x).toBeCloseTo(600);
  });
});

describe('the whole map', () => {
  it('fits, but for a few words far away', () => {
    const positions = Float32Array.from({ length: 4000 }, (_, at) => (at < 4 ? 1 : 0.2 * Math.sin(at)));
    const camera = wholeMap(positions, { ...flat, V: 2000 });
    expect(camera.x).toBeCloseTo(0, 1);
    expect(camera.zoom).toBeGreaterThan(4);
    const edge = seenAt(camera, flat, [0.2, 0.2]);
    expect(edge.y).toBeGreaterThan(0);
    expect(edge.y).toBeLessThan(80);
  });

  it('of no words, one word and words at one place is a picture, too', () => {
    for (const axes of [2, 3] as const) {
      for (const V of [0, 1, 5]) {
        const camera = wholeMap(new Float32Array(V * axes).fill(0.3), { axes, viewport: { width: 0, height: 0 }, V });
        expect(Object.values(camera).every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('takes quantiles', () => {
    expect(middleRange([5, 1, 2, 3, 4], 0.25)).toEqual([2, 4]);
    expect(middleRange([7], 0.002)).toEqual([7, 7]);
  });
});
