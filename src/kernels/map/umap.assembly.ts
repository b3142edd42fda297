// The optimizer of UMAP (McInnes, Healy & Melville 2018, algorithm 5): stochastic gradient descent on the cross entropy
// between the fuzzy sets of the words and of the map, whose memberships are 1 / (1 + a x^b) with x a squared distance.
// An edge of weight w is drawn in each (largest w) / w epochs; it pulls its ends together, and pushes the first away
// from five random points. One vector is the coordinates of a point and, in a second step, four points of which one
// coordinate each. All offsets are in bytes; a point has four numbers, of which the last ones are 0.

let a: f32 = 1;
let b: f32 = 1;
// xoshiro128** (Blackman & Vigna 2018), as src/base/random.ts
let s0: u32 = 1;
let s1: u32 = 2;
let s2: u32 = 3;
let s3: u32 = 4;

export function start(newA: f32, newB: f32, state0: u32, state1: u32, state2: u32, state3: u32): void {
  a = newA;
  b = newB;
  s0 = state0;
  s1 = state1;
  s2 = state2;
  s3 = state3;
}

@inline
function random(): u32 {
  const result = rotl<u32>(s1 * 5, 7) * 9;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u32>(s3, 11);
  return result;
}

/**
 * One epoch over E edges: `heads` and `tails` are points, `periods` the epochs between two draws of an edge, `due` the
 * epoch of its next draw.
 */
export function epoch(
  points: usize,
  V: u32,
  heads: usize,
  tails: usize,
  periods: usize,
  due: usize,
  E: u32,
  now: f32,
  rate: f32,
): void {
  const end = (<usize>E) << 2;
  for (let edge: usize = 0; edge < end; edge += 4) {
    const next = load<f32>(due + edge);
    if (next > now) continue;
    store<f32>(due + edge, next + load<f32>(periods + edge));
    const head = points + ((<usize>load<u32>(heads + edge)) << 4);
    const tail = points + ((<usize>load<u32>(tails + edge)) << 4);
    const speed = f32x4.splat(rate);
    let point = v128.load(head);
    const neighbor = v128.load(tail);
    let n0 = v128.load(points + other(V));
    let n1 = v128.load(points + other(V));
    const n2 = v128.load(points + other(V));
    // The neighbor and three of the others at once.
    const d0 = f32x4.sub(point, neighbor);
    const d1 = f32x4.sub(point, n0);
    const d2 = f32x4.sub(point, n1);
    const d3 = f32x4.sub(point, n2);
    let x = squares(d0, d1, d2, d3);
    let p = power(x);
    // Neighbor: -2 a b x^(b-1) / (1 + a x^b); others: 2 b / ((0.001 + x) (1 + a x^b)).
    const twice = f32x4.splat(2 * b);
    const scaled = f32x4.mul(f32x4.splat(a), p);
    const isFirst = i32x4.replace_lane(i32x4.splat(0), 0, -1);
    const above = v128.bitselect(f32x4.mul(f32x4.splat(-2 * b), scaled), twice, isFirst);
    const below = f32x4.add(x, v128.bitselect(f32x4.splat(0), f32x4.splat(0.001), isFirst));
    let force = f32x4.div(above, f32x4.mul(below, f32x4.add(scaled, f32x4.splat(1))));
    force = v128.and(force, f32x4.gt(x, f32x4.splat(0)));
    const pull = f32x4.mul(speed, clip(f32x4.mul(lane0(force), d0)));
    let move = f32x4.add(pull, f32x4.mul(speed, clip(f32x4.mul(lane1(force), d1))));
    move = f32x4.add(move, f32x4.mul(speed, clip(f32x4.mul(lane2(force), d2))));
    move = f32x4.add(move, f32x4.mul(speed, clip(f32x4.mul(lane3(force), d3))));
    v128.store(tail, f32x4.sub(neighbor, pull));
    point = f32x4.add(point, move);
    // The last two.
    n0 = v128.load(points + other(V));
    n1 = v128.load(points + other(V));
    const e0 = f32x4.sub(point, n0);
    const e1 = f32x4.sub(point, n1);
    x = squares(e0, e1, e1, e1);
    p = power(x);
    force = f32x4.div(
      twice,
      f32x4.mul(f32x4.add(x, f32x4.splat(0.001)), f32x4.add(f32x4.mul(f32x4.splat(a), p), f32x4.splat(1))),
    );
    force = v128.and(force, f32x4.gt(x, f32x4.splat(0)));
    point = f32x4.add(point, f32x4.mul(speed, clip(f32x4.mul(lane0(force), e0))));
    point = f32x4.add(point, f32x4.mul(speed, clip(f32x4.mul(lane1(force), e1))));
    v128.store(head, point);
  }
}

@inline
function other(V: u32): usize {
  return (<usize>((<u64>random() * <u64>V) >> 32)) << 4;
}

@inline
function clip(gradient: v128): v128 {
  return f32x4.max(f32x4.min(gradient, f32x4.splat(4)), f32x4.splat(-4));
}

@inline
function lane0(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 0, 0, 0, 0);
}

@inline
function lane1(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 1, 1, 1, 1);
}

@inline
function lane2(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 2, 2, 2);
}

@inline
function lane3(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 3, 3, 3, 3);
}

/** The squared lengths of four vectors of three numbers. */
@inline
function squares(d0: v128, d1: v128, d2: v128, d3: v128): v128 {
  const low01 = v128.shuffle<f32>(d0, d1, 0, 4, 1, 5); // x0 x1 y0 y1
  const low23 = v128.shuffle<f32>(d2, d3, 0, 4, 1, 5);
  const x = v128.shuffle<f32>(low01, low23, 0, 1, 4, 5);
  const y = v128.shuffle<f32>(low01, low23, 2, 3, 6, 7);
  const high01 = v128.shuffle<f32>(d0, d1, 2, 6, 2, 6);
  const high23 = v128.shuffle<f32>(d2, d3, 2, 6, 2, 6);
  const z = v128.shuffle<f32>(high01, high23, 0, 1, 4, 5);
  return f32x4.add(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)), f32x4.mul(z, z));
}

/**
 * x^b = 2^(b log2 x) for x >= 0, to about 5 digits: both by polynomials, of the mantissa and of the fraction
 * (coefficients: J. Fonseca, "Fast SSE2 pow"). 0 gives a tiny number.
 */
@inline
function power(x: v128): v128 {
  const one = f32x4.splat(1);
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), one);
  let q = f32x4.splat(-3.4436006e-2);
  q = f32x4.add(f32x4.mul(q, m), f32x4.splat(3.1821337e-1));
  q = f32x4.add(f32x4.mul(q, m), f32x4.splat(-1.2315303));
  q = f32x4.add(f32x4.mul(q, m), f32x4.splat(2.5988452));
  q = f32x4.add(f32x4.mul(q, m), f32x4.splat(-3.324199));
  q = f32x4.add(f32x4.mul(q, m), f32x4.splat(3.1157899));
  const logarithm = f32x4.add(exponent, f32x4.mul(q, f32x4.sub(m, one)));
  const y = f32x4.max(f32x4.min(f32x4.mul(f32x4.splat(b), logarithm), f32x4.splat(126)), f32x4.splat(-126));
  const whole = f32x4.floor(y);
  const fraction = f32x4.sub(y, whole);
  let e = f32x4.splat(1.8775767e-3);
  e = f32x4.add(f32x4.mul(e, fraction), f32x4.splat(8.9893397e-3));
  e = f32x4.add(f32x4.mul(e, fraction), f32x4.splat(5.5826318e-2));
  e = f32x4.add(f32x4.mul(e, fraction), f32x4.splat(2.4015361e-1));
  e = f32x4.add(f32x4.mul(e, fraction), f32x4.splat(6.9315308e-1));
  e = f32x4.add(f32x4.mul(e, fraction), f32x4.splat(9.9999994e-1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(e, scale);
}

/** x^b of one number, for the test of `power`. */
export function powerOf(x: f32): f32 {
  return f32x4.extract_lane(power(f32x4.splat(x)), 0);
}
