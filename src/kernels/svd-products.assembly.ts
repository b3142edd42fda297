// Matrix products of the truncated SVD (src/count/svd/truncated-svd.ts) in f32x4. A thin dense matrix with n rows and L
// columns, L a multiple of 16, is stored as L / 16 panels of (n, 16): a row of a panel is one cache line, and the most
// used part of a panel in a sparse product stays in the L2 cache. A is sparse, in CSR: `starts` u32, `indices` i32,
// `values` f32. Each call computes one task of a product. Tasks never write to the same location, so the result does
// not depend on their order or on the number of threads.

const LINE: usize = 64;

/**
 * z = A^T A x - shift x, and y = A x unless y is 0: each row of A is read once, for its product with x and for its
 * contribution to z. x, y and z are panels. `lanes` 0: all 16 columns of the panel; 1 or 2: its first or last 8, if
 * whole panels cannot be divided evenly among the threads.
 */
export function multiplyNormal(
  starts: usize,
  indices: usize,
  values: usize,
  rows: u32,
  columns: u32,
  x: usize,
  y: usize,
  z: usize,
  shift: f32,
  lanes: u32,
): void {
  if (lanes == 0) {
    normalProduct(true, starts, indices, values, rows, columns, x, y, z, shift);
  } else {
    const skip = <usize>(lanes - 1) * 32;
    normalProduct(false, starts, indices, values, rows, columns, x + skip, y == 0 ? 0 : y + skip, z + skip, shift);
  }
}

@inline
function normalProduct(
  whole: bool,
  starts: usize,
  indices: usize,
  values: usize,
  rows: u32,
  columns: u32,
  x: usize,
  y: usize,
  z: usize,
  shift: f32,
): void {
  const minus = f32x4.splat(-shift);
  for (let at: usize = 0; at < <usize>columns * LINE; at += LINE) {
    v128.store(z + at, f32x4.mul(minus, v128.load(x + at)));
    v128.store(z + at, f32x4.mul(minus, v128.load(x + at, 16)), 16);
    if (whole) {
      v128.store(z + at, f32x4.mul(minus, v128.load(x + at, 32)), 32);
      v128.store(z + at, f32x4.mul(minus, v128.load(x + at, 48)), 48);
    }
  }
  for (let row: u32 = 0; row < rows; row++) {
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
      if (whole) {
        c = f32x4.add(c, f32x4.mul(value, v128.load(from, 32)));
        d = f32x4.add(d, f32x4.mul(value, v128.load(from, 48)));
      }
    }
    if (y != 0) {
      const to = y + <usize>row * LINE;
      v128.store(to, a);
      v128.store(to, b, 16);
      if (whole) {
        v128.store(to, c, 32);
        v128.store(to, d, 48);
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

@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u32>(x, x, 2, 3, 2, 3));
}

@inline
function accumulate(to: usize, a: v128): void {
  v128.store(to, f64x2.add(v128.load(to), a));
}

/** (16, 16) f64 `to` = x^T y of two panels of `rows` rows, in doubles; blocks of rows stay in the L1 cache. */
export function panelProduct(x: usize, y: usize, rows: u32, to: usize): void {
  memory.fill(to, 0, 16 * 16 * 8);
  for (let block: u32 = 0; block < rows; block += 128) {
    const end = min(rows, block + 128);
    for (let i: usize = 0; i < 16; i += 4) {
      for (let j: usize = 0; j < 16; j += 4) {
        let a = f64x2.splat(0),
          b = a,
          c = a,
          d = a,
          e = a,
          f = a,
          g = a,
          h = a;
        for (let row = block; row < end; row++) {
          const left = x + <usize>row * LINE + (i << 2);
          const right = v128.load(y + <usize>row * LINE + (j << 2));
          const first = low(right),
            second = high(right);
          const p = f64x2.splat(<f64>load<f32>(left)),
            q = f64x2.splat(<f64>load<f32>(left, 4));
          const r = f64x2.splat(<f64>load<f32>(left, 8)),
            s = f64x2.splat(<f64>load<f32>(left, 12));
          a = f64x2.add(a, f64x2.mul(p, first));
          b = f64x2.add(b, f64x2.mul(p, second));
          c = f64x2.add(c, f64x2.mul(q, first));
          d = f64x2.add(d, f64x2.mul(q, second));
          e = f64x2.add(e, f64x2.mul(r, first));
          f = f64x2.add(f, f64x2.mul(r, second));
          g = f64x2.add(g, f64x2.mul(s, first));
          h = f64x2.add(h, f64x2.mul(s, second));
        }
        const at = to + ((i * 16 + j) << 3);
        accumulate(at, a);
        accumulate(at + 16, b);
        accumulate(at + 128, c);
        accumulate(at + 144, d);
        accumulate(at + 256, e);
        accumulate(at + 272, f);
        accumulate(at + 384, g);
        accumulate(at + 400, h);
      }
    }
  }
}

/**
 * X = X R in place for rows `fromRow` .. `endRow` - 1 of the `rows`; R is (L, L) f32, row-major. `scratch` holds 4 rows
 * of X before and 4 after: 8 L floats.
 */
export function multiplyRight(x: usize, rows: u32, fromRow: u32, endRow: u32, L: u32, r: usize, scratch: usize): void {
  const width = (<usize>L) << 2;
  const panel = <usize>rows * LINE;
  const panels = L >> 4;
  for (let row = fromRow; row < endRow; row += 4) {
    const count = min<u32>(4, endRow - row);
    for (let i: u32 = 0; i < count; i++) {
      for (let p: u32 = 0; p < panels; p++) {
        memory.copy(scratch + <usize>i * width + <usize>p * LINE, x + <usize>p * panel + <usize>(row + i) * LINE, LINE);
      }
    }
    for (let column: usize = 0; column < width; column += 32) {
      let a = f32x4.splat(0),
        b = a,
        c = a,
        d = a,
        e = a,
        f = a,
        g = a,
        h = a;
      let from = r + column;
      for (let k: usize = 0; k < width; k += 4) {
        const first = v128.load(from),
          second = v128.load(from, 16);
        from += width;
        let value = v128.load32_splat(scratch + k);
        a = f32x4.add(a, f32x4.mul(value, first));
        b = f32x4.add(b, f32x4.mul(value, second));
        value = v128.load32_splat(scratch + width + k);
        c = f32x4.add(c, f32x4.mul(value, first));
        d = f32x4.add(d, f32x4.mul(value, second));
        value = v128.load32_splat(scratch + 2 * width + k);
        e = f32x4.add(e, f32x4.mul(value, first));
        f = f32x4.add(f, f32x4.mul(value, second));
        value = v128.load32_splat(scratch + 3 * width + k);
        g = f32x4.add(g, f32x4.mul(value, first));
        h = f32x4.add(h, f32x4.mul(value, second));
      }
      const to = x + (column >> 6) * panel + <usize>row * LINE + (column & 63);
      v128.store(to, a);
      v128.store(to, b, 16);
      if (count > 1) {
        v128.store(to + LINE, c);
        v128.store(to + LINE, d, 16);
      }
      if (count > 2) {
        v128.store(to + 2 * LINE, e);
        v128.store(to + 2 * LINE, f, 16);
      }
      if (count > 3) {
        v128.store(to + 3 * LINE, g);
        v128.store(to + 3 * LINE, h, 16);
      }
    }
  }
}
