// The camera that shows the whole map. A few far words would make all others small, so that it fits all but a few
// thousandths.
import type { Camera } from '../../state.ts';
import { bounded, type Seen } from './camera-moves.ts';

/** Share of the words that may lie outside at each end of an axis. */
const OUTSIDE = 0.002;
/** At most so many words, at equal steps through the list. */
const LOOKED = 20_000;
/** Free space around the words, as a factor. */
const MARGIN = 1.06;

/**
 * `positions`: (V, axes). A map of three axes is seen a little from the side and from above, so that its depth shows.
 */
export function wholeMap(positions: Float32Array, seen: Seen): Camera {
  const { axes, viewport } = seen;
  const step = Math.max(1, Math.floor(positions.length / axes / LOOKED));
  const column = (axis: number) => {
    const values: number[] = [];
    for (let at = axis; at < positions.length; at += step * axes) values.push(positions[at]!);
    return values;
  };
  const ranges = Array.from({ length: axes }, (_, axis) => middleRange(column(axis), OUTSIDE));
  const [x, y, z] = [0, 1, 2].map((axis) => middle(ranges[axis])) as [number, number, number];
  const shorter = Math.min(viewport.width, viewport.height) || 1;
  if (axes === 2) {
    const [across, down] = [(viewport.width || 1) / shorter, (viewport.height || 1) / shorter];
    const zoom = Math.min(
      ...ranges.map((range, axis) => ((axis === 0 ? across : down) * 2) / (length(range) * MARGIN)),
    );
    return bounded({ x, y, z: 0, zoom, yaw: 0, pitch: 0 }, seen);
  }
  const [xs, ys, zs] = [column(0), column(1), column(2)];
  const distances = xs.map((value, at) => Math.hypot(value - x, ys[at]! - y, zs[at]! - z));
  const [, radius] = middleRange(distances, 2 * OUTSIDE);
  return bounded({ x, y, z, zoom: 1 / ((radius || 1) * MARGIN), yaw: 0.5, pitch: 0.3 }, seen);
}

/** Between the quantiles `outside` and 1 - `outside`. */
export function middleRange(values: readonly number[], outside: number): [least: number, most: number] {
  if (values.length === 0) return [-1, 1];
  const sorted = Float64Array.from(values).sort();
  const at = Math.floor(outside * (sorted.length - 1));
  return [sorted[at]!, sorted[sorted.length - 1 - at]!];
}

const middle = (range: readonly [number, number] | undefined) => (range ? (range[0] + range[1]) / 2 : 0);
const length = ([least, most]: readonly [number, number]) => (most > least ? most - least : 2);
