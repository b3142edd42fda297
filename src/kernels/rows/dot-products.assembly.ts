// Inner products of query vectors with a block of matrix rows (src/vectors/cosine-blocks.ts), and the best rows for
// analogies of three queries each (src/vectors/analogy-rows.ts). The block is stored transposed, (D, columns), so that four lanes are four rows and no
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

/** The first column in `from` .. `end` - 1 with a cosine above `bar`, or `end`. NaN is never above. */
export function firstAbove(cosines: usize, from: u32, end: u32, bar: f32): u32 {
  let at = (<usize>from) << 2;
  const stop = (<usize>end) << 2;
  const bars = f32x4.splat(bar);
  for (; at + 16 <= stop; at += 16) if (v128.any_true(f32x4.gt(v128.load(cosines + at), bars))) break;
  for (; at < stop; at += 4) if (load<f32>(cosines + at) > bar) break;
  return <u32>(at >> 2);
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

// The best score of a question so far, and its column in this block, or -1.
let best: f32 = 0;
let column: i32 = -1;

/**
 * The best column of a block for each of Q questions: the first with the largest b - a + c or, with `quotient`, x(b) *
 * x(c) / (x(a) + epsilon), x as `setQuotient` says, if that is above the best of earlier blocks. NaN is never selected.
 *
 * A question has 5 numbers (4 bytes each): the addresses of the cosines a, b and c with the block, and the first and
 * last + 1 address of its excluded rows, in ascending order. `first` is the row of column 0. `scores` and `rows` have
 * the best of each question so far. `scratch` has room for a row of the block. Successive questions with the same a and
 * b are fast.
 */
export function answer(
  quotient: bool,
  questions: usize,
  Q: u32,
  first: u32,
  columns: u32,
  scratch: usize,
  scores: usize,
  rows: usize,
): void {
  let a: usize = 0;
  let b: usize = 0;
  const end = questions + <usize>Q * 20;
  for (; questions < end; questions += 20, scores += 4, rows += 4) {
    const c = <usize>load<u32>(questions, 8);
    if (load<u32>(questions) != a || load<u32>(questions, 4) != b) {
      a = load<u32>(questions);
      b = load<u32>(questions, 4);
      if (quotient) divide(a, b, scratch, columns);
      else subtract(a, b, scratch, columns);
    }
    best = load<f32>(scores);
    column = -1;
    let from: u32 = 0;
    const stop = <usize>load<u32>(questions, 16);
    for (let excluded = <usize>load<u32>(questions, 12); excluded < stop; excluded += 4) {
      const place = load<u32>(excluded) - first; // very large for a row before the block
      if (place >= columns) continue;
      if (quotient) bestQuotient(a, b, c, scratch, from, place);
      else bestSum(c, scratch, from, place);
      from = place + 1;
    }
    if (quotient) bestQuotient(a, b, c, scratch, from, columns);
    else bestSum(c, scratch, from, columns);
    if (column < 0) continue;
    store<f32>(scores, best);
    store<u32>(rows, first + column);
  }
}

/** to[j] = b[j] - a[j]. Writes in groups of four, as `divide` does. */
function subtract(a: usize, b: usize, to: usize, columns: u32): void {
  const stop = (<usize>columns) << 2;
  for (let at: usize = 0; at < stop; at += 16) v128.store(to + at, f32x4.sub(v128.load(b + at), v128.load(a + at)));
}

/** to[j] = x(b[j]) * scale / (x(a[j]) + epsilon): times c[j] + shift about the quotient. */
function divide(a: usize, b: usize, to: usize, columns: u32): void {
  const plus = f32x4.splat(shift),
    times = f32x4.splat(scale),
    tiny = f32x4.splat(epsilon);
  const stop = (<usize>columns) << 2;
  for (let at: usize = 0; at < stop; at += 16) {
    const above = f32x4.mul(f32x4.mul(f32x4.add(plus, v128.load(b + at)), times), times);
    const below = f32x4.add(f32x4.mul(f32x4.add(plus, v128.load(a + at)), times), tiny);
    v128.store(to + at, f32x4.div(above, below));
  }
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

/** Among the columns `from` .. `end` - 1. `pmax` keeps its first argument where the second is NaN. */
function bestSum(c: usize, differences: usize, from: u32, end: u32): void {
  let at = (<usize>from) << 2;
  const stop = (<usize>end) << 2;
  let one = f32x4.splat(best);
  let other = one;
  for (; at + 32 <= stop; at += 32) {
    one = f32x4.pmax(one, f32x4.add(v128.load(differences + at), v128.load(c + at)));
    other = f32x4.pmax(other, f32x4.add(v128.load(differences + at, 16), v128.load(c + at, 16)));
  }
  let highest = largest(f32x4.pmax(one, other));
  for (; at < stop; at += 4) {
    const score = load<f32>(differences + at) + load<f32>(c + at);
    if (score > highest) highest = score;
  }
  if (!(highest > best)) return;
  best = highest;
  for (at = (<usize>from) << 2; at < stop; at += 4) {
    if (load<f32>(differences + at) + load<f32>(c + at) != highest) continue;
    column = <i32>(at >> 2);
    return;
  }
}

/**
 * The same for the quotient. Most blocks have no better column, which a product with the prepared ratios shows sooner
 * than a division: it differs from the quotient by a few units in the last place, far less than the margin.
 */
function bestQuotient(a: usize, b: usize, c: usize, ratios: usize, from: u32, end: u32): void {
  const plus = f32x4.splat(shift);
  let at = (<usize>from) << 2;
  const stop = (<usize>end) << 2;
  let one = f32x4.splat(-Infinity);
  let other = one;
  for (; at + 32 <= stop; at += 32) {
    one = f32x4.pmax(one, f32x4.mul(v128.load(ratios + at), f32x4.add(plus, v128.load(c + at))));
    other = f32x4.pmax(other, f32x4.mul(v128.load(ratios + at, 16), f32x4.add(plus, v128.load(c + at, 16))));
  }
  let highest = largest(f32x4.pmax(one, other));
  for (; at < stop; at += 4) {
    const about = load<f32>(ratios + at) * (shift + load<f32>(c + at));
    if (about > highest) highest = about;
  }
  const bar = best - abs(best) * 1e-5 - 1e-30;
  if (highest < bar) return;
  const bars = f32x4.splat(bar);
  at = (<usize>from) << 2;
  for (; at + 16 <= stop; at += 16) {
    const about = f32x4.mul(v128.load(ratios + at), f32x4.add(plus, v128.load(c + at)));
    if (v128.any_true(f32x4.ge(about, bars))) divideExactly(a, b, c, at, at + 16);
  }
  divideExactly(a, b, c, at, stop);
}

function divideExactly(a: usize, b: usize, c: usize, from: usize, stop: usize): void {
  for (let at = from; at < stop; at += 4) {
    const x = (shift + load<f32>(a + at)) * scale;
    const y = (shift + load<f32>(b + at)) * scale;
    const z = (shift + load<f32>(c + at)) * scale;
    const score = (y * z) / (x + epsilon);
    if (!(score > best)) continue;
    best = score;
    column = <i32>(at >> 2);
  }
}
