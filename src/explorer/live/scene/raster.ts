// Draws points into an array of pixels: the Canvas 2D renderer's inner loop. A software WebGL spends far more on each point.
import type { PointCloud } from './point-cloud.ts';
import type { PointFrame } from './point-frame.ts';
import type { Color } from './theme.ts';
import { NEAR } from './view-transform.ts';

/** Pixels as 0xAABBGGRR, row-major, as ImageData has them on little-endian machines. */
export interface Raster {
  width: number;
  height: number;
  pixels: Uint32Array;
  /** Distance of what each pixel shows, for maps of three axes. */
  depths: Float32Array;
}

export function clearRaster(raster: Raster, panel: Color, axes: 2 | 3): void {
  raster.pixels.fill(packed(panel[0], panel[1], panel[2]));
  if (axes === 3) raster.depths.fill(Number.POSITIVE_INFINITY);
}

/** `frame.size` in CSS pixels. */
export function drawPoints(raster: Raster, cloud: PointCloud, frame: PointFrame, own: Color): void {
  const { width, height } = raster;
  const { matrix: m, moved, theme } = frame;
  const { axes, to, from, colors } = cloud;
  const deep = axes === 3;
  const end = Math.ceil(cloud.count * frame.share);
  const diameter = frame.size * frame.ratio;
  for (let at = 0; at < end; at++) {
    let x = to[at * axes]!;
    let y = to[at * axes + 1]!;
    let z = deep ? to[at * axes + 2]! : 0;
    if (from && moved < 1) {
      x = from[at * 3]! + (x - from[at * 3]!) * moved;
      y = from[at * 3 + 1]! + (y - from[at * 3 + 1]!) * moved;
      z = from[at * 3 + 2]! + (z - from[at * 3 + 2]!) * moved;
    }
    const w = deep ? m[3]! * x + m[7]! * y + m[11]! * z + m[15]! : 1;
    if (w < NEAR) continue;
    const across = (0.5 + (0.5 * (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!)) / w) * width;
    const down = (0.5 - (0.5 * (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!)) / w) * height;
    const size = Math.min(40, Math.max(1, diameter / w));
    if (across < -size || down < -size || across > width + size || down > height + size) continue;
    let red = colors ? colors[at * 4]! : own[0];
    let green = colors ? colors[at * 4 + 1]! : own[1];
    let blue = colors ? colors[at * 4 + 2]! : own[2];
    if (deep) {
      const fog = Math.min(0.8, Math.max(0, w - 0.7));
      red += (theme.panel[0] - red) * fog;
      green += (theme.panel[1] - green) * fog;
      blue += (theme.panel[2] - blue) * fog;
    }
    drawDisc(raster, across, down, size, deep ? w : 0, packed(red, green, blue), frame.opacity);
  }
}

function drawDisc(raster: Raster, x: number, y: number, size: number, w: number, color: number, opacity: number): void {
  const { width, height, pixels, depths } = raster;
  const radius = size / 2;
  const small = size < 3;
  const [top, left] = [Math.max(0, Math.round(y - radius)), Math.max(0, Math.round(x - radius))];
  const [bottom, right] = [Math.min(height, Math.round(y + radius)), Math.min(width, Math.round(x + radius))];
  for (let line = top; line < bottom; line++) {
    for (let column = left; column < right; column++) {
      const at = line * width + column;
      if (w > 0 && depths[at]! < w) continue;
      const inside = small ? 1 : radius + 0.5 - Math.hypot(column + 0.5 - x, line + 0.5 - y);
      if (inside <= 0) continue;
      pixels[at] = mixed(pixels[at]!, color, opacity * Math.min(1, inside));
      if (w > 0) depths[at] = w;
    }
  }
}

const packed = (red: number, green: number, blue: number) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;

/** Red and blue in one multiplication, green in another; opacity in steps of 1/256. */
function mixed(below: number, above: number, opacity: number): number {
  const part = Math.round(opacity * 256);
  const rest = 256 - part;
  const ends = (Math.imul(below & 0xff00ff, rest) + Math.imul(above & 0xff00ff, part)) >>> 8;
  const green = (Math.imul(below & 0xff00, rest) + Math.imul(above & 0xff00, part)) >>> 8;
  return (0xff000000 | (ends & 0xff00ff) | (green & 0xff00)) >>> 0;
}
