// Where training starts: input vectors uniform over (-1/2, 1/2) / D, output vectors zero (word2vec.c).
import { createRandom } from '../random.ts';

/** Fills `rows` (n, D), which are the rows of a (V, D) matrix from number `first` on. Called for all rows, in order. */
export type FillRows = (rows: Float32Array, first: number) => void;

export interface InitialRows {
  input: FillRows;
  /** Zeros where it is left out. */
  output?: FillRows;
}

export function initialRows(D: number, seed: number): InitialRows {
  const random = createRandom(seed);
  return {
    input(rows) {
      for (let i = 0; i < rows.length; i++) rows[i] = (random.float() - 0.5) / D;
    },
  };
}
