// The second step of smooth inverse frequency (Arora, Liang & Ma 2017, algorithm 1): with X the (N, D) matrix of the
// texts' vectors and u its first right singular vector, v <- v - u u^T v. X is not centerd. u is the leading
// eigenvector of X^T X; with R components, the R leading ones.
//
// Of more than 65,536 texts, a random 65,536 decide (reservoir sampling, Vitter 1985, algorithm R, with a fixed seed),
// so that memory and time are bounded and a stream will do.

import { symmetricEigen } from '../algebra/symmetric-eigen.ts';
import { usage, type W2vError } from '../base/errors.ts';
import { counted } from '../base/format-numbers.ts';
import { createRandom } from '../base/random.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';

export const SAMPLED_TEXTS = 1 << 16;

const SEED = 1;
const FIRST = 1024; // rows of memory at the start; it doubles

/** A sample of vectors that are not zero. */
export interface TextSample {
  add(matrix: Float32Array, offset: number): void;
  /** (R, D) row-major, orthonormal. Throws `usage` unless there are more texts than components. */
  components(count: number): Steps<Float64Array>;
}

export function createTextSample(dimensions: number): TextSample {
  const random = createRandom(SEED);
  let rows = new Float32Array(FIRST * dimensions);
  let seen = 0;
  return {
    add(matrix, offset) {
      const row = matrix.subarray(offset, offset + dimensions);
      if (row.every((value) => value === 0)) return;
      const place = seen < SAMPLED_TEXTS ? seen : random.below(seen + 1);
      seen++;
      if (place >= SAMPLED_TEXTS) return;
      if ((place + 1) * dimensions > rows.length) {
        const wider = new Float32Array(2 * rows.length);
        wider.set(rows);
        rows = wider;
      }
      rows.set(row, place * dimensions);
    },
    *components(count) {
      const held = Math.min(seen, SAMPLED_TEXTS);
      if (held <= count || dimensions <= count) throw tooFew(count, held, dimensions);
      const { vectors } = yield* symmetricEigen(yield* secondMoments(rows, held, dimensions), dimensions);
      return vectors.slice(0, count * dimensions);
    },
  };
}

/** (D, D) X^T X of `count` rows. */
function* secondMoments(rows: Float32Array, count: number, dimensions: number): Steps<Float64Array> {
  const moments = new Float64Array(dimensions * dimensions);
  const addRow = (from: number) => {
    for (let i = 0; i < dimensions; i++) {
      const value = rows[from + i];
      const to = i * dimensions;
      for (let j = 0; j <= i; j++) moments[to + j] += value * rows[from + j];
    }
  };
  const together = Math.ceil(STEP_WORK / dimensions ** 2);
  for (let row = 0; row < count; row++) {
    addRow(row * dimensions);
    if (row % together === 0) yield;
  }
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < i; j++) moments[j * dimensions + i] = moments[i * dimensions + j];
  }
  return moments;
}

const ROUNDING = 1e-6; // of the length of a vector: what is left of one that lies in the components

/** v <- v - sum of u u^T v over the rows u of `components`, for D numbers of `vector` from `offset` on. */
export function removeComponents(
  vector: Float32Array,
  offset: number,
  components: Float64Array,
  dimensions: number,
): void {
  const before = squares(vector, offset, dimensions);
  for (let from = 0; from < components.length; from += dimensions) {
    let product = 0;
    for (let at = 0; at < dimensions; at++) product += components[from + at] * vector[offset + at];
    for (let at = 0; at < dimensions; at++) vector[offset + at] -= product * components[from + at];
  }
  // Rounding errors have no direction of their own.
  if (squares(vector, offset, dimensions) <= ROUNDING ** 2 * before) vector.fill(0, offset, offset + dimensions);
}

function squares(vector: Float32Array, offset: number, dimensions: number): number {
  let sum = 0;
  for (let at = offset; at < offset + dimensions; at++) sum += vector[at] ** 2;
  return sum;
}

function tooFew(count: number, texts: number, dimensions: number): W2vError {
  const few =
    dimensions <= count
      ? `${count} components of vectors with ${dimensions} dimensions cannot be removed`
      : `${counted(texts, 'text')} with known words: expected at least ${count + 1} to find ${counted(count, 'component')}`;
  return usage(few, 'give more texts, or remove none ({ removeComponents: 0 })');
}
