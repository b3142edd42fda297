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
    const beside = Math.max(0, Math.hypot(point.x - x, point.y - y) - size / 2 / point.w);
    if (beside > REACH) return;
    // Of points that cover the place the nearest to the eye, which is the one that is seen; else the least far beside
    // it.
    const cost = beside < 1 ? -1 / point.w : beside;
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
