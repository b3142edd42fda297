// The products of negatives.assembly.ts, four columns (negatives, or the mean) at a time. V8 reorders the pure
// operations of a loop. Dot products unrolled by hand, or a row that changes in the loop that reads it for others,
// would leave it too few registers.
import { madd, sums } from './arithmetic.assembly';
import { addressAt, row } from './chunk.assembly';

declare const queries: usize; // (T + 1, row / 4) f32: C
declare const columns: u32; // K + 1

/** scores[j, 0 .. 3] = C_j . x_k for the four rows listed, two centers at a time. */
export function scoreRows(n: u32, list: usize, scores: usize): void {
  const o0 = addressAt(list, 0),
    o1 = addressAt(list, 1),
    o2 = addressAt(list, 2),
    o3 = addressAt(list, 3),
    stride = (<usize>columns) << 2;
  let to = scores;
  for (let j: u32 = 0; j < n; j += 2) {
    const a = queries + <usize>j * row,
      b = a + row;
    let a0 = f32x4.splat(0),
      a1 = a0,
      a2 = a0,
      a3 = a0,
      b0 = a0,
      b1 = a0,
      b2 = a0,
      b3 = a0;
    for (let i: usize = 0; i < row; i += 16) {
      const x = v128.load(a + i),
        y = v128.load(b + i);
      let o = v128.load(o0 + i);
      a0 = madd(x, o, a0);
      b0 = madd(o, y, b0);
      o = v128.load(o1 + i);
      a1 = madd(x, o, a1);
      b1 = madd(o, y, b1);
      o = v128.load(o2 + i);
      a2 = madd(x, o, a2);
      b2 = madd(o, y, b2);
      o = v128.load(o3 + i);
      a3 = madd(x, o, a3);
      b3 = madd(o, y, b3);
    }
    v128.store(to, sums(a0, a1, a2, a3));
    v128.store(to + stride, sums(b0, b1, b2, b3));
    to += stride << 1;
  }
}

/**
 * Center rows (n addresses) += inward x, and x += outward^T C, with the old x and C on the right, for the four rows
 * listed.
 */
export function updateRows(n: u32, centerRows: usize, list: usize, inward: usize, outward: usize): void {
  let i: usize = 0;
  for (; i + 32 <= row; i += 32) updateTwo(n, centerRows, list, inward, outward, i);
  if (i < row) updateOne(n, centerRows, list, inward, outward, i);
}

/** Two vectors of each row. */
@inline
function updateTwo(n: u32, centerRows: usize, list: usize, inward: usize, outward: usize, i: usize): void {
  const p0 = addressAt(list, 0) + i,
    p1 = addressAt(list, 1) + i,
    p2 = addressAt(list, 2) + i,
    p3 = addressAt(list, 3) + i,
    stride = (<usize>columns) << 4,
    end = centerRows + ((<usize>n) << 2);
  let d0 = v128.load(p0),
    e0 = v128.load(p0, 16),
    d1 = v128.load(p1),
    e1 = v128.load(p1, 16),
    d2 = v128.load(p2),
    e2 = v128.load(p2, 16),
    d3 = v128.load(p3),
    e3 = v128.load(p3, 16);
  let from = inward;
  for (let entry = centerRows; entry < end; entry += 4) {
    const to = <usize>load<u32>(entry) + i;
    let y = v128.load(to),
      z = v128.load(to, 16),
      q = v128.load(from);
    y = madd(q, d0, y);
    z = madd(q, e0, z);
    q = v128.load(from, 16);
    y = madd(q, d1, y);
    z = madd(q, e1, z);
    q = v128.load(from, 32);
    y = madd(q, d2, y);
    z = madd(q, e2, z);
    q = v128.load(from, 48);
    y = madd(q, d3, y);
    z = madd(q, e3, z);
    v128.store(to, y);
    v128.store(to, z, 16);
    from += stride;
  }
  from = outward;
  const last = queries + i + <usize>n * row;
  for (let at = queries + i; at < last; at += row) {
    const y = v128.load(at),
      z = v128.load(at, 16);
    let q = v128.load(from);
    d0 = madd(q, y, d0);
    e0 = madd(q, z, e0);
    q = v128.load(from, 16);
    d1 = madd(q, y, d1);
    e1 = madd(q, z, e1);
    q = v128.load(from, 32);
    d2 = madd(q, y, d2);
    e2 = madd(q, z, e2);
    q = v128.load(from, 48);
    d3 = madd(q, y, d3);
    e3 = madd(q, z, e3);
    from += stride;
  }
  v128.store(p0, d0);
  v128.store(p0, e0, 16);
  v128.store(p1, d1);
  v128.store(p1, e1, 16);
  v128.store(p2, d2);
  v128.store(p2, e2, 16);
  v128.store(p3, d3);
  v128.store(p3, e3, 16);
}

/** One vector of each row. */
function updateOne(n: u32, centerRows: usize, list: usize, inward: usize, outward: usize, i: usize): void {
  const p0 = addressAt(list, 0) + i,
    p1 = addressAt(list, 1) + i,
    p2 = addressAt(list, 2) + i,
    p3 = addressAt(list, 3) + i,
    stride = (<usize>columns) << 4,
    end = centerRows + ((<usize>n) << 2);
  let d0 = v128.load(p0),
    d1 = v128.load(p1),
    d2 = v128.load(p2),
    d3 = v128.load(p3);
  let from = inward;
  for (let entry = centerRows; entry < end; entry += 4) {
    const to = <usize>load<u32>(entry) + i;
    let y = v128.load(to);
    y = madd(v128.load(from), d0, y);
    y = madd(v128.load(from, 16), d1, y);
    y = madd(v128.load(from, 32), d2, y);
    y = madd(v128.load(from, 48), d3, y);
    v128.store(to, y);
    from += stride;
  }
  from = outward;
  const last = queries + i + <usize>n * row;
  for (let at = queries + i; at < last; at += row) {
    const y = v128.load(at);
    d0 = madd(v128.load(from), y, d0);
    d1 = madd(v128.load(from, 16), y, d1);
    d2 = madd(v128.load(from, 32), y, d2);
    d3 = madd(v128.load(from, 48), y, d3);
    from += stride;
  }
  v128.store(p0, d0);
  v128.store(p1, d1);
  v128.store(p2, d2);
  v128.store(p3, d3);
}

/** target += factor times a row. */
export function addRow(factor: f32, from: usize, target: usize): void {
  const f = f32x4.splat(factor);
  for (let i: usize = 0; i < row; i += 16) {
    v128.store(target + i, madd(f, v128.load(from + i), v128.load(target + i)));
  }
}

/** target += the sum of factor_j C_j. */
export function addToRow(n: u32, factors: usize, target: usize): void {
  const last = factors + ((<usize>n) << 2);
  for (let i: usize = 0; i < row; i += 16) {
    let sum = v128.load(target + i),
      at = queries + i;
    for (let factor = factors; factor < last; factor += 4) {
      sum = madd(v128.load32_splat(factor), v128.load(at), sum);
      at += row;
    }
    v128.store(target + i, sum);
  }
}
