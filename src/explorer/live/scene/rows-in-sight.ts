// The most frequent words whose points are in sight: who gets a label, at any zoom, among millions.
import type { Box, GridIndex } from './grid-index.ts';
import { NEAR, projectInto, type Viewport } from './view-transform.ts';

/** Of a map of two axes: the first `most` rows inside the box, in the order of rows. */
export function rowsInBox(positions: Float32Array, grid: GridIndex, box: Box, most: number): number[] {
  const V = positions.length / 2;
  const found: number[] = [];
  const take = (row: number) => {
    const [x, y] = [positions[row * 2]!, positions[row * 2 + 1]!];
    if (x >= box.left && x <= box.right && y >= box.bottom && y <= box.top) found.push(row);
    return found.length < most;
  };
  // Either all rows in order until enough are found, or those of the cells in sight, sorted: whichever looks at fewer.
  const near = grid.countNear(box);
  if (near > 0 && most * (V / near) < near) {
    for (let row = 0; row < V && take(row); row++);
  } else {
    for (const row of grid.rowsNear(box).sort()) if (!take(row)) break;
  }
  return found;
}

/** Of a map of three axes: looks at the first `looked` rows only, because each must be projected. */
export function rowsInSpace(
  positions: Float32Array,
  matrix: Float64Array,
  { width, height }: Viewport,
  most: number,
  looked: number,
): number[] {
  const V = Math.min(positions.length / 3, looked);
  const found: number[] = [];
  const point = { x: 0, y: 0, w: 1 };
  for (let row = 0; row < V && found.length < most; row++) {
    const at = row * 3;
    projectInto(point, matrix, width, height, positions[at]!, positions[at + 1]!, positions[at + 2]!);
    if (point.w > NEAR && point.x >= 0 && point.x <= width && point.y >= 0 && point.y <= height) found.push(row);
  }
  return found;
}
