// The dynamic window as a table, so that a batch's windows cross to TensorFlow as two small integers a centre.
//
// A stream's block is W words, T centres, W words. Centre t with `left` words of context has ones at block places
// t + W - left .. t + W - 1 of its row; row (t, left) of the left table holds them, and likewise on the right. The
// sum of the two rows is the centre's context band. `perWord` fills further columns once per context word: skip-gram
// puts negative / K there, so that each centre's negatives weigh `negative` times its positives together.

export interface WindowTables {
  /** (T * (W + 1), columns) each; row t * (W + 1) + n is centre t with n words on that side. */
  left: Float32Array;
  right: Float32Array;
  rows: number;
  columns: number;
}

export function windowTables(centres: number, window: number, extraColumns: number, perWord: number): WindowTables {
  const block = centres + 2 * window;
  const columns = block + extraColumns;
  const rows = centres * (window + 1);
  const table = (side: -1 | 1): Float32Array => {
    const values = new Float32Array(rows * columns);
    for (let t = 0; t < centres; t++) {
      for (let n = 0; n <= window; n++) {
        const row = (t * (window + 1) + n) * columns;
        for (let distance = 1; distance <= n; distance++) values[row + t + window + side * distance] = 1;
        values.fill(n * perWord, row + block, row + columns);
      }
    }
    return values;
  };
  return { left: table(-1), right: table(1), rows, columns };
}
