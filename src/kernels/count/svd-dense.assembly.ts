// Products of thin dense matrices in f32x4. A thin matrix K of n rows and 16 p columns is stored as p panels of (n,
// 16), one after another, each row-major; n is a multiple of 4. A small matrix C of 16 p rows is stored as tiles of 8
// columns, each (16 p, 8) row-major, so that a tile stays in the L1 cache. As in svd-sparse.assembly.ts each call
// writes places of its own.

const LINE: usize = 64;
const BLOCK: u32 = 128; // rows summed in f32 before their sum is added to one in f64

/**
 * For rows `fromRow` .. `endRow` - 1: z = the sum of `parts` panels, the first of which becomes z; and `to` = K^T [x |
 * z], (16 p, 32) f64.
 */
export function project(
  basis: usize,
  panels: u32,
  rows: u32,
  fromRow: u32,
  endRow: u32,
  x: usize,
  z: usize,
  parts: u32,
  to: usize,
): void {
  memory.fill(to, 0, <usize>panels * 16 * 32 * 8);
  const panel = <usize>rows * LINE;
  for (let row = fromRow; row < endRow; row += BLOCK) {
    const end = min(endRow, row + BLOCK);
    addParts(z, panel, parts, row, end);
    for (let p: u32 = 0; p < panels; p++) {
      const left = basis + <usize>p * panel;
      const sums = to + <usize>p * (16 * 32 * 8);
      addProduct(left, x, row, end, sums, 32);
      addProduct(left, z, row, end, sums + 16 * 8, 32);
    }
  }
}

function addParts(z: usize, panel: usize, parts: u32, row: u32, end: u32): void {
  for (let at = z + <usize>row * LINE; at < z + <usize>end * LINE; at += 16) {
    let sum = v128.load(at);
    for (let part: u32 = 1; part < parts; part++) sum = f32x4.add(sum, v128.load(at + <usize>part * panel));
    v128.store(at, sum);
  }
}

/** Adds x^T y of two panels' rows to (16, 16) f64 within rows of `width` numbers. */
function addProduct(x: usize, y: usize, row: u32, end: u32, to: usize, width: usize): void {
  const past = x + <usize>end * LINE;
  const across = y - x;
  for (let i: usize = 0; i < 64; i += 16) {
    for (let j: usize = 0; j < 64; j += 32) {
      let a = f32x4.splat(0),
        b = a,
        c = a,
        d = a,
        e = a,
        f = a,
        g = a,
        h = a;
      for (let at = x + <usize>row * LINE; at < past; at += LINE) {
        const left = at + i;
        const right = at + across + j;
        const first = v128.load(right),
          second = v128.load(right, 16);
        let value = v128.load32_splat(left);
        a = f32x4.add(a, f32x4.mul(value, first));
        b = f32x4.add(b, f32x4.mul(value, second));
        value = v128.load32_splat(left, 4);
        c = f32x4.add(c, f32x4.mul(value, first));
        d = f32x4.add(d, f32x4.mul(value, second));
        value = v128.load32_splat(left, 8);
        e = f32x4.add(e, f32x4.mul(value, first));
        f = f32x4.add(f, f32x4.mul(value, second));
        value = v128.load32_splat(left, 12);
        g = f32x4.add(g, f32x4.mul(value, first));
        h = f32x4.add(h, f32x4.mul(value, second));
      }
      const at = to + ((i >> 2) * width + (j >> 2)) * 8;
      const down = width * 8;
      accumulate(at, a, b);
      accumulate(at + down, c, d);
      accumulate(at + 2 * down, e, f);
      accumulate(at + 3 * down, g, h);
    }
  }
}

/** Adds 8 f32 to 8 f64. */
@inline
function accumulate(to: usize, a: v128, b: v128): void {
  v128.store(to, f64x2.add(v128.load(to), low(a)));
  v128.store(to, f64x2.add(v128.load(to, 16), high(a)), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), low(b)), 32);
  v128.store(to, f64x2.add(v128.load(to, 48), high(b)), 48);
}

@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u32>(x, x, 2, 3, 2, 3));
}

/**
 * For rows `fromRow` .. `endRow` - 1: z = `factor` z + K C with K of `panels` panels, C (16 p, 16), and `to` = z^T z,
 * (16, 16) f64, unless `to` is 0. `z` must be outside K.
 */
export function combine(
  basis: usize,
  panels: u32,
  rows: u32,
  fromRow: u32,
  endRow: u32,
  coefficients: usize,
  factor: f32,
  z: usize,
  to: usize,
): void {
  if (to != 0) memory.fill(to, 0, 16 * 16 * 8);
  const tile = <usize>panels * 16 * 32;
  for (let block = fromRow; block < endRow; block += BLOCK) {
    const end = min(endRow, block + BLOCK);
    for (let row = block; row < end; row += 4) {
      const at = z + <usize>row * LINE;
      addTile(basis, panels, rows, row, coefficients, factor, at, LINE);
      addTile(basis, panels, rows, row, coefficients + tile, factor, at + 32, LINE);
    }
    if (to != 0) addProduct(z, z, block, end, to, 16);
  }
}

/**
 * K = K C in place for rows `fromRow` .. `endRow` - 1, with C (16 p, 16 q), q <= p. `scratch` holds 16 rows of 16 q
 * f32.
 */
export function multiplyRight(
  basis: usize,
  panels: u32,
  rows: u32,
  fromRow: u32,
  endRow: u32,
  coefficients: usize,
  resultPanels: u32,
  scratch: usize,
): void {
  const tile = <usize>panels * 16 * 32;
  const width = <usize>resultPanels * LINE;
  const panel = <usize>rows * LINE;
  for (let block = fromRow; block < endRow; block += 16) {
    const end = min(endRow, block + 16);
    for (let t: u32 = 0; t < 2 * resultPanels; t++) {
      for (let row = block; row < end; row += 4) {
        const at = scratch + <usize>(row - block) * width + <usize>t * 32;
        addTile(basis, panels, rows, row, coefficients + <usize>t * tile, 0, at, width);
      }
    }
    for (let row = block; row < end; row++) {
      for (let p: u32 = 0; p < resultPanels; p++) {
        const from = scratch + <usize>(row - block) * width + <usize>p * LINE;
        memory.copy(basis + <usize>p * panel + <usize>row * LINE, from, LINE);
      }
    }
  }
}

/** 4 rows of 8 numbers at `to`, `width` bytes apart: factor times themselves, plus 4 rows of K times a tile of C. */
@inline
function addTile(
  basis: usize,
  panels: u32,
  rows: u32,
  row: u32,
  tile: usize,
  factor: f32,
  to: usize,
  width: usize,
): void {
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a,
    e = a,
    f = a,
    g = a,
    h = a;
  if (factor != 0) {
    const times = f32x4.splat(factor);
    a = f32x4.mul(times, v128.load(to));
    b = f32x4.mul(times, v128.load(to, 16));
    c = f32x4.mul(times, v128.load(to + width));
    d = f32x4.mul(times, v128.load(to + width, 16));
    e = f32x4.mul(times, v128.load(to + 2 * width));
    f = f32x4.mul(times, v128.load(to + 2 * width, 16));
    g = f32x4.mul(times, v128.load(to + 3 * width));
    h = f32x4.mul(times, v128.load(to + 3 * width, 16));
  }
  let small = tile;
  for (let p: u32 = 0; p < panels; p++) {
    const from = basis + (<usize>p * rows + row) * LINE;
    for (let left = from; left < from + LINE; left += 4) {
      const first = v128.load(small),
        second = v128.load(small, 16);
      small += 32;
      let value = v128.load32_splat(left);
      a = f32x4.add(a, f32x4.mul(value, first));
      b = f32x4.add(b, f32x4.mul(value, second));
      value = v128.load32_splat(left, 64);
      c = f32x4.add(c, f32x4.mul(value, first));
      d = f32x4.add(d, f32x4.mul(value, second));
      value = v128.load32_splat(left, 128);
      e = f32x4.add(e, f32x4.mul(value, first));
      f = f32x4.add(f, f32x4.mul(value, second));
      value = v128.load32_splat(left, 192);
      g = f32x4.add(g, f32x4.mul(value, first));
      h = f32x4.add(h, f32x4.mul(value, second));
    }
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to + width, c);
  v128.store(to + width, d, 16);
  v128.store(to + 2 * width, e);
  v128.store(to + 2 * width, f, 16);
  v128.store(to + 3 * width, g);
  v128.store(to + 3 * width, h, 16);
}
