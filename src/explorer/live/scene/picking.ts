// Which word is at a place of the picture, and which words a lasso holds.
import { boundsOf, isInside, type Polygon } from './lasso.ts';
import { eachOnScreen, type PlacedPoints } from './scene-points.ts';
import type { Viewport } from './view-transform.ts';

export interface Picture {
  matrix: Float64Array;
  viewport: Viewport;
  /** Diameter of a point in CSS pixels. */
  size: number;
}

/** CSS pixels around a point that still belong to it. */
const REACH = 7;
/** Of two points at a place the nearer one counts: a share of the distance from the eye counts like so many pixels. */
const DEPTH = 14;

/** (x, y) in CSS pixels. Two axes: from the index. Three: every point is projected, some 10 ms for a million. */
export function rowAt(points: PlacedPoints, { matrix, viewport, size }: Picture, x: number, y: number) {
  const { width, height } = viewport;
  const reach = REACH + size / 2;
  if (points.axes === 2) {
    const left = ((2 * x) / width - 1 - matrix[12]!) / matrix[0]!;
    const up = (1 - (2 * y) / height - matrix[13]!) / matrix[5]!;
    return points.grid.nearest(left, up, (reach * 2) / (width * matrix[0]!));
  }
  let found: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  eachOnScreen(points, matrix, viewport, (row, point) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance > REACH + size / 2 / point.w) return;
    const cost = distance + DEPTH * point.w;
    if (cost >= least) return;
    least = cost;
    found = row;
  });
  return found;
}

/** Rows inside the polygon, in the order of rows. */
export function rowsInside(points: PlacedPoints, { matrix, viewport }: Picture, polygon: Polygon): number[] {
  if (polygon.length < 3) return [];
  const { left, right, top, bottom } = boundsOf(polygon);
  const rows: number[] = [];
  eachOnScreen(points, matrix, viewport, (row, { x, y }) => {
    if (x < left || x > right || y < top || y > bottom) return;
    if (isInside(polygon, x, y)) rows.push(row);
  });
  return rows;
}
