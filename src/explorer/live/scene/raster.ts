// Draws points into an array of pixels, which then goes onto a canvas. Our own loop needs about a tenth of
// the time that WebGL takes on a processor (docs/performance.md).
import type { View } from './camera.ts';
import type { PointCloud, PointLook } from './points.ts';
import type { Color } from './theme.ts';

/** Pixels as `packed` makes them, row-major. */
export interface Raster {
  width: number;
  height: number;
  pixels: Int32Array;
}

export interface PointFrame extends PointLook {
  view: View;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** 0 .. 1: how far the points have moved to their new places. */
  moved: number;
  /** Share of the points to draw, 0 .. 1. */
  share: number;
}

/** Discs smaller than this, in device pixels, are drawn as squares. */
const SMALL = 3;

/** `own`: of points without colors. */
export function drawCloud(raster: Raster, { to, from, colors }: PointCloud, frame: PointFrame, own: Color): void {
  const { width, height } = raster;
  const { view, ratio, moved, opacity } = frame;
  const [left, top, scale] = [view.left * ratio, view.top * ratio, view.scale * ratio];
  const size = Math.max(1, frame.size * ratio);
  const part = Math.round(opacity * 256);
  const one = packed(own);
  const end = Math.ceil((to.length / 2) * frame.share);
  const draw = size < SMALL ? square : disc;
  for (let at = 0; at < end; at++) {
    let x = to[at * 2];
    let y = to[at * 2 + 1];
    if (from !== undefined && moved < 1) {
      x = from[at * 2] + (x - from[at * 2]) * moved;
      y = from[at * 2 + 1] + (y - from[at * 2 + 1]) * moved;
    }
    const across = left + x * scale;
    const down = top - y * scale;
    if (across < -size || down < -size || across > width + size || down > height + size) continue;
    draw(raster, across, down, size, colors === undefined ? one : colors[at], part);
  }
}

function square({ width, height, pixels }: Raster, x: number, y: number, size: number, color: number, part: number) {
  const side = Math.round(size);
  const left = Math.round(x - side / 2);
  const top = Math.round(y - side / 2);
  for (let line = Math.max(0, top); line < Math.min(height, top + side); line++) {
    for (let column = Math.max(0, left); column < Math.min(width, left + side); column++) {
      const at = line * width + column;
      pixels[at] = mixed(pixels[at], color, part);
    }
  }
}

/** With a soft edge of one pixel. */
function disc({ width, height, pixels }: Raster, x: number, y: number, size: number, color: number, part: number) {
  const radius = size / 2;
  const outside = (radius + 0.5) * (radius + 0.5);
  const full = (radius - 0.5) * (radius - 0.5);
  const left = Math.max(0, Math.floor(x - radius));
  const right = Math.min(width, Math.ceil(x + radius));
  const bottom = Math.min(height, Math.ceil(y + radius));
  for (let line = Math.max(0, Math.floor(y - radius)); line < bottom; line++) {
    const below = (line + 0.5 - y) * (line + 0.5 - y);
    for (let column = left; column < right; column++) {
      const distance = (column + 0.5 - x) * (column + 0.5 - x) + below;
      if (distance >= outside) continue;
      const at = line * width + column;
      pixels[at] = mixed(pixels[at], color, distance <= full ? part : part * (radius + 0.5 - Math.sqrt(distance)));
    }
  }
}

/** 0xAABBGGRR in 32 bits with a sign, as ImageData has pixels on little-endian machines. */
export function packed([red, green, blue]: Color): number {
  return -0x1000000 | (blue << 16) | (green << 8) | red;
}

/** `part` of 256 of the color above. Red and blue in one multiplication, green in another. */
function mixed(below: number, above: number, part: number): number {
  const over = part | 0;
  const rest = 256 - over;
  const ends = (Math.imul(below & 0xff00ff, rest) + Math.imul(above & 0xff00ff, over)) >>> 8;
  const green = (Math.imul(below & 0xff00, rest) + Math.imul(above & 0xff00, over)) >>> 8;
  return -0x1000000 | (ends & 0xff00ff) | (green & 0xff00);
}
