import { describe, expect, it } from 'vitest';
import { onScreen, viewOf } from '../../../src/explorer/live/scene/camera.ts';
import type { PointCloud } from '../../../src/explorer/live/scene/points.ts';
import { drawCloud, type PointFrame, packed, type Raster } from '../../../src/explorer/live/scene/raster.ts';
import { parsedColor } from '../../../src/explorer/live/scene/theme.ts';

const view = viewOf({ x: 0, y: 0, zoom: 1 }, { width: 60, height: 40 });

function drawn(cloud: Pick<PointCloud, 'to'> & Partial<PointCloud>, change: Partial<PointFrame> = {}) {
  const raster: Raster = { width: 120, height: 80, pixels: new Int32Array(120 * 80).fill(-1) };
  const frame = { view, ratio: 2, moved: 1, share: 1, size: 4, opacity: 1, ...change };
  drawCloud(raster, { from: undefined, colors: undefined, ...cloud }, frame, [0, 0, 255]);
  const at = (x: number, y: number) => {
    const pixel = raster.pixels[Math.floor(y * 2) * 120 + Math.floor(x * 2)];
    return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  };
  return { at, covered: raster.pixels.filter((pixel) => pixel !== -1).length };
}

describe('points in an array of pixels', () => {
  it('are round, and where the view says', () => {
    const { at, covered } = drawn({ to: Float32Array.from([0.5, -0.5]) });
    const { x, y } = onScreen(view, { x: 0.5, y: -0.5 });
    expect(at(x, y)).toEqual([0, 0, 255]);
    expect(at(x - 3, y)).toEqual([255, 255, 255]);
    // A disc of eight device pixels: 50, and its soft edge.
    expect(covered).toBeGreaterThan(44);
    expect(covered).toBeLessThan(70);
  });

  it('have their own colors, mixed by opacity', () => {
    const colors = Int32Array.of(packed([200, 100, 0]));
    const { at } = drawn({ to: new Float32Array(2), colors }, { opacity: 0.5 });
    for (const [channel, value] of [228, 178, 128].entries()) {
      expect(Math.abs(at(30, 20)[channel] - value)).toBeLessThan(3);
    }
  });

  it('are cut off at the edges', () => {
    const to = Float32Array.from([1.6, 1.06, -1.6, -1.06, 40, 0, 0, -40]);
    expect(drawn({ to }, { size: 9 }).covered).toBeLessThan(2 * 18 * 18);
    expect(drawn({ to: Float32Array.from([0, 1.05]) }, { size: 9 }).covered).toBeGreaterThan(20);
  });

  it('are on their way, and only a share of them is drawn in a hurry', () => {
    const cloud = { to: Float32Array.from([0.5, 0]), from: new Float32Array(2) };
    const { x } = onScreen(view, { x: 0.25, y: 0 });
    expect(drawn(cloud, { moved: 0.5 }).at(x, 20)).toEqual([0, 0, 255]);
    const many = Float32Array.from({ length: 200 }, (_, at) => Math.sin(at));
    const [all, half] = [1, 0.5].map((share) => drawn({ to: many }, { share, size: 0.5 }).covered);
    expect(half).toBeLessThan(0.6 * all!);
  });
});

describe('colors', () => {
  it('are read as the style sheet writes them', () => {
    expect(parsedColor('#0b6bb0')).toEqual([11, 107, 176]);
    expect(parsedColor('#fff')).toEqual([255, 255, 255]);
    expect(parsedColor('var(--x)')).toEqual([128, 128, 128]);
  });
});
