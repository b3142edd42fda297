import { describe, expect, it } from 'vitest';
import { detail } from '../../../src/explorer/live/scene/detail.ts';
import type { PointCloud } from '../../../src/explorer/live/scene/point-cloud.ts';
import type { PointFrame } from '../../../src/explorer/live/scene/point-frame.ts';
import { clearRaster, drawPoints, type Raster } from '../../../src/explorer/live/scene/raster.ts';
import { parsedColor } from '../../../src/explorer/live/scene/theme.ts';
import { projected, viewMatrix } from '../../../src/explorer/live/scene/view-transform.ts';

const viewport = { width: 60, height: 40 };
const white = [255, 255, 255] as const;
const theme = {
  ...{ panel: white, point: [0, 0, 255], marked: white, ink: white, soft: white, accent: white, font: 'serif' },
} as unknown as PointFrame['theme'];
const camera = { x: 0, y: 0, z: 0, zoom: 1, yaw: 0, pitch: 0 };

function drawn(cloud: Pick<PointCloud, 'axes' | 'to'> & Partial<PointCloud>, change: Partial<PointFrame> = {}) {
  const raster: Raster = {
    width: 120,
    height: 80,
    pixels: new Int32Array(120 * 80),
    depths: new Float32Array(120 * 80),
  };
  const count = cloud.to.length / cloud.axes;
  const frame = { viewport, ratio: 2, moved: 1, share: 1, size: 4, opacity: 1, theme, ...change };
  clearRaster(raster, white, cloud.axes);
  const full = { count, order: Uint32Array.from({ length: count }, (_, at) => at), ...cloud };
  drawPoints(raster, full, { matrix: viewMatrix(camera, cloud.axes, viewport), ...frame }, [0, 0, 255]);
  const at = (x: number, y: number) => {
    const pixel = raster.pixels[Math.floor(y * 2) * 120 + Math.floor(x * 2)]!;
    return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  };
  return { at, covered: raster.pixels.filter((pixel) => pixel !== -1).length };
}

describe('points in an array of pixels', () => {
  it('are round, and where the view says', () => {
    const { at, covered } = drawn({ axes: 2, to: Float32Array.from([0.5, -0.5]) });
    const { x, y } = projected(viewMatrix(camera, 2, viewport), viewport, [0.5, -0.5]);
    expect(at(x, y)).toEqual([0, 0, 255]);
    expect(at(x - 3, y)).toEqual([255, 255, 255]);
    // A disc of eight device pixels: 50, and its soft edge.
    expect(covered).toBeGreaterThan(44);
    expect(covered).toBeLessThan(70);
  });

  it('have their own colours, mixed by opacity', () => {
    const colors = Uint8Array.from([200, 100, 0, 255]);
    const { at } = drawn({ axes: 2, to: new Float32Array(2), colors }, { opacity: 0.5 });
    for (const [channel, value] of [228, 178, 128].entries()) {
      expect(Math.abs(at(30, 20)[channel]! - value)).toBeLessThan(3);
    }
  });

  it('are cut off at the edges', () => {
    const to = Float32Array.from([1.6, 1.06, -1.6, -1.06, 40, 0, 0, -40]);
    expect(drawn({ axes: 2, to }, { size: 9 }).covered).toBeLessThan(2 * 18 * 18);
    expect(drawn({ axes: 2, to: Float32Array.from([0, 1.05]) }, { size: 9 }).covered).toBeGreaterThan(20);
  });

  it('of three axes: the nearer one hides the other, whichever is drawn first; the far one goes over into the panel', () => {
    for (const [first, second] of [
      [0.5, -0.5],
      [-0.5, 0.5],
    ] as const) {
      const colors = first > 0 ? [255, 0, 0, 255, 0, 255, 0, 255] : [0, 255, 0, 255, 255, 0, 0, 255];
      const to = Float32Array.from([0, 0, first, 0, 0, second]);
      const [red, green] = drawn({ axes: 3, to, colors: Uint8Array.from(colors) }).at(30, 20);
      expect(red).toBeGreaterThan(240);
      expect(green).toBeLessThan(60);
    }
    const [red] = drawn({ axes: 3, to: Float32Array.from([0, 0, -0.5]) }).at(30, 20);
    expect(red).toBeGreaterThan(90);
    expect(drawn({ axes: 3, to: Float32Array.from([0, 0, 3.2]) }).covered).toBe(0);
  });

  it('are on their way, and only a share of them is drawn in a hurry', () => {
    const cloud = { axes: 2 as const, to: Float32Array.from([0.5, 0]), from: new Float32Array(3) };
    const { x } = projected(viewMatrix(camera, 2, viewport), viewport, [0.25, 0]);
    expect(drawn(cloud, { moved: 0.5 }).at(x, 20)).toEqual([0, 0, 255]);
    const many = Float32Array.from({ length: 200 }, (_, at) => Math.sin(at));
    const [all, half] = [1, 0.5].map((share) => drawn({ axes: 2, to: many }, { share, size: 0.5 }).covered);
    expect(half).toBeLessThan(0.6 * all!);
  });
});

describe('the detail of moving pictures', () => {
  it('falls to what the machine can draw, and rises again', () => {
    const found = detail();
    for (let picture = 0; picture < 60; picture++) found.took(Math.max(16, 200 * found.share));
    expect(found.share).toBeGreaterThan(0.08);
    expect(found.share).toBeLessThan(0.22);
    for (let picture = 0; picture < 200; picture++) found.took(16);
    expect(found.share).toBe(1);
  });

  it('stays where fewer points make no difference', () => {
    const found = detail();
    let full = 0;
    for (let picture = 0; picture < 300; picture++) {
      found.took(90);
      if (found.share === 1) full++;
    }
    expect(full).toBeGreaterThan(270);
  });

  it('is full where pictures are quick enough', () => {
    const found = detail();
    for (let picture = 0; picture < 50; picture++) found.took(33);
    expect(found.share).toBe(1);
  });
});

describe('colours', () => {
  it('are read as the style sheet writes them', () => {
    expect(parsedColor('#0b6bb0')).toEqual([11, 107, 176]);
    expect(parsedColor('#fff')).toEqual([255, 255, 255]);
    expect(parsedColor('var(--x)')).toEqual([128, 128, 128]);
  });
});
