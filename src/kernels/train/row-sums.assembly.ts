// Sums of listed rows, and one row added to listed rows. Four vectors of the rows at a time, so that they stay in
// registers.
import { row } from './chunk.assembly';

/** sum = share times the sum of `n` rows; `list`: their addresses. */
export function storeSum(list: usize, n: u32, share: f32, sum: usize): void {
  const end = list + ((<usize>n) << 2),
    s = f32x4.splat(share);
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    let a = f32x4.splat(0),
      b = a,
      c = a,
      d = a;
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
    }
    v128.store(sum + i, f32x4.mul(s, a));
    v128.store(sum + i, f32x4.mul(s, b), 16);
    v128.store(sum + i, f32x4.mul(s, c), 32);
    v128.store(sum + i, f32x4.mul(s, d), 48);
  }
  for (; i < row; i += 16) {
    let a = f32x4.splat(0);
    for (let entry = list; entry < end; entry += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(entry) + i));
    v128.store(sum + i, f32x4.mul(s, a));
  }
}

/** Each of `n` rows += step; `list`: their addresses. A row that is listed twice moves twice. */
export function addToRows(step: usize, list: usize, n: u32): void {
  const end = list + ((<usize>n) << 2);
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    const a = v128.load(step + i),
      b = v128.load(step + i, 16),
      c = v128.load(step + i, 32),
      d = v128.load(step + i, 48);
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
      v128.store(at, f32x4.add(v128.load(at, 16), b), 16);
      v128.store(at, f32x4.add(v128.load(at, 32), c), 32);
      v128.store(at, f32x4.add(v128.load(at, 48), d), 48);
    }
  }
  for (; i < row; i += 16) {
    const a = v128.load(step + i);
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
    }
  }
}
