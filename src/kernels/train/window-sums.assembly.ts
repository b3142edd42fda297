// Sums over windows that slide along a list of rows: sum_j = rows j .. j + 2 w of the list, without the middle one, j +
// w. A step adds a row and takes one away, whatever the width. Four vectors of the rows at a time, so that sums stay in
// registers.
import { row } from './chunk.assembly';

/** sums + j rows = share_j sum_j, for j below n. `list`: addresses of n + 2 w rows. */
export function storeWindowSums(list: usize, n: u32, w: u32, shares: usize, sums: usize): void {
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) storeFour(list, n, w, shares, sums, i);
  for (; i < row; i += 16) storeOne(list, n, w, shares, sums, i);
}

/** Row j of `targets` (n addresses) += sum_j. `list`: addresses of n + 2 w rows. */
export function addWindowSums(list: usize, n: u32, w: u32, targets: usize): void {
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) addFour(list, n, w, targets, i);
  for (; i < row; i += 16) addOne(list, n, w, targets, i);
}

function storeFour(list: usize, n: u32, w: u32, shares: usize, sums: usize, i: usize): void {
  const middle = (<usize>w) << 2,
    far = (<usize>w) << 3,
    full = list + far,
    end = list + ((<usize>n) << 2);
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a;
  for (let entry = list; entry < full; entry += 4) {
    const at = <usize>load<u32>(entry) + i;
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
    c = f32x4.add(c, v128.load(at, 32));
    d = f32x4.add(d, v128.load(at, 48));
  }
  let to = sums + i,
    share = shares;
  for (let entry = list; entry < end; entry += 4) {
    const next = <usize>load<u32>(entry + far) + i,
      own = <usize>load<u32>(entry + middle) + i,
      past = <usize>load<u32>(entry) + i;
    const s = v128.load32_splat(share);
    a = f32x4.add(a, v128.load(next));
    v128.store(to, f32x4.mul(s, f32x4.sub(a, v128.load(own))));
    a = f32x4.sub(a, v128.load(past));
    b = f32x4.add(b, v128.load(next, 16));
    v128.store(to, f32x4.mul(s, f32x4.sub(b, v128.load(own, 16))), 16);
    b = f32x4.sub(b, v128.load(past, 16));
    c = f32x4.add(c, v128.load(next, 32));
    v128.store(to, f32x4.mul(s, f32x4.sub(c, v128.load(own, 32))), 32);
    c = f32x4.sub(c, v128.load(past, 32));
    d = f32x4.add(d, v128.load(next, 48));
    v128.store(to, f32x4.mul(s, f32x4.sub(d, v128.load(own, 48))), 48);
    d = f32x4.sub(d, v128.load(past, 48));
    to += row;
    share += 4;
  }
}

function storeOne(list: usize, n: u32, w: u32, shares: usize, sums: usize, i: usize): void {
  const middle = (<usize>w) << 2,
    far = (<usize>w) << 3,
    full = list + far,
    end = list + ((<usize>n) << 2);
  let a = f32x4.splat(0);
  for (let entry = list; entry < full; entry += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(entry) + i));
  let to = sums + i,
    share = shares;
  for (let entry = list; entry < end; entry += 4) {
    a = f32x4.add(a, v128.load(<usize>load<u32>(entry + far) + i));
    const others = f32x4.sub(a, v128.load(<usize>load<u32>(entry + middle) + i));
    v128.store(to, f32x4.mul(v128.load32_splat(share), others));
    a = f32x4.sub(a, v128.load(<usize>load<u32>(entry) + i));
    to += row;
    share += 4;
  }
}

function addFour(list: usize, n: u32, w: u32, targets: usize, i: usize): void {
  const middle = (<usize>w) << 2,
    far = (<usize>w) << 3,
    full = list + far,
    end = list + ((<usize>n) << 2),
    apart = targets - list;
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a;
  for (let entry = list; entry < full; entry += 4) {
    const at = <usize>load<u32>(entry) + i;
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
    c = f32x4.add(c, v128.load(at, 32));
    d = f32x4.add(d, v128.load(at, 48));
  }
  for (let entry = list; entry < end; entry += 4) {
    const next = <usize>load<u32>(entry + far) + i,
      own = <usize>load<u32>(entry + middle) + i,
      past = <usize>load<u32>(entry) + i,
      to = <usize>load<u32>(entry + apart) + i;
    a = f32x4.add(a, v128.load(next));
    v128.store(to, f32x4.add(v128.load(to), f32x4.sub(a, v128.load(own))));
    a = f32x4.sub(a, v128.load(past));
    b = f32x4.add(b, v128.load(next, 16));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.sub(b, v128.load(own, 16))), 16);
    b = f32x4.sub(b, v128.load(past, 16));
    c = f32x4.add(c, v128.load(next, 32));
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.sub(c, v128.load(own, 32))), 32);
    c = f32x4.sub(c, v128.load(past, 32));
    d = f32x4.add(d, v128.load(next, 48));
    v128.store(to, f32x4.add(v128.load(to, 48), f32x4.sub(d, v128.load(own, 48))), 48);
    d = f32x4.sub(d, v128.load(past, 48));
  }
}

function addOne(list: usize, n: u32, w: u32, targets: usize, i: usize): void {
  const middle = (<usize>w) << 2,
    far = (<usize>w) << 3,
    full = list + far,
    end = list + ((<usize>n) << 2),
    apart = targets - list;
  let a = f32x4.splat(0);
  for (let entry = list; entry < full; entry += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(entry) + i));
  for (let entry = list; entry < end; entry += 4) {
    a = f32x4.add(a, v128.load(<usize>load<u32>(entry + far) + i));
    const to = <usize>load<u32>(entry + apart) + i;
    const others = f32x4.sub(a, v128.load(<usize>load<u32>(entry + middle) + i));
    v128.store(to, f32x4.add(v128.load(to), others));
    a = f32x4.sub(a, v128.load(<usize>load<u32>(entry) + i));
  }
}
