// The points of a scene: their index by place, and the way to their new places after a change of the map.
import { eased } from './camera-moves.ts';
import { type GridIndex, gridIndex } from './grid-index.ts';
import type { ScenePoints } from './map-points.ts';
import { type PointCloud, pointCloud } from './point-cloud.ts';
import { NEAR, projectInto, type ScreenPoint, type Viewport } from './view-transform.ts';

export interface PlacedPoints extends ScenePoints {
  V: number;
  cloud: PointCloud;
  /** By the first two coordinates; of use for maps of two axes. */
  grid: GridIndex;
  /** (V, 3) where the points come from, while they move. */
  from: Float32Array | undefined;
  /** 0 .. 1 */
  moved: number;
}

export function placedPoints(points: ScenePoints, before?: PlacedPoints): PlacedPoints {
  const V = points.positions.length / points.axes;
  const from = before && before.V === V && V > 0 ? currentPlaces(before) : undefined;
  const grid = gridIndex(points.positions, points.axes);
  return { ...points, V, cloud: pointCloud(points, from), grid, from, moved: from ? 0 : 1 };
}

/** (V, 3) */
function currentPlaces(points: PlacedPoints): Float32Array {
  const places = new Float32Array(points.V * 3);
  for (let row = 0; row < points.V; row++) {
    for (let axis = 0; axis < 3; axis++) places[row * 3 + axis] = coordinate(points, row, axis);
  }
  return places;
}

function coordinate({ axes, positions, from, moved }: PlacedPoints, row: number, axis: number): number {
  const to = axis < axes ? positions[row * axes + axis]! : 0;
  const start = from?.[row * 3 + axis];
  return start === undefined ? to : start + (to - start) * moved;
}

/** x, y and z of a row, where it is at the moment. */
export function placeOf(points: PlacedPoints, row: number): [number, number, number] {
  return [coordinate(points, row, 0), coordinate(points, row, 1), coordinate(points, row, 2)];
}

/** Forgets where the points came from once they are at their new places. */
export function arrive(points: PlacedPoints, share: number): void {
  points.moved = eased(share);
  if (share < 1) return;
  points.from = undefined;
  points.cloud = { ...points.cloud, from: undefined };
}

/** Undefined behind the eye. */
export function screenPoint(
  points: PlacedPoints,
  row: number,
  matrix: Float64Array,
  { width, height }: Viewport,
): ScreenPoint | undefined {
  const point = { x: 0, y: 0, w: 1 };
  projectInto(point, matrix, width, height, ...placeOf(points, row));
  return point.w < NEAR ? undefined : point;
}

/** Calls `visit` with each point in front of the eye; the same object each time. */
export function eachOnScreen(
  { positions, axes, V }: PlacedPoints,
  matrix: Float64Array,
  { width, height }: Viewport,
  visit: (row: number, point: ScreenPoint) => void,
): void {
  const point = { x: 0, y: 0, w: 1 };
  for (let row = 0; row < V; row++) {
    const at = row * axes;
    projectInto(point, matrix, width, height, positions[at]!, positions[at + 1]!, axes === 3 ? positions[at + 2]! : 0);
    if (point.w >= NEAR) visit(row, point);
  }
}
