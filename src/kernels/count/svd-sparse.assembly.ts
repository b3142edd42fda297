// Products of a sparse matrix with panels in f32x4. A panel is a dense (n, 16) matrix, row-major: a row is one cache
// line. A is sparse, in CSR: `starts` u32, `indices` i32, `values` f32. Each call does one piece of a product; no two
// pieces write the same place, so that neither their order nor the number of threads changes a bit of the result.

const LINE: usize = 64;

/**
 * z = A^T A x for rows `fromRow` .. `endRow` - 1 of A alone: each is read once, for its product with x and for what
 * that adds to z. x and z are panels of `columns` rows. `lanes` 0: all 16 columns of the panel; 1 or 2: its first or
 * last 8, where there are more threads than pieces.
 */
export function multiplyNormal(
  starts: usize,
  indices: usize,
  values: usize,
  fromRow: u32,
  endRow: u32,
  columns: u32,
  x: usize,
  z: usize,
  lanes: u32,
): void {
  if (lanes == 0) {
    normalProduct(true, starts, indices, values, fromRow, endRow, columns, x, z);
  } else {
    const skip = <usize>(lanes - 1) * 32;
    normalProduct(false, starts, indices, values, fromRow, endRow, columns, x + skip, z + skip);
  }
}

@inline
function normalProduct(
  whole: bool,
  starts: usize,
  indices: usize,
  values: usize,
  fromRow: u32,
  endRow: u32,
  columns: u32,
  x: usize,
  z: usize,
): void {
  const zero = f32x4.splat(0);
  for (let at: usize = z; at < z + <usize>columns * LINE; at += LINE) {
    v128.store(at, zero);
    v128.store(at, zero, 16);
    if (whole) {
      v128.store(at, zero, 32);
      v128.store(at, zero, 48);
    }
  }
  for (let row = fromRow; row < endRow; row++) {
    const start = (<usize>load<u32>(starts + ((<usize>row) << 2))) << 2;
    const end = (<usize>load<u32>(starts + ((<usize>row) << 2), 4)) << 2;
    let a = zero,
      b = a,
      c = a,
      d = a;
    for (let k = start; k < end; k += 4) {
      const value = v128.load32_splat(values + k);
      const from = x + <usize>load<u32>(indices + k) * LINE;
      a = f32x4.add(a, f32x4.mul(value, v128.load(from)));
      b = f32x4.add(b, f32x4.mul(value, v128.load(from, 16)));
      if (whole) {
        c = f32x4.add(c, f32x4.mul(value, v128.load(from, 32)));
        d = f32x4.add(d, f32x4.mul(value, v128.load(from, 48)));
      }
    }
    for (let k = start; k < end; k += 4) {
      const value = v128.load32_splat(values + k);
      const to = z + <usize>load<u32>(indices + k) * LINE;
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(value, a)));
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(value, b)), 16);
      if (whole) {
        v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(value, c)), 32);
        v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(value, d)), 48);
      }
    }
  }
}

/** y = A x for rows `fromRow` .. `endRow` - 1; x and y are panels. */
export function multiply(
  starts: usize,
  indices: usize,
  values: usize,
  fromRow: u32,
  endRow: u32,
  x: usize,
  y: usize,
): void {
  for (let row = fromRow; row < endRow; row++) {
    const start = (<usize>load<u32>(starts + ((<usize>row) << 2))) << 2;
    const end = (<usize>load<u32>(starts + ((<usize>row) << 2), 4)) << 2;
    let a = f32x4.splat(0),
      b = a,
      c = a,
      d = a;
    for (let k = start; k < end; k += 4) {
      const value = v128.load32_splat(values + k);
      const from = x + <usize>load<u32>(indices + k) * LINE;
      a = f32x4.add(a, f32x4.mul(value, v128.load(from)));
      b = f32x4.add(b, f32x4.mul(value, v128.load(from, 16)));
      c = f32x4.add(c, f32x4.mul(value, v128.load(from, 32)));
      d = f32x4.add(d, f32x4.mul(value, v128.load(from, 48)));
    }
    const to = y + <usize>row * LINE;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/** The sum of the squared values in rows `fromRow` .. `endRow` - 1 of A. */
export function sumOfSquares(starts: usize, values: usize, fromRow: u32, endRow: u32): f64 {
  const end = values + ((<usize>load<u32>(starts + ((<usize>endRow) << 2))) << 2);
  let sum: f64 = 0;
  for (let at = values + ((<usize>load<u32>(starts + ((<usize>fromRow) << 2))) << 2); at < end; at += 4) {
    const value = <f64>load<f32>(at);
    sum += value * value;
  }
  return sum;
}
