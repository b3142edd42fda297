// Which word is at a place of the picture, and which words a lasso holds.
import { onMap, type Point, type View } from './camera.ts';
import type { PlacedPoints } from './points.ts';

/** Corners in CSS pixels. */
export type Polygon = readonly Point[];

/** CSS pixels around a point that still belong to it. */
const REACH = 7;

/** `place` in CSS pixels; `size`: diameter of a point. */
export function rowAt({ grid }: PlacedPoints, view: View, size: number, place: Point): number | undefined {
  const { x, y } = onMap(view, place);
  return grid.nearest(x, y, (REACH + size / 2) / view.scale);
}

/** Rows inside the polygon, in the order of rows. */
export function rowsInside({ positions, V }: PlacedPoints, view: View, polygon: Polygon): number[] {
  if (polygon.length < 3) return [];
  const corners = polygon.map((corner) => onMap(view, corner));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const rows: number[] = [];
  for (let row = 0; row < V; row++) {
    const [x, y] = [positions[row * 2], positions[row * 2 + 1]];
    if (x >= left && x <= right && y >= bottom && y <= top && isInside(corners, x, y)) rows.push(row);
  }
  return rows;
}

/** Even-odd rule: a ray to the right crosses the closed polygon's sides an odd number of times. */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let at = 0, before = polygon.length - 1; at < polygon.length; before = at++) {
    const [a, b] = [polygon[at], polygon[before]];
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}

/** Leaves out corners closer than `step` pixels to the one before: a slow hand makes thousands. */
export function withCorner(polygon: Polygon, corner: Point, step = 3): Polygon {
  const last = polygon.at(-1);
  return last && Math.hypot(corner.x - last.x, corner.y - last.y) < step ? polygon : [...polygon, corner];
}
