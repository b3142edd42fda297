// Brings a layout onto another one by the words they share: centerd on them, rotated or reflected by orthogonal
// Procrustes (src/algebra/procrustes.ts), and scaled to the same mean square distance from their center. Not to the
// scale of least squares, which would shrink a map that agrees little with the other.
import { rotationOnto, times } from '../algebra/procrustes.ts';
import { type WordList, wordIndex } from '../vectors/word-vectors.ts';
import type { PlacedWords } from './layout-types.ts';

/**
 * Changes `positions`, (V, 2), where `has` is above 0. Returns the number of shared words; with fewer than two
 * nothing changes.
 */
export function turnBeside(
  positions: Float64Array | Float32Array,
  list: WordList,
  has: ArrayLike<number>,
  beside: PlacedWords,
): number {
  const shared = sharedRows(list, has, beside);
  const own = shared.flatMap(([row]) => Array.from(positions.subarray(row * 2, (row + 1) * 2)));
  const other = shared.flatMap(([, row]) => Array.from(beside.positions.subarray(row * 2, (row + 1) * 2)));
  if (shared.length < 2) return shared.length;
  const [center, target] = [centerOf(own), centerOf(other)];
  own.forEach((value, at) => {
    own[at] = value - center[at % 2];
    other[at] -= target[at % 2];
  });
  const rotation = rotationOnto(own, other, 2);
  const size = Math.hypot(...axisLengths(own));
  const scale = size > 0 ? Math.hypot(...axisLengths(other)) / size : 1;
  for (let row = 0; row < list.words.length; row++) {
    if (!(has[row] > 0)) continue;
    const point = positions.subarray(row * 2, (row + 1) * 2);
    const turned = times(
      rotation,
      point.map((value, axis) => value - center[axis]),
    );
    turned.forEach((value, axis) => {
      point[axis] = value * scale + target[axis];
    });
  }
  return shared.length;
}

/** The rows of the shared words here and there; words without a direction on either side are left out. */
export function sharedRows(list: WordList, has: ArrayLike<number>, beside: PlacedWords): [number, number][] {
  const index = wordIndex(list);
  const { positions } = beside;
  const shared: [number, number][] = [];
  beside.words.forEach((word, there) => {
    const here = index.get(word);
    if (here === undefined || !(has[here] > 0)) return;
    if (positions.subarray(there * 2, (there + 1) * 2).some((value) => value !== 0)) shared.push([here, there]);
  });
  return shared;
}

function centerOf(points: readonly number[]): number[] {
  const center = [0, 0];
  points.forEach((value, at) => {
    center[at % 2] += (value * 2) / points.length;
  });
  return center;
}

/** The norm of each coordinate over all points. */
function axisLengths(points: readonly number[]): number[] {
  const squares = [0, 0];
  points.forEach((value, at) => {
    squares[at % 2] += value * value;
  });
  return squares.map(Math.sqrt);
}
