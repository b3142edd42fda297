// Subtracts the mean of all rows, a direction that they share whatever their words are: v - (1/V) sum v
// (Mu & Viswanath 2018, without the removal of further directions).
//
// With subwords a word's vector is the mean of its own row and those of its n-grams, so that the mean taken from every
// row, the own and the n-grams', moves each word by the mean, and so a composed one: no row more is needed, and
// fastText composes the same. An n-gram that training did not see stays at zero, which now is the middle: a word of
// which it saw only some n-grams moves by that share of the mean.
import { finish, STEP_WORK, type Steps } from '../base/steps.ts';
import { checkVectors, type WordVectors } from './word-vectors.ts';

type Rows = Pick<WordVectors, 'matrix' | 'dimensions'>;

/**
 * (D) The mean of the rows, summed in doubles; of those of `rows`, or of all. Rows with NaN or infinity do not count;
 * zeros where none is left.
 */
export function* meanSteps({ matrix, dimensions }: Rows, rows?: Int32Array): Steps<Float64Array> {
  const sum = new Float64Array(dimensions);
  const count = rows?.length ?? matrix.length / dimensions;
  const together = Math.ceil(STEP_WORK / dimensions);
  let finite = 0;
  for (let at = 0; at < count; at++) {
    const from = (rows === undefined ? at : rows[at]) * dimensions;
    if (at % together === 0) yield;
    if (!isFiniteRow(matrix, from, dimensions)) continue;
    finite++;
    for (let column = 0; column < dimensions; column++) sum[column] += matrix[from + column];
  }
  return sum.map((value) => value / Math.max(1, finite));
}

function isFiniteRow(matrix: Float32Array, from: number, dimensions: number): boolean {
  let zero = 0;
  for (let at = from; at < from + dimensions; at++) zero += 0 * matrix[at];
  return zero === 0;
}

/** Subtracts the mean of the words' rows in place, from the rows of n-grams, too. Returns the mean, (D). */
export function* centerSteps(vectors: WordVectors): Steps<Float64Array> {
  const mean = yield* meanSteps(vectors);
  yield* shiftSteps(vectors, mean, -1);
  return mean;
}

/** Adds `times` the shift to every row in place, also to those of n-grams. */
export function* shiftSteps(
  { matrix, dimensions, subwords }: WordVectors,
  shift: ArrayLike<number>,
  times: number,
): Steps<void> {
  const together = dimensions * Math.ceil(STEP_WORK / dimensions);
  for (const rows of subwords === undefined ? [matrix] : [matrix, subwords.matrix]) {
    for (let from = 0; from < rows.length; from += dimensions) {
      for (let column = 0; column < dimensions; column++) rows[from + column] += times * shift[column];
      if (from % together === 0) yield;
    }
  }
}

/**
 * The same vectors minus the mean of all rows: a copy, with the norms of `vectors` left out. Of vectors with subwords
 * composed words move along.
 */
export function centerVectors(vectors: WordVectors): WordVectors {
  checkVectors(vectors);
  const { norms: _ofOther, subwords, ...rest } = vectors;
  const centered: WordVectors = {
    ...rest,
    matrix: vectors.matrix.slice(),
    ...(subwords && { subwords: { ...subwords, matrix: subwords.matrix.slice() } }),
  };
  finish(centerSteps(centered));
  return centered;
}
