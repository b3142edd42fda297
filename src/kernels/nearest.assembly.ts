// The two loops of a search for the nearest words (src/vectors/screen-rows.ts, src/vectors/scan-rows.ts), both in 32 bits: they
// only pick out the rows that may be among the best, which are then scored again in doubles. All offsets are in bytes.

/**
 * Scores Q queries (a multiple of 4; unit vectors, row by row) against a panel of 8 unit rows stored as D groups of 8 numbers.
 * Where one of the 8 scores is above the query's threshold, writes the query's number (4 bytes) and the 8 scores (32 bytes) to
 * hits; returns how many it wrote. NaN is above nothing.
 */
export function screen(panel: usize, queries: usize, Q: u32, D: u32, thresholds: usize, hits: usize): u32 {
  const length = (<usize>D) << 2;
  const stop = panel + ((<usize>D) << 5);
  let found: u32 = 0;
  for (let query: u32 = 0; query < Q; query += 4) {
    let q0 = queries + <usize>query * length;
    let q1 = q0 + length;
    let q2 = q1 + length;
    let q3 = q2 + length;
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    for (let from = panel; from < stop; from += 32) {
      const x0 = v128.load(from);
      const x1 = v128.load(from, 16);
      let value = v128.load32_splat(q0);
      a0 = f32x4.add(a0, f32x4.mul(value, x0));
      a1 = f32x4.add(a1, f32x4.mul(value, x1));
      value = v128.load32_splat(q1);
      b0 = f32x4.add(b0, f32x4.mul(value, x0));
      b1 = f32x4.add(b1, f32x4.mul(value, x1));
      value = v128.load32_splat(q2);
      c0 = f32x4.add(c0, f32x4.mul(value, x0));
      c1 = f32x4.add(c1, f32x4.mul(value, x1));
      value = v128.load32_splat(q3);
      d0 = f32x4.add(d0, f32x4.mul(value, x0));
      d1 = f32x4.add(d1, f32x4.mul(value, x1));
      q0 += 4;
      q1 += 4;
      q2 += 4;
      q3 += 4;
    }
    const limits = thresholds + ((<usize>query) << 2);
    found = keep(a0, a1, v128.load32_splat(limits), query, hits, found);
    found = keep(b0, b1, v128.load32_splat(limits, 4), query + 1, hits, found);
    found = keep(c0, c1, v128.load32_splat(limits, 8), query + 2, hits, found);
    found = keep(d0, d1, v128.load32_splat(limits, 12), query + 3, hits, found);
  }
  return found;
}

// @ts-ignore: decorator
@inline
function keep(low: v128, high: v128, limit: v128, query: u32, hits: usize, found: u32): u32 {
  if (!v128.any_true(v128.or(f32x4.gt(low, limit), f32x4.gt(high, limit)))) return found;
  const to = hits + <usize>found * 36;
  store<u32>(to, query);
  v128.store(to + 4, low);
  v128.store(to + 20, high);
  return found + 1;
}

const LINE_FEED: u8 = 10;
const SPACE: u8 = 32;

// What `scan` tells besides where it stopped.
let rowsSeen: u32 = 0;
let hitsFound: u32 = 0;
let unsure: u32 = 0;

export function rows(): u32 {
  return rowsSeen;
}

export function found(): u32 {
  return hitsFound;
}

/** 1 once a row had a length that 32 bits can't tell: NaN, infinity, or too near to either end of the range. */
export function isUnsure(): u32 {
  return unsure;
}

/**
 * Goes through records of word2vec's binary format (word SP D float32, line feeds before the word passed over) that lie
 * entirely in start .. end - 1, `most` at most, and returns where the first one stands that it did not take. Writes the hash of
 * each word to hashes. For each of Q queries (unit vectors, each padded with zeros to a multiple of 4 numbers) the cosine of
 * the row is compared with its threshold; above it: query, row (counted from 0 in this call), score, place of the word, place
 * of the vector (4 bytes each) are written to hits, and the scan stops after a row when fewer than Q places of hitsMost are left.
 */
export function scan(
  start: usize, end: usize, most: u32, D: u32, queries: usize, Q: u32, thresholds: usize, hashes: usize, hits: usize, hitsMost: u32,
): usize {
  const vectorBytes = (<usize>D) << 2;
  const whole = vectorBytes & ~15;
  const padded = (vectorBytes + 15) & ~15;
  let position = start;
  let row: u32 = 0;
  let found: u32 = 0;
  while (row < most && found + Q <= hitsMost) {
    let word = position;
    while (word < end && load<u8>(word) == LINE_FEED) word++;
    let space = word;
    let hash: u32 = 2166136261;
    while (space < end) {
      const byte = load<u8>(space);
      if (byte == SPACE) break;
      hash = (hash ^ byte) * 16777619;
      space++;
    }
    const vector = space + 1;
    if (vector + vectorBytes > end) break;
    store<u32>(hashes + ((<usize>row) << 2), hash);
    let squares = f32x4.splat(0);
    let others = squares;
    let at: usize = 0;
    for (; at + 16 < whole; at += 32) {
      const x = v128.load(vector + at);
      const y = v128.load(vector + at, 16);
      squares = f32x4.add(squares, f32x4.mul(x, x));
      others = f32x4.add(others, f32x4.mul(y, y));
    }
    if (at < whole) {
      const x = v128.load(vector + at);
      squares = f32x4.add(squares, f32x4.mul(x, x));
    }
    let norm = sum(f32x4.add(squares, others));
    for (at = whole; at < vectorBytes; at += 4) {
      const x = load<f32>(vector + at);
      norm += x * x;
    }
    if (!(norm > 1e-24 && norm < 1e30)) unsure = 1;
    const inverse: f32 = 1 / sqrt(norm);
    for (let query: u32 = 0; query < Q; query++) {
      const from = queries + <usize>query * padded;
      let products = f32x4.splat(0);
      others = products;
      for (at = 0; at + 16 < whole; at += 32) {
        products = f32x4.add(products, f32x4.mul(v128.load(vector + at), v128.load(from + at)));
        others = f32x4.add(others, f32x4.mul(v128.load(vector + at, 16), v128.load(from + at, 16)));
      }
      if (at < whole) products = f32x4.add(products, f32x4.mul(v128.load(vector + at), v128.load(from + at)));
      let dot = sum(f32x4.add(products, others));
      for (at = whole; at < vectorBytes; at += 4) dot += load<f32>(vector + at) * load<f32>(from + at);
      const score = dot * inverse;
      if (score > load<f32>(thresholds + ((<usize>query) << 2))) {
        const to = hits + <usize>found * 20;
        store<u32>(to, query);
        store<u32>(to, row, 4);
        store<f32>(to, score, 8);
        store<u32>(to, <u32>word, 12);
        store<u32>(to, <u32>vector, 16);
        found++;
      }
    }
    row++;
    position = vector + vectorBytes;
  }
  rowsSeen = row;
  hitsFound = found;
  return position;
}

// @ts-ignore: decorator
@inline
function sum(lanes: v128): f32 {
  return f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}
