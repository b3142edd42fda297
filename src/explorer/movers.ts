// How far each word lies from its place on the map of another file, without the movement that all words share: the
// second map is centerd on the first, turned (orthogonal Procrustes, src/algebra/procrustes.ts) and scaled by least
// squares, and the distances that remain are in units of the first map's spread, the root mean square distance from its
// center.
import { rotationOnto, times } from '../algebra/procrustes.ts';

/**
 * (V of file 1) shifts; NaN for words that file 2 lacks.
 *
 * @param first (V of file 1, 2) places
 * @param second (V of file 2, 2) places
 * @param rows (V of file 1) the row of the same word in file 2, or -1
 */
export function relativeShifts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  rows: ArrayLike<number>,
): Float32Array {
  const common = Array.from(rows, (_, row) => row).filter((row) => rows[row] >= 0);
  const shifts = new Float32Array(rows.length).fill(Number.NaN);
  if (common.length === 0) return shifts;
  const there = centerd(common.flatMap((row) => [first[row * 2], first[row * 2 + 1]]));
  const here = centerd(common.flatMap((row) => [second[rows[row] * 2], second[rows[row] * 2 + 1]]));
  const rotation = rotationOnto(here, there, 2);
  const turned = new Float64Array(here.length);
  for (let at = 0; at < here.length; at += 2) turned.set(times(rotation, here.subarray(at, at + 2)), at);
  const scale = product(turned, there) / (product(here, here) || 1);
  const spread = Math.sqrt(product(there, there) / common.length) || 1;
  for (const [at, row] of common.entries()) {
    const [right, up] = [0, 1].map((axis) => turned[at * 2 + axis] * scale - there[at * 2 + axis]);
    shifts[row] = Math.sqrt(right! ** 2 + up! ** 2) / spread;
  }
  return shifts;
}

/** At most `limit` rows with a shift that `isAsked` accepts, furthest first. */
export function movers(shifts: Float32Array, limit: number, isAsked: (row: number) => boolean): number[] {
  const rows = Array.from(shifts.keys()).filter((row) => !Number.isNaN(shifts[row]) && isAsked(row));
  return rows.sort((a, b) => shifts[b] - shifts[a] || a - b).slice(0, limit);
}

function centerd(points: readonly number[]): Float64Array {
  const center = [0, 0];
  for (const [at, value] of points.entries()) center[at % 2] += (value * 2) / points.length;
  return Float64Array.from(points, (value, at) => value - center[at % 2]);
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}
