// Brings a layout onto another one by the words they share: centred on them, rotated or reflected by orthogonal
// Procrustes (src/vectors/procrustes.ts), and scaled to the same mean square distance from their centre. Not to the
// scale of least squares, which would shrink a map that agrees little with the other.
import { rotationOnto, times } from '../vectors/procrustes.ts';
import { type WordList, wordIndex } from '../vectors/word-vectors.ts';
import type { PlacedWords } from './layout-types.ts';

/**
 * Changes `positions`, (V, axes), where `has` is above 0. Returns the number of shared words; with fewer than two
 * nothing changes.
 */
export function turnBeside(
  positions: Float64Array | Float32Array,
  list: WordList,
  has: ArrayLike<number>,
  beside: PlacedWords,
): number {
  const { axes } = beside;
  const shared = sharedRows(list, has, beside);
  const own = shared.flatMap(([row]) => Array.from(positions.subarray(row * axes, (row + 1) * axes)));
  const other = shared.flatMap(([, row]) => Array.from(beside.positions.subarray(row * axes, (row + 1) * axes)));
  if (shared.length < 2) return shared.length;
  const [centre, target] = [centreOf(own, axes), centreOf(other, axes)];
  own.forEach((value, at) => {
    own[at] = value - centre[at % axes]!;
    other[at]! -= target[at % axes]!;
  });
  const rotation = rotationOnto(own, other, axes);
  const size = Math.hypot(...axisLengths(own, axes));
  const scale = size > 0 ? Math.hypot(...axisLengths(other, axes)) / size : 1;
  for (let row = 0; row < list.words.length; row++) {
    if (!(has[row]! > 0)) continue;
    const point = positions.subarray(row * axes, (row + 1) * axes);
    const turned = times(
      rotation,
      point.map((value, axis) => value - centre[axis]!),
    );
    turned.forEach((value, axis) => {
      point[axis] = value * scale + target[axis]!;
    });
  }
  return shared.length;
}

/** The rows of the shared words here and there; words without a direction on either side are left out. */
export function sharedRows(list: WordList, has: ArrayLike<number>, beside: PlacedWords): [number, number][] {
  const index = wordIndex(list);
  const { axes, positions } = beside;
  const shared: [number, number][] = [];
  beside.words.forEach((word, there) => {
    const here = index.get(word);
    if (here === undefined || !(has[here]! > 0)) return;
    if (positions.subarray(there * axes, (there + 1) * axes).some((value) => value !== 0)) shared.push([here, there]);
  });
  return shared;
}

function centreOf(points: readonly number[], axes: number): number[] {
  const centre = new Array<number>(axes).fill(0);
  points.forEach((value, at) => {
    centre[at % axes]! += (value * axes) / points.length;
  });
  return centre;
}

/** The norm of each coordinate over all points. */
function axisLengths(points: readonly number[], axes: number): number[] {
  const squares = new Array<number>(axes).fill(0);
  points.forEach((value, at) => {
    squares[at % axes]! += value * value;
  });
  return squares.map(Math.sqrt);
}
