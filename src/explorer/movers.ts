// How far each word lies from its place on the map of another file, without the movement that all words share: the
// second map is centred on the first, turned (orthogonal Procrustes, src/vectors/procrustes.ts) and scaled by least
// squares, and the distances that remain are in units of the first map's spread, the root mean square distance from its
// centre.
import { rotationOnto, times } from '../vectors/procrustes.ts';

/**
 * (V of file 1) shifts; NaN for words that file 2 lacks.
 *
 * @param first (V of file 1, axes) places
 * @param second (V of file 2, axes) places
 * @param rows (V of file 1) the row of the same word in file 2, or -1
 */
export function relativeShifts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  rows: ArrayLike<number>,
  axes: number,
): Float32Array {
  const common = Array.from(rows, (_, row) => row).filter((row) => rows[row]! >= 0);
  const shifts = new Float32Array(rows.length).fill(Number.NaN);
  if (common.length === 0) return shifts;
  const there = centred(
    Float64Array.from(
      { length: common.length * axes },
      placeIn(first, (at) => common[at]!, axes),
    ),
    axes,
  );
  const here = centred(
    Float64Array.from(
      { length: common.length * axes },
      placeIn(second, (at) => rows[common[at]!]!, axes),
    ),
    axes,
  );
  const rotation = rotationOnto(here, there, axes);
  const turned = new Float64Array(here.length);
  for (let at = 0; at < here.length; at += axes) turned.set(times(rotation, here.subarray(at, at + axes)), at);
  const scale = product(turned, there) / (product(here, here) || 1);
  const spread = Math.sqrt(product(there, there) / common.length) || 1;
  for (const [at, row] of common.entries()) {
    let squares = 0;
    for (let place = at * axes; place < (at + 1) * axes; place++)
      squares += (turned[place]! * scale - there[place]!) ** 2;
    shifts[row] = Math.sqrt(squares) / spread;
  }
  return shifts;
}

/** At most `limit` rows with a shift that `isAsked` accepts, furthest first. */
export function movers(shifts: Float32Array, limit: number, isAsked: (row: number) => boolean): number[] {
  const rows = Array.from(shifts.keys()).filter((row) => !Number.isNaN(shifts[row]!) && isAsked(row));
  return rows.sort((a, b) => shifts[b]! - shifts[a]! || a - b).slice(0, limit);
}

const placeIn =
  (positions: ArrayLike<number>, rowOf: (at: number) => number, axes: number) =>
  (_: unknown, at: number): number =>
    positions[rowOf(Math.floor(at / axes)) * axes + (at % axes)]!;

function centred(points: Float64Array, axes: number): Float64Array {
  const centre = new Float64Array(axes);
  for (const [at, value] of points.entries()) centre[at % axes]! += (value * axes) / points.length;
  return points.map((value, at) => value - centre[at % axes]!);
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
