// Draws points into an array of pixels: the Canvas 2D renderer's inner loop. A software WebGL spends far more on each
// point.
import type { PointCloud } from './point-cloud.ts';
import type { PointFrame } from './point-frame.ts';
import type { Color } from './theme.ts';
import { NEAR } from './view-transform.ts';

/** Pixels as 0xAABBGGRR in 32 bits with a sign, row-major, as ImageData has them on little-endian machines. */
export interface Raster {
  width: number;
  height: number;
  pixels: Int32Array;
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
  const { matrix, moved, theme } = frame;
  const { axes, to, from, colors } = cloud;
  const deep = axes === 3;
  const [a, b, c, d] = lineOf(matrix, 0, width / 2);
  const [e, f, g, h] = lineOf(matrix, 1, -height / 2);
  const [k, l, m, n] = lineOf(matrix, 3, 1);
  const [middle, half] = [width / 2, height / 2];
  const { dot, disc } = painters(raster, frame.opacity);
  const [red, green, blue] = own;
  const [panelRed, panelGreen, panelBlue] = theme.panel;
  const end = Math.ceil(cloud.count * frame.share);
  const diameter = frame.size * frame.ratio;
  for (let at = 0; at < end; at++) {
    let x = to[at * axes]!;
    let y = to[at * axes + 1]!;
    let z = deep ? to[at * axes + 2]! : 0;
    if (from !== undefined && moved < 1) {
      x = from[at * 3]! + (x - from[at * 3]!) * moved;
      y = from[at * 3 + 1]! + (y - from[at * 3 + 1]!) * moved;
      z = from[at * 3 + 2]! + (z - from[at * 3 + 2]!) * moved;
    }
    const w = deep ? k * x + l * y + m * z + n : 1;
    if (w < NEAR) continue;
    const across = middle + (a * x + b * y + c * z + d) / w;
    const down = half + (e * x + f * y + g * z + h) / w;
    const size = Math.min(40, Math.max(1, diameter / w));
    if (across < -size || down < -size || across > width + size || down > height + size) continue;
    let color =
      colors === undefined
        ? packed(red, green, blue)
        : packed(colors[at * 4]!, colors[at * 4 + 1]!, colors[at * 4 + 2]!);
    if (deep) color = mixed(color, packed(panelRed, panelGreen, panelBlue), Math.min(0.8, Math.max(0, w - 0.7)) * 256);
    if (size < SMALL) dot(across, down, Math.round(size), deep ? w : 0, color);
    else disc(across, down, size, deep ? w : 0, color);
  }
}

/** Discs smaller than this, in device pixels, are drawn as squares. */
const SMALL = 3;

/** The row of the matrix that gives a coordinate on the screen, scaled to pixels. */
function lineOf(matrix: Float64Array, row: number, scale: number): [number, number, number, number] {
  return [0, 4, 8, 12].map((column) => matrix[column + row]! * scale) as [number, number, number, number];
}

/** `w`: distance from the eye for maps of three axes, where what is nearer hides the rest; 0 for maps of two. */
function painters({ width, height, pixels, depths }: Raster, opacity: number) {
  const part = Math.round(opacity * 256);

  function dot(x: number, y: number, size: number, w: number, color: number): void {
    const left = Math.round(x - size / 2);
    const top = Math.round(y - size / 2);
    for (let line = Math.max(0, top); line < Math.min(height, top + size); line++) {
      for (let column = Math.max(0, left); column < Math.min(width, left + size); column++) {
        const at = line * width + column;
        if (w > 0) {
          if (depths[at]! < w) continue;
          depths[at] = w;
        }
        pixels[at] = mixed(pixels[at]!, color, part);
      }
    }
  }

  function disc(x: number, y: number, size: number, w: number, color: number): void {
    const radius = size / 2;
    const outside = (radius + 0.5) * (radius + 0.5);
    const full = (radius - 0.5) * (radius - 0.5);
    const top = Math.max(0, Math.floor(y - radius));
    const left = Math.max(0, Math.floor(x - radius));
    const bottom = Math.min(height, Math.ceil(y + radius));
    const right = Math.min(width, Math.ceil(x + radius));
    for (let line = top; line < bottom; line++) {
      const below = (line + 0.5 - y) * (line + 0.5 - y);
      for (let column = left; column < right; column++) {
        const distance = (column + 0.5 - x) * (column + 0.5 - x) + below;
        if (distance >= outside) continue;
        const at = line * width + column;
        if (w > 0) {
          if (depths[at]! < w) continue;
          depths[at] = w;
        }
        pixels[at] = mixed(pixels[at]!, color, distance <= full ? part : part * (radius + 0.5 - Math.sqrt(distance)));
      }
    }
  }

  return { dot, disc };
}

function packed(red: number, green: number, blue: number): number {
  return -0x1000000 | (blue << 16) | (green << 8) | red;
}

/** `part` of 256 of the colour above. Red and blue in one multiplication, green in another. */
function mixed(below: number, above: number, part: number): number {
  const over = part | 0;
  const rest = 256 - over;
  const ends = (Math.imul(below & 0xff00ff, rest) + Math.imul(above & 0xff00ff, over)) >>> 8;
  const green = (Math.imul(below & 0xff00, rest) + Math.imul(above & 0xff00, over)) >>> 8;
  return -0x1000000 | (ends & 0xff00ff) | (green & 0xff00);
}
