// Inner products of query vectors with a block of matrix rows, and the best row for an analogy of three queries
// (src/vectors/cosine-blocks.ts). The block is stored transposed, (D, columns), so that four lanes are four rows and no
// sum crosses lanes; `columns` is a multiple of 8 and the number of queries a multiple of 4. All offsets are in bytes.

/** to[q, j] = sum over d of queries[q, d] * block[d, j], for queries `fromQuery` .. `endQuery` - 1. */
export function multiply(
  queries: usize,
  block: usize,
  to: usize,
  fromQuery: u32,
  endQuery: u32,
  D: u32,
  columns: u32,
): void {
  const length = (<usize>D) << 2;
  const width = (<usize>columns) << 2;
  for (let query = <usize>fromQuery; query < <usize>endQuery; query += 4) {
    const q0 = queries + query * length;
    const q1 = q0 + length;
    const q2 = q1 + length;
    const q3 = q2 + length;
    for (let column: usize = 0; column < width; column += 32) {
      let a0 = f32x4.splat(0),
        a1 = a0,
        b0 = a0,
        b1 = a0,
        c0 = a0,
        c1 = a0,
        d0 = a0,
        d1 = a0;
      let from = block + column;
      for (let at: usize = 0; at < length; at += 4) {
        const x0 = v128.load(from);
        const x1 = v128.load(from, 16);
        let value = v128.load32_splat(q0 + at);
        a0 = f32x4.add(a0, f32x4.mul(value, x0));
        a1 = f32x4.add(a1, f32x4.mul(value, x1));
        value = v128.load32_splat(q1 + at);
        b0 = f32x4.add(b0, f32x4.mul(value, x0));
        b1 = f32x4.add(b1, f32x4.mul(value, x1));
        value = v128.load32_splat(q2 + at);
        c0 = f32x4.add(c0, f32x4.mul(value, x0));
        c1 = f32x4.add(c1, f32x4.mul(value, x1));
        value = v128.load32_splat(q3 + at);
        d0 = f32x4.add(d0, f32x4.mul(value, x0));
        d1 = f32x4.add(d1, f32x4.mul(value, x1));
        from += width;
      }
      let out = to + query * width + column;
      v128.store(out, a0);
      v128.store(out, a1, 16);
      out += width;
      v128.store(out, b0);
      v128.store(out, b1, 16);
      out += width;
      v128.store(out, c0);
      v128.store(out, c1, 16);
      out += width;
      v128.store(out, d0);
      v128.store(out, d1, 16);
    }
  }
}

// The best score so far: a second argument and result, because a function returns only one value.
let best: f32 = 0;

export function setBest(score: f32): void {
  best = score;
}

export function getBest(): f32 {
  return best;
}

function largest(lanes: v128): f32 {
  let value = f32x4.extract_lane(lanes, 0);
  let other = f32x4.extract_lane(lanes, 1);
  if (other > value) value = other;
  other = f32x4.extract_lane(lanes, 2);
  if (other > value) value = other;
  other = f32x4.extract_lane(lanes, 3);
  return other > value ? other : value;
}

/**
 * The first index j in `from` .. `end` - 1 with the largest b[j] - a[j] + c[j] above the best so far, or -1. NaN is
 * never selected (pmax then keeps its first argument).
 */
export function bestSum(a: usize, b: usize, c: usize, from: u32, end: u32): i32 {
  let at = (<usize>from) << 2;
  const stop = (<usize>end) << 2;
  let lanes = f32x4.splat(best);
  for (; at + 16 <= stop; at += 16) {
    lanes = f32x4.pmax(lanes, f32x4.add(f32x4.sub(v128.load(b + at), v128.load(a + at)), v128.load(c + at)));
  }
  let highest = largest(lanes);
  for (; at < stop; at += 4) {
    const score = load<f32>(b + at) - load<f32>(a + at) + load<f32>(c + at);
    if (score > highest) highest = score;
  }
  if (!(highest > best)) return -1;
  best = highest;
  for (at = (<usize>from) << 2; at < stop; at += 4) {
    if (load<f32>(b + at) - load<f32>(a + at) + load<f32>(c + at) == highest) return <i32>(at >> 2);
  }
  return -1;
}

// Parameters of the quotient: cosines become (x + shift) * scale, and epsilon keeps the divisor above 0.
let shift: f32 = 1;
let scale: f32 = 0.5;
let epsilon: f32 = 1e-6;

export function setQuotient(newShift: f32, newScale: f32, newEpsilon: f32): void {
  shift = newShift;
  scale = newScale;
  epsilon = newEpsilon;
}

/** The same for x(b[j]) * x(c[j]) / (x(a[j]) + epsilon), x as `setQuotient` says. */
export function bestQuotient(a: usize, b: usize, c: usize, from: u32, end: u32): i32 {
  const plus = f32x4.splat(shift),
    times = f32x4.splat(scale),
    tiny = f32x4.splat(epsilon);
  let at = (<usize>from) << 2;
  const stop = (<usize>end) << 2;
  let lanes = f32x4.splat(best);
  for (; at + 16 <= stop; at += 16) {
    const above = f32x4.mul(
      f32x4.mul(f32x4.add(plus, v128.load(b + at)), times),
      f32x4.mul(f32x4.add(plus, v128.load(c + at)), times),
    );
    const below = f32x4.add(f32x4.mul(f32x4.add(plus, v128.load(a + at)), times), tiny);
    lanes = f32x4.pmax(lanes, f32x4.div(above, below));
  }
  let highest = largest(lanes);
  for (; at < stop; at += 4) {
    const score = quotient(load<f32>(a + at), load<f32>(b + at), load<f32>(c + at));
    if (score > highest) highest = score;
  }
  if (!(highest > best)) return -1;
  best = highest;
  for (at = (<usize>from) << 2; at < stop; at += 4) {
    if (quotient(load<f32>(a + at), load<f32>(b + at), load<f32>(c + at)) == highest) return <i32>(at >> 2);
  }
  return -1;
}

@inline
function quotient(a: f32, b: f32, c: f32): f32 {
  return ((shift + b) * scale * ((shift + c) * scale)) / ((shift + a) * scale + epsilon);
}
