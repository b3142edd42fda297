// The points of a map: where they are, also on the way to new places, in which order and how large they are drawn.
import { eased, type Point } from './camera.ts';
import { type GridIndex, gridIndex } from './grid-index.ts';

/** The words of a map and where they are. */
export interface ScenePoints {
  /** (V, 2) row-major, -1 .. 1. */
  positions: Float32Array;
  /** V words; labels of earlier words come first. */
  words: readonly string[];
  /** (V) 1 for words without a label unless they are asked for, such as stop words; undefined: none. */
  unlabeled?: Uint8Array | undefined;
}

export interface PlacedPoints extends ScenePoints {
  V: number;
  grid: GridIndex;
  /** (V) The order in which they are drawn. */
  order: Uint32Array;
  /** (V, 2) where the points come from, while they move. */
  from: Float32Array | undefined;
  /** 0 .. 1 */
  moved: number;
}

/** Points that are drawn, next to each other in memory in the order of drawing. */
export interface PointCloud {
  /** (n, 2) */
  to: Float32Array;
  /** (n, 2) */
  from: Float32Array | undefined;
  /** (n) as `packed` in raster.ts; undefined: one color for all. */
  colors: Int32Array | undefined;
}

export function placedPoints(points: ScenePoints, before?: PlacedPoints): PlacedPoints {
  const { positions } = points;
  const V = positions.length / 2;
  const from = before?.V === V && V > 0 ? positions.map((_, at) => coordinate(before, at)) : undefined;
  return { ...points, V, grid: gridIndex(positions), order: spreadOrder(V), from, moved: from ? 0 : 1 };
}

function coordinate({ positions, from, moved }: PlacedPoints, at: number): number {
  return from ? from[at] + (positions[at] - from[at]) * moved : positions[at];
}

/** Where a row is at the moment. */
export function placeOf(points: PlacedPoints, row: number): Point {
  return { x: coordinate(points, row * 2), y: coordinate(points, row * 2 + 1) };
}

/** Forgets where the points came from once they are at their new places. */
export function arrive(points: PlacedPoints, share: number): void {
  points.moved = eased(share);
  if (share === 1) points.from = undefined;
}

/**
 * Rows at equal steps around the list, so that any first part of them is a fair sample of frequent and rare words, and
 * no class or frequency lies above the others: 0, s, 2s, ... modulo V with s next to V times the golden ratio and
 * without a common divisor, every row once.
 */
export function spreadOrder(V: number): Uint32Array {
  let step = Math.max(1, Math.round(V * 0.6180339887));
  while (commonDivisor(step, V) > 1) step++;
  const order = new Uint32Array(V);
  for (let at = 1; at < V; at++) order[at] = (order[at - 1] + step) % V;
  return order;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Some rows in the order of drawing. A cloud, because jumps through memory would take five times the drawing's time. */
export function pointCloud(
  { positions, from }: Pick<PlacedPoints, 'positions' | 'from'>,
  rows: ArrayLike<number>,
  colors?: Int32Array,
): PointCloud {
  const n = rows.length;
  const gathered = <T extends Float32Array | Int32Array>(values: T, width: number, result: T): T => {
    for (let at = 0; at < n; at++) {
      for (let axis = 0; axis < width; axis++) result[at * width + axis] = values[rows[at] * width + axis];
    }
    return result;
  };
  return {
    to: gathered(positions, 2, new Float32Array(2 * n)),
    from: from && gathered(from, 2, new Float32Array(2 * n)),
    colors: colors && gathered(colors, 1, new Int32Array(n)),
  };
}

export interface PointLook {
  /** Diameter in CSS pixels. */
  size: number;
  /** 0 .. 1; less where many points overlap, so that dense places look denser. */
  opacity: number;
}

/** How large and how opaque points are drawn: by how far apart they would be if they were spread evenly. */
export function pointLook(V: number, scale: number): PointLook {
  const apart = (2 * scale) / Math.sqrt(Math.max(1, V));
  return {
    size: Math.min(9, Math.max(1, 1.2 * Math.sqrt(apart))),
    opacity: Math.min(1, Math.max(0.3, 0.42 * apart ** 0.4)),
  };
}

/** Milliseconds of drawing the points: a slower picture gets half of them, a quicker one twice as many. */
const SLOW = 20;
const FAST = 8;
const LEAST = 1 / 32;

/** How many of the points are drawn while the picture moves. At rest all are drawn. */
export function pace(): { readonly share: number; took(milliseconds: number): void } {
  let share = 1;
  let recent: number[] = [];
  return {
    get share() {
      return share;
    },
    took(milliseconds) {
      recent.push(milliseconds);
      if (recent.length < 4) return;
      // The quickest: the others may have waited for other programs.
      const quickest = Math.min(...recent);
      recent = [];
      if (quickest > SLOW && share > LEAST) share /= 2;
      else if (quickest < FAST && share < 1) share *= 2;
    },
  };
}
