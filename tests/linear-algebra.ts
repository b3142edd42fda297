// Small dense matrices as lists of rows, and their decompositions by Jacobi's rotations: other ways than those of src.

export type Rows = number[][];

export const make = (rows: number, columns: number, valueAt: (row: number, column: number) => number): Rows =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_each, column) => valueAt(row, column)));

export const rowsOf = (flat: ArrayLike<number>, rows: number, columns: number): Rows =>
  make(rows, columns, (row, column) => flat[row * columns + column]);

export const identity = (n: number): Rows => make(n, n, (row, column) => (row === column ? 1 : 0));

export const diagonal = (values: ArrayLike<number>): Rows =>
  make(values.length, values.length, (row, column) => (row === column ? values[row] : 0));

export const transposed = (a: Rows): Rows => make(a[0].length, a.length, (row, column) => a[column][row]);

export const difference = (a: Rows, b: Rows): Rows =>
  make(a.length, a[0].length, (row, column) => a[row][column] - b[row][column]);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
};

export function product(...[first, ...others]: [Rows, ...Rows[]]): Rows {
  return others.reduce((a, b) => {
    const columns = transposed(b);
    return make(a.length, columns.length, (row, column) => dot(a[row], columns[column]));
  }, first);
}

/** Frobenius norm. */
export const norm = (a: Rows): number => Math.hypot(...a.map((row) => Math.sqrt(dot(row, row))));

/** Tangent of the rotation that makes the off-diagonal b of [[a, b], [b, d]] 0: a - t b and d + t b remain. */
function tangent(a: number, b: number, d: number): number {
  const theta = (d - a) / (2 * b);
  return (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
}

/** [a, b] -> [c a - s b, s a + c b] */
function rotate(a: Float64Array, b: Float64Array, t: number): void {
  const c = 1 / Math.hypot(t, 1);
  for (let at = 0; at < a.length; at++) {
    const one = a[at];
    const other = b[at];
    a[at] = c * (one - t * other);
    b[at] = c * (t * one + other);
  }
}

/** The eigenvalues of a symmetric matrix, greatest first (Jacobi 1846). */
export function eigenvalues(full: Rows): number[] {
  const a = full.map((row) => Float64Array.from(row));
  const least = 1e-17 * norm(full);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, one] of a.entries()) {
      for (let j = i + 1; j < a.length; j++) {
        if (Math.abs(one[j]) <= least) continue;
        changed = true;
        const other = a[j];
        const t = tangent(one[i], one[j], other[j]);
        const [first, last] = [one[i] - t * one[j], other[j] + t * one[j]];
        rotate(one, other, t);
        [one[i], one[j], other[i], other[j]] = [first, 0, 0, last];
        for (const [k, row] of a.entries()) if (k !== i && k !== j) [row[i], row[j]] = [one[k], other[k]];
      }
    }
  }
  return a.map((row, i) => row[i]).sort((one, other) => other - one);
}

/** The singular values, greatest first, and u s of each: the columns, made orthogonal (Hestenes 1958). */
export function singular(full: Rows): { values: number[]; scaled: Float64Array[] } {
  const columns = transposed(full).map((column) => Float64Array.from(column));
  for (let changed = true; changed; ) {
    changed = false;
    const squares = columns.map((column) => dot(column, column));
    for (const [i, one] of columns.entries()) {
      for (let j = i + 1; j < columns.length; j++) {
        const b = dot(one, columns[j]);
        if (Math.abs(b) <= 1e-9 * Math.sqrt(squares[i] * squares[j]) || Math.abs(b) < 1e-200) continue;
        changed = true;
        const t = tangent(squares[i], b, squares[j]);
        rotate(one, columns[j], t);
        squares[i] -= t * b;
        squares[j] += t * b;
      }
    }
  }
  const scaled = columns.sort((one, other) => dot(other, other) - dot(one, one));
  return { values: scaled.map((column) => Math.sqrt(dot(column, column))), scaled };
}
