// The k nearest rows of every row by inner product (src/map/exact-neighbors.ts). The rows are stored in panels of 8,
// a panel as D groups of 8 numbers, so that four lanes are four rows. A pair of rows is scored once, for both: threads
// share the pairs of panels and keep lists of their own, which are merged afterwards. A list is ordered by decreasing
// score, equal scores by row; so the merged lists do not depend on who scored what. All offsets are in bytes.

/** Panels of B per pass, which stay in a second-level cache. */
const BLOCK: u32 = 32;

// The lists of one thread: (V) thresholds, the worst score of each list; (V, k) scores; (V, k) rows.
let thresholds: usize = 0;
let scores: usize = 0;
let rows: usize = 0;
let most: u32 = 0;

/** Starts empty lists at `lists` for V rows (a multiple of 8). */
export function clear(lists: usize, V: u32, k: u32): void {
  for (let at: usize = 0; at < (<usize>V * (1 + k)) << 2; at += 4) store<f32>(lists + at, -Infinity);
  for (let at: usize = 0; at < (<usize>V * k) << 2; at += 4) store<i32>(lists + ((<usize>V * (1 + k)) << 2) + at, -1);
}

/**
 * Scores the panels fromA .. endA - 1 with those of fromB .. endB - 1 that do not come before them. A row of NaN is
 * near to none.
 */
export function compare(
  panels: usize,
  fromA: u32,
  endA: u32,
  fromB: u32,
  endB: u32,
  D: u32,
  lists: usize,
  V: u32,
  k: u32,
): void {
  thresholds = lists;
  scores = lists + ((<usize>V) << 2);
  rows = scores + ((<usize>V * k) << 2);
  most = k;
  const size = (<usize>D) << 5;
  for (let first = fromB; first < endB; first += BLOCK) {
    const end = min(first + BLOCK, endB);
    for (let a = fromA; a < min(endA, end); a++) {
      const panelA = panels + <usize>a * size;
      for (let b = max(first, a); b < end; b++) {
        const panelB = panels + <usize>b * size;
        score(panelA, panelB, size, a << 3, b << 3);
        score(panelA + 16, panelB, size, (a << 3) + 4, b << 3);
      }
    }
  }
}

/** Four rows of a panel, from row `one` on, with the eight of another panel, from row `other` on. */
@inline
function score(four: usize, eight: usize, size: usize, one: u32, other: u32): void {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  for (let at: usize = 0; at < size; at += 32) {
    const x0 = v128.load(eight + at);
    const x1 = v128.load(eight + at, 16);
    let value = v128.load32_splat(four + at);
    a0 = f32x4.add(a0, f32x4.mul(value, x0));
    a1 = f32x4.add(a1, f32x4.mul(value, x1));
    value = v128.load32_splat(four + at, 4);
    b0 = f32x4.add(b0, f32x4.mul(value, x0));
    b1 = f32x4.add(b1, f32x4.mul(value, x1));
    value = v128.load32_splat(four + at, 8);
    c0 = f32x4.add(c0, f32x4.mul(value, x0));
    c1 = f32x4.add(c1, f32x4.mul(value, x1));
    value = v128.load32_splat(four + at, 12);
    d0 = f32x4.add(d0, f32x4.mul(value, x0));
    d1 = f32x4.add(d1, f32x4.mul(value, x1));
  }
  const limits = thresholds + ((<usize>other) << 2);
  const own = thresholds + ((<usize>one) << 2);
  const l0 = v128.load(limits);
  const l1 = v128.load(limits, 16);
  consider(a0, a1, l0, l1, v128.load32_splat(own), one, other);
  consider(b0, b1, l0, l1, v128.load32_splat(own, 4), one + 1, other);
  consider(c0, c1, l0, l1, v128.load32_splat(own, 8), one + 2, other);
  consider(d0, d1, l0, l1, v128.load32_splat(own, 12), one + 3, other);
}

@inline
function consider(low: v128, high: v128, l0: v128, l1: v128, own: v128, one: u32, other: u32): void {
  // An older limit of the other rows only lets more through to `insert`, which compares again.
  const m0 = v128.or(f32x4.ge(low, own), f32x4.ge(low, l0));
  const m1 = v128.or(f32x4.ge(high, own), f32x4.ge(high, l1));
  if (v128.any_true(v128.or(m0, m1))) enter(low, high, one, other);
}

function enter(low: v128, high: v128, one: u32, other: u32): void {
  both(f32x4.extract_lane(low, 0), one, other);
  both(f32x4.extract_lane(low, 1), one, other + 1);
  both(f32x4.extract_lane(low, 2), one, other + 2);
  both(f32x4.extract_lane(low, 3), one, other + 3);
  both(f32x4.extract_lane(high, 0), one, other + 4);
  both(f32x4.extract_lane(high, 1), one, other + 5);
  both(f32x4.extract_lane(high, 2), one, other + 6);
  both(f32x4.extract_lane(high, 3), one, other + 7);
}

/** Within a panel each pair comes twice, and a row meets itself. */
@inline
function both(value: f32, one: u32, other: u32): void {
  if (one >= other) return;
  insert(one, other, value);
  insert(other, one, value);
}

@inline
function insert(list: u32, row: u32, value: f32): void {
  if (!(value >= load<f32>(thresholds + ((<usize>list) << 2)))) return;
  const start = (<usize>list * most) << 2;
  const ownScores = scores + start;
  const ownRows = rows + start;
  let at = (<usize>(most - 1)) << 2;
  if (!isBetter(value, row, ownScores + at, ownRows + at)) return;
  for (; at > 0 && isBetter(value, row, ownScores + at - 4, ownRows + at - 4); at -= 4) {
    store<f32>(ownScores + at, load<f32>(ownScores + at - 4));
    store<u32>(ownRows + at, load<u32>(ownRows + at - 4));
  }
  store<f32>(ownScores + at, value);
  store<u32>(ownRows + at, row);
  store<f32>(thresholds + ((<usize>list) << 2), load<f32>(ownScores + ((<usize>(most - 1)) << 2)));
}

@inline
function isBetter(value: f32, row: u32, score: usize, other: usize): bool {
  const before = load<f32>(score);
  return value > before || (value == before && row < load<u32>(other));
}
