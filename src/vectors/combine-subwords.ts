// The n-grams of one part of combined vectors: each row minus the part's mean, times the part's weight / the mean length
// of its centered rows, and 0 in the dimensions of the other parts. The cosine of a composed word with any word is then
// that of the part times the part's weight: the order of its neighbors is the part's.
import type { Steps } from '../base/steps.ts';
import { BLOCK_ROWS } from './moments.ts';
import type { SubwordVectors } from './subword-vectors.ts';
import type { WordVectors } from './word-vectors.ts';

export interface Place {
  /** (d) of the part's rows. */
  mean: Float64Array;
  weight: number;
  /** The first dimension of the part, of D in all. */
  offset: number;
  D: number;
}

/** @param rows of the part, those of the combined words in their order */
export function* placedSubwords(part: WordVectors, rows: Int32Array, place: Place): Steps<SubwordVectors> {
  const { matrix: from, trained, ...rest } = part.subwords!;
  const { mean, weight, offset, D } = place;
  const { dimensions } = part;
  const length = yield* meanLength(part, rows, mean);
  const scale = length > 0 ? weight / length : 0;
  const ngrams = from.length / dimensions;
  const matrix = new Float32Array(ngrams * D);
  for (let row = 0; row < ngrams; row++) {
    for (let column = 0; column < dimensions; column++) {
      matrix[row * D + offset + column] = scale * (from[row * dimensions + column] - mean[column]);
    }
    if (row % BLOCK_ROWS === 0) yield;
  }
  if (trained === undefined) return { ...rest, matrix };
  const counts = Float64Array.from(rows, (row) => trained.counts[row]);
  // What one part's output matrix predicts, it does not predict from all of them.
  return { ...rest, matrix, trained: { ...trained, counts, output: new Float32Array(rows.length * D) } };
}

/** Of the rows minus the mean; those with NaN or infinity do not count. */
function* meanLength({ matrix, dimensions }: WordVectors, rows: Int32Array, mean: Float64Array): Steps<number> {
  let [sum, finite] = [0, 0];
  for (const [at, row] of rows.entries()) {
    let squares = 0;
    for (let column = 0; column < dimensions; column++) {
      squares += (matrix[row * dimensions + column] - mean[column]) ** 2;
    }
    if (at % BLOCK_ROWS === 0) yield;
    if (!(squares < Number.POSITIVE_INFINITY)) continue;
    sum += Math.sqrt(squares);
    finite++;
  }
  return sum / Math.max(1, finite);
}
