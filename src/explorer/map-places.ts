// Places of words on the map.

/** (V, 2) Uint16 numbers 0 .. 65535 as -1 .. 1. */
export function positionsOf(numbers: ArrayBuffer): Float32Array {
  const places = new Uint16Array(numbers);
  const positions = new Float32Array(places.length);
  for (let at = 0; at < places.length; at++) positions[at] = (places[at] / 65535) * 2 - 1;
  return positions;
}

/** What to bring into sight with `row`: those of `others` that are nearest to it on the map, at most `most`. */
export function closestOnMap(
  positions: ArrayLike<number>,
  row: number,
  others: readonly number[],
  most: number,
): number[] {
  const squared = (other: number) =>
    (positions[other * 2] - positions[row * 2]) ** 2 + (positions[other * 2 + 1] - positions[row * 2 + 1]) ** 2;
  return [...others].sort((a, b) => squared(a) - squared(b)).slice(0, most);
}
