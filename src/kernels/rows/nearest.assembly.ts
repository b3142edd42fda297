// The two float32 loops of nearest-word search (src/query/nearest-rows.ts, src/query/scan-rows.ts). They select rows
// that may be among the best, which are then scored again in doubles. All offsets are in bytes.

/**
 * Scores Q queries (a multiple of 4; unit vectors, row-major) against a panel of 8 unit rows stored as D groups of 8
 * numbers. If one of the 8 scores is above the query's threshold, writes the query's number (4 bytes) and the 8 scores
 * (32 bytes) to hits; returns the number written. NaN is never above a threshold.
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
    let a0 = f32x4.splat(0),
      a1 = a0,
      b0 = a0,
      b1 = a0,
      c0 = a0,
      c1 = a0,
      d0 = a0,
      d1 = a0;
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

// Further results of `scan`.
let rowsSeen: u32 = 0;
let hitsFound: u32 = 0;
let unsure: u32 = 0;

export function rows(): u32 {
  return rowsSeen;
}

export function found(): u32 {
  return hitsFound;
}

/** 1 after a row without a usable float32 norm: NaN, infinity, or too near to the limits of the range. */
export function isUnsure(): u32 {
  return unsure;
}

/**
 * Scans at most `most` complete records of word2vec's binary format (word SP D float32, skipping line feeds before the
 * word) in start .. end - 1, and returns the position of the first record not scanned. Writes the hash of each word,
 * the address of the word and the address of the vector (4 bytes each) to records. For each of Q queries (unit vectors,
 * padded to a multiple of 4 numbers) whose threshold the row's cosine exceeds, writes query, row (from 0 in this call)
 * and cosine (4 bytes each) to hits. Stops early after a row if hits has no room for another Q entries.
 */
export function scan(
  start: usize,
  end: usize,
  most: u32,
  D: u32,
  queries: usize,
  Q: u32,
  thresholds: usize,
  records: usize,
  hits: usize,
  hitsMost: u32,
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
    const record = records + <usize>row * 12;
    store<u32>(record, hash);
    store<u32>(record, <u32>word, 4);
    store<u32>(record, <u32>vector, 8);
    let inverse: f32 = 0;
    if (Q > 0) {
      const squares = dot(vector, vector, whole, vectorBytes);
      if (!(squares > 1e-24 && squares < 1e30)) unsure = 1;
      inverse = 1 / sqrt(squares);
    }
    for (let query: u32 = 0; query < Q; query++) {
      const score = dot(vector, queries + <usize>query * padded, whole, vectorBytes) * inverse;
      if (score > load<f32>(thresholds + ((<usize>query) << 2))) {
        const to = hits + <usize>found * 12;
        store<u32>(to, query);
        store<u32>(to, row, 4);
        store<f32>(to, score, 8);
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

/** The inner product of two vectors of `bytes` bytes, `whole` of them in groups of four numbers. */
@inline
function dot(x: usize, y: usize, whole: usize, bytes: usize): f32 {
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a;
  let at: usize = 0;
  for (; at + 64 <= whole; at += 64) {
    a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(y + at)));
    b = f32x4.add(b, f32x4.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
    c = f32x4.add(c, f32x4.mul(v128.load(x + at, 32), v128.load(y + at, 32)));
    d = f32x4.add(d, f32x4.mul(v128.load(x + at, 48), v128.load(y + at, 48)));
  }
  for (; at < whole; at += 16) a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  let total = sum(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  for (; at < bytes; at += 4) total += load<f32>(x + at) * load<f32>(y + at);
  return total;
}

@inline
function sum(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}
