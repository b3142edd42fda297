// Where a point of the map appears on the screen: a 4 x 4 matrix, parallel for maps of two axes, in perspective for
// three.
import type { Camera } from '../../state.ts';

/** Size of the picture in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
}

/** On the screen, in CSS pixels from the left and the top; `w`: distance from the eye, 1 at the camera's middle. */
export interface ScreenPoint {
  x: number;
  y: number;
  w: number;
}

/** Distance of the eye from the middle, in half widths of the map, at zoom 1. */
const EYE = 3.2;
/** Nothing closer to the eye than this share of the distance of the middle is drawn. */
export const NEAR = 0.08;
/** Share of the shorter side of the picture that the whole map takes; a map of three axes needs room to turn. */
const FILLED = { 2: 0.94, 3: 0.85 };

/** CSS pixels a unit of the map takes, at the camera's middle. */
export function pixelsPerUnit(zoom: number, axes: 2 | 3, { width, height }: Viewport): number {
  return (zoom * FILLED[axes] * Math.min(width, height)) / 2;
}

type Vector = readonly [number, number, number];

/** The camera's directions in the map: to the right, up, and towards the eye. */
export function directions(camera: Camera, axes: 2 | 3): { right: Vector; up: Vector; back: Vector } {
  const [yaw, pitch] = axes === 3 ? [camera.yaw, camera.pitch] : [0, 0];
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return {
    right: [cosYaw, 0, sinYaw],
    up: [sinPitch * sinYaw, cosPitch, -sinPitch * cosYaw],
    back: [-cosPitch * sinYaw, sinPitch, cosPitch * cosYaw],
  };
}

/** Column-major, map coordinates to WebGL's clip coordinates. Of two axes, w is 1 everywhere. */
export function viewMatrix(camera: Camera, axes: 2 | 3, viewport: Viewport): Float64Array {
  const { right, up, back } = directions(camera, axes);
  const scale = pixelsPerUnit(camera.zoom, axes, viewport);
  const closer = axes === 3 ? camera.zoom / EYE : 0;
  const far = 2 + 4 * closer;
  const [depth, shift] = axes === 3 ? [(far + NEAR) / (far - NEAR), (-2 * far * NEAR) / (far - NEAR)] : [0, 0];
  const matrix = new Float64Array(16);
  const middle = [camera.x, camera.y, axes === 3 ? camera.z : 0];
  matrix[14] = depth + shift;
  matrix[15] = 1;
  for (let axis = 0; axis < 3; axis++) {
    const column = [
      (right[axis]! * 2 * scale) / viewport.width,
      (up[axis]! * 2 * scale) / viewport.height,
      -back[axis]! * closer * depth,
      -back[axis]! * closer,
    ];
    for (let row = 0; row < 4; row++) {
      matrix[axis * 4 + row] = column[row]!;
      matrix[12 + row] = matrix[12 + row]! - column[row]! * middle[axis]!;
    }
  }
  return matrix;
}

/** `into` saves an object per point; a point behind the eye has w < NEAR. */
export function projected(
  m: Float64Array,
  { width, height }: Viewport,
  [x, y, z]: ArrayLike<number> & Iterable<number>,
  into: ScreenPoint = { x: 0, y: 0, w: 1 },
): ScreenPoint {
  return projectInto(into, m, width, height, x!, y!, z ?? 0);
}

export function projectInto(
  into: ScreenPoint,
  m: Float64Array,
  width: number,
  height: number,
  x: number,
  y: number,
  z: number,
): ScreenPoint {
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  into.x = (0.5 + (0.5 * (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!)) / w) * width;
  into.y = (0.5 - (0.5 * (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!)) / w) * height;
  into.w = w;
  return into;
}
