// Skip-gram's positives: the old row h of a center against the output rows o of its context words, six or four at a
// time.
//   q = rate (1 - sigmoid(o . h)),  e += q o,  o += q h      (old o on the right; e the center's row, which moves
//   meanwhile)
import { madd, sigmoid, sums } from './arithmetic.assembly';
import { addLoss, addressAt, rate, row } from './chunk.assembly';

let move: v128; // sum of P(o) q, in four lanes
export let lowScores: v128, highScores: v128; // of six rows

/**
 * `list`: addresses of `count` output rows, and of six spare ones; `chances`: P of their words. Returns the sum of P(o)
 * q.
 */
export function trainContexts(list: usize, chances: usize, count: u32, h: usize, e: usize, measure: bool): f32 {
  let left = <i32>count;
  move = f32x4.splat(0);
  while (left > 8 || left == 6 || left == 5) {
    trainSix(list, chances, left, h, e, measure);
    list += 24;
    chances += 24;
    left -= 6;
  }
  while (left > 0) {
    trainFour(list, chances, left, h, e, measure);
    list += 16;
    chances += 16;
    left -= 4;
  }
  return f32x4.extract_lane(sums(move, move, move, move), 0);
}

/** Gradients of four rows, of which `left` are there: the others stay as they are. */
@inline
function toGradients(scores: v128, chances: usize, left: i32, measure: bool): v128 {
  const there = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
  if (measure) addLoss(scores, v128.and(f32x4.splat(1), there));
  const q = v128.and(f32x4.mul(f32x4.splat(rate), f32x4.sub(f32x4.splat(1), sigmoid(scores))), there);
  move = madd(q, v128.load(chances), move);
  return q;
}

/** One vector of a row: o += q h. Returns step + q o, with the old o. */
@inline
function exchange(at: usize, q: v128, h: v128, step: v128): v128 {
  const o = v128.load(at);
  v128.store(at, madd(q, h, o));
  return madd(q, o, step);
}

function trainSix(list: usize, chances: usize, left: i32, h: usize, e: usize, measure: bool): void {
  scoreSix(list, h);
  const low = toGradients(lowScores, chances, left, measure),
    high = toGradients(highScores, chances + 16, min(left, 6) - 4, measure);
  exchangeSix(list, low, high, h, e);
}

function trainFour(list: usize, chances: usize, left: i32, h: usize, e: usize, measure: bool): void {
  exchangeFour(list, toGradients(scoreFour(list, h), chances, left, measure), h, e);
}

/** The scores of four rows. */
@inline
export function scoreFour(list: usize, h: usize): v128 {
  const o0 = addressAt(list, 0),
    o1 = addressAt(list, 1),
    o2 = addressAt(list, 2),
    o3 = addressAt(list, 3);
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (let i: usize = 0; i < row; i += 16) {
    const x = v128.load(h + i);
    s0 = madd(x, v128.load(o0 + i), s0);
    s1 = madd(x, v128.load(o1 + i), s1);
    s2 = madd(x, v128.load(o2 + i), s2);
    s3 = madd(x, v128.load(o3 + i), s3);
  }
  return sums(s0, s1, s2, s3);
}

/** e += q o and o += q h for four rows. */
@inline
export function exchangeFour(list: usize, q: v128, h: usize, e: usize): void {
  const o0 = addressAt(list, 0),
    o1 = addressAt(list, 1),
    o2 = addressAt(list, 2),
    o3 = addressAt(list, 3);
  const q0 = f32x4.splat(f32x4.extract_lane(q, 0)),
    q1 = f32x4.splat(f32x4.extract_lane(q, 1)),
    q2 = f32x4.splat(f32x4.extract_lane(q, 2)),
    q3 = f32x4.splat(f32x4.extract_lane(q, 3));
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    const p0 = o0 + i,
      p1 = o1 + i,
      p2 = o2 + i,
      p3 = o3 + i;
    let x = v128.load(h + i),
      step = v128.load(e + i);
    step = exchange(p0, q0, x, step);
    step = exchange(p1, q1, x, step);
    step = exchange(p2, q2, x, step);
    step = exchange(p3, q3, x, step);
    v128.store(e + i, step);
    x = v128.load(h + i, 16);
    step = v128.load(e + i, 16);
    step = exchange(p0 + 16, q0, x, step);
    step = exchange(p1 + 16, q1, x, step);
    step = exchange(p2 + 16, q2, x, step);
    step = exchange(p3 + 16, q3, x, step);
    v128.store(e + i, step, 16);
    x = v128.load(h + i, 32);
    step = v128.load(e + i, 32);
    step = exchange(p0 + 32, q0, x, step);
    step = exchange(p1 + 32, q1, x, step);
    step = exchange(p2 + 32, q2, x, step);
    step = exchange(p3 + 32, q3, x, step);
    v128.store(e + i, step, 32);
    x = v128.load(h + i, 48);
    step = v128.load(e + i, 48);
    step = exchange(p0 + 48, q0, x, step);
    step = exchange(p1 + 48, q1, x, step);
    step = exchange(p2 + 48, q2, x, step);
    step = exchange(p3 + 48, q3, x, step);
    v128.store(e + i, step, 48);
  }
  for (; i < row; i += 16) {
    const x = v128.load(h + i);
    let step = v128.load(e + i);
    step = exchange(o0 + i, q0, x, step);
    step = exchange(o1 + i, q1, x, step);
    step = exchange(o2 + i, q2, x, step);
    step = exchange(o3 + i, q3, x, step);
    v128.store(e + i, step);
  }
}

/** The scores of six rows -> lowScores, and highScores in its first two lanes. */
@inline
export function scoreSix(list: usize, h: usize): void {
  const o0 = addressAt(list, 0),
    o1 = addressAt(list, 1),
    o2 = addressAt(list, 2),
    o3 = addressAt(list, 3),
    o4 = addressAt(list, 4),
    o5 = addressAt(list, 5);
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    s4 = s0,
    s5 = s0;
  for (let i: usize = 0; i < row; i += 16) {
    const x = v128.load(h + i);
    s0 = madd(x, v128.load(o0 + i), s0);
    s1 = madd(x, v128.load(o1 + i), s1);
    s2 = madd(x, v128.load(o2 + i), s2);
    s3 = madd(x, v128.load(o3 + i), s3);
    s4 = madd(x, v128.load(o4 + i), s4);
    s5 = madd(x, v128.load(o5 + i), s5);
  }
  lowScores = sums(s0, s1, s2, s3);
  highScores = sums(s4, s5, s4, s5);
}

/** e += q o and o += q h for six rows: q of four, and of two. */
@inline
export function exchangeSix(list: usize, low: v128, high: v128, h: usize, e: usize): void {
  const o0 = addressAt(list, 0),
    o1 = addressAt(list, 1),
    o2 = addressAt(list, 2),
    o3 = addressAt(list, 3),
    o4 = addressAt(list, 4),
    o5 = addressAt(list, 5);
  const q0 = f32x4.splat(f32x4.extract_lane(low, 0)),
    q1 = f32x4.splat(f32x4.extract_lane(low, 1)),
    q2 = f32x4.splat(f32x4.extract_lane(low, 2)),
    q3 = f32x4.splat(f32x4.extract_lane(low, 3)),
    q4 = f32x4.splat(f32x4.extract_lane(high, 0)),
    q5 = f32x4.splat(f32x4.extract_lane(high, 1));
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    const p0 = o0 + i,
      p1 = o1 + i,
      p2 = o2 + i,
      p3 = o3 + i,
      p4 = o4 + i,
      p5 = o5 + i;
    let x = v128.load(h + i),
      step = v128.load(e + i);
    step = exchange(p0, q0, x, step);
    step = exchange(p1, q1, x, step);
    step = exchange(p2, q2, x, step);
    step = exchange(p3, q3, x, step);
    step = exchange(p4, q4, x, step);
    step = exchange(p5, q5, x, step);
    v128.store(e + i, step);
    x = v128.load(h + i, 16);
    step = v128.load(e + i, 16);
    step = exchange(p0 + 16, q0, x, step);
    step = exchange(p1 + 16, q1, x, step);
    step = exchange(p2 + 16, q2, x, step);
    step = exchange(p3 + 16, q3, x, step);
    step = exchange(p4 + 16, q4, x, step);
    step = exchange(p5 + 16, q5, x, step);
    v128.store(e + i, step, 16);
    x = v128.load(h + i, 32);
    step = v128.load(e + i, 32);
    step = exchange(p0 + 32, q0, x, step);
    step = exchange(p1 + 32, q1, x, step);
    step = exchange(p2 + 32, q2, x, step);
    step = exchange(p3 + 32, q3, x, step);
    step = exchange(p4 + 32, q4, x, step);
    step = exchange(p5 + 32, q5, x, step);
    v128.store(e + i, step, 32);
    x = v128.load(h + i, 48);
    step = v128.load(e + i, 48);
    step = exchange(p0 + 48, q0, x, step);
    step = exchange(p1 + 48, q1, x, step);
    step = exchange(p2 + 48, q2, x, step);
    step = exchange(p3 + 48, q3, x, step);
    step = exchange(p4 + 48, q4, x, step);
    step = exchange(p5 + 48, q5, x, step);
    v128.store(e + i, step, 48);
  }
  for (; i < row; i += 16) {
    const x = v128.load(h + i);
    let step = v128.load(e + i);
    step = exchange(o0 + i, q0, x, step);
    step = exchange(o1 + i, q1, x, step);
    step = exchange(o2 + i, q2, x, step);
    step = exchange(o3 + i, q3, x, step);
    step = exchange(o4 + i, q4, x, step);
    step = exchange(o5 + i, q5, x, step);
    v128.store(e + i, step);
  }
}
