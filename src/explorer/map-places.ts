// Places of words on the map.

/** (V, axes) Uint16 numbers 0 .. 65535 as -1 .. 1. */
export function positionsOf(numbers: ArrayBuffer): Float32Array {
  const places = new Uint16Array(numbers);
  const positions = new Float32Array(places.length);
  for (let at = 0; at < places.length; at++) positions[at] = (places[at]! / 65535) * 2 - 1;
  return positions;
}

/** What to bring into sight with `row`: those of `others` that are nearest to it on the map, at most `most`. */
export function closestOnMap(
  positions: ArrayLike<number>,
  axes: number,
  row: number,
  others: readonly number[],
  most: number,
): number[] {
  const squared = (other: number) => {
    let sum = 0;
    for (let axis = 0; axis < axes; axis++) {
      sum += (positions[other * axes + axis]! - positions[row * axes + axis]!) ** 2;
    }
    return sum;
  };
  return [...others].sort((a, b) => squared(a) - squared(b)).slice(0, most);
}

const SAMPLE = 20_000; // words looked at
const OUTSIDE = 0.004; // share of the words that may be out of sight on each side
const MARGIN = 0.92;

/** A view of a map of two axes that a few far words do not make small; undefined if that would gain little. */
export function centralView(positions: ArrayLike<number>): { x: number; y: number; zoom: number } | undefined {
  const words = positions.length / 2;
  const step = Math.max(1, Math.floor(words / SAMPLE));
  const [x, y] = [0, 1].map((axis) => {
    const values = new Float64Array(Math.ceil(words / step));
    for (let at = 0; at < values.length; at++) values[at] = positions[2 * at * step + axis]!;
    values.sort();
    const out = Math.floor(values.length * OUTSIDE);
    const [low, high] = [values[out]!, values[values.length - 1 - out]!];
    return { middle: (low + high) / 2, half: (high - low) / 2 };
  }) as [Range, Range];
  const zoom = MARGIN / Math.max(x.half, y.half);
  return zoom > 1.2 && Number.isFinite(zoom) ? { x: x.middle, y: y.middle, zoom } : undefined;
}

interface Range {
  middle: number;
  half: number;
}
