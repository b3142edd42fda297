// The points in the order in which they are drawn. Rows are taken at equal steps around the list, so that any first
// part of them is a fair sample of frequent and rare words, and no class or frequency lies above the others.
import type { ScenePoints } from './map-points.ts';

export interface PointCloud {
  /** V */
  count: number;
  axes: 2 | 3;
  /** (V) row of the point drawn at each place. */
  order: Uint32Array;
  /** (V, axes) in drawing order. */
  to: Float32Array;
  /** (V, 3) in drawing order: where the points come from while they move. */
  from?: Float32Array | undefined;
  /** (V, 4) red, green, blue, 255 in drawing order; undefined: the style's own colour. */
  colors?: Uint8Array | undefined;
}

/** `from`: (V, 3) where each row was before. */
export function pointCloud(points: ScenePoints, from?: Float32Array): PointCloud {
  const { axes, positions } = points;
  const count = positions.length / axes;
  const order = spreadOrder(count);
  return { count, axes, order, to: gathered(positions, axes, order), from: from && gathered(from, 3, order) };
}

export function cloudColors(colors: Uint8Array, order: Uint32Array): Uint8Array {
  const result = new Uint8Array(order.length * 4);
  for (let at = 0; at < order.length; at++) {
    const source = order[at]! * 3;
    result[at * 4] = colors[source]!;
    result[at * 4 + 1] = colors[source + 1]!;
    result[at * 4 + 2] = colors[source + 2]!;
    result[at * 4 + 3] = 255;
  }
  return result;
}

/** 0, s, 2s, ... modulo V with s next to V times the golden ratio and without a common divisor: every row once. */
export function spreadOrder(V: number): Uint32Array {
  let step = Math.max(1, Math.round(V * 0.6180339887));
  while (commonDivisor(step, V) > 1) step++;
  const order = new Uint32Array(V);
  let row = 0;
  for (let at = 0; at < V; at++) {
    order[at] = row;
    row = (row + step) % V;
  }
  return order;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Rows of `width` numbers in another order. */
export function gathered(values: Float32Array, width: number, order: ArrayLike<number>): Float32Array {
  const result = new Float32Array(order.length * width);
  for (let at = 0; at < order.length; at++) {
    for (let axis = 0; axis < width; axis++) result[at * width + axis] = values[order[at]! * width + axis]!;
  }
  return result;
}

/** Some of the rows, to be drawn above the others. `colors`: (V, 3). */
export function chosenCloud(
  points: ScenePoints & { from?: Float32Array | undefined },
  rows: readonly number[],
  colors?: Uint8Array,
): PointCloud {
  const { axes, positions, from } = points;
  const order = Uint32Array.from(rows);
  return {
    count: order.length,
    axes,
    order,
    to: gathered(positions, axes, order),
    from: from && gathered(from, 3, order),
    colors: colors && cloudColors(colors, order),
  };
}
