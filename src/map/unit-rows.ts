// The rows that have a direction, made to length 1, as the neighbor search takes them.
import type { Steps } from '../base/steps.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

export interface UnitRows {
  /** (n) rows of the vectors with a direction, increasing. */
  rows: Int32Array;
  /** D */
  dimensions: number;
  /** Writes component `column` of the `at`-th of these rows to target[to + column * stride], for all columns. */
  copy(at: number, target: Float32Array, to: number, stride: number): void;
}

export function* unitRows(vectors: WordVectors): Steps<UnitRows> {
  const { matrix, dimensions, words } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const rows = Int32Array.from(words.keys()).filter((row) => inverse[row] > 0); // NaN fails too
  return {
    rows,
    dimensions,
    copy(at, target, to, stride) {
      const start = rows[at] * dimensions;
      const scale = inverse[rows[at]];
      for (let column = 0; column < dimensions; column++) target[to + column * stride] = matrix[start + column] * scale;
    },
  };
}
