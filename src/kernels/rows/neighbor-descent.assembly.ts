// NN-descent (Dong, Charikar & Li 2011): approximate k nearest rows of every row by inner product
// (src/layout/descent-neighbors.ts). Lists start from the leaves of random projection trees (Dasgupta & Freund 2008);
// then neighbours of a common neighbour are compared with each other, again and again. Workers take turns: in one step
// they all only read the lists and write pairs that may enter some to buffers of their own; in the next each enters the
// pairs of all buffers into the lists of its own rows. What enters does not depend on the order, so neither do results
// on the number of workers. All offsets are in bytes.

const NONE: u32 = 0x7fffffff;
const NEW: u32 = 0x80000000; // a neighbour that has not been compared yet
const PAIR: usize = 12;
const STACK: usize = 128;

let n: u32 = 0;
let width: usize = 0; // bytes of a row, a multiple of 16
let K: u32 = 0; // neighbours of a list
let S: u32 = 0; // rows in a sample
let rows: usize = 0; // (n, width)
let scores: usize = 0; // (n, K) in decreasing order
let lists: usize = 0; // (n, K) rows, with NEW
let fresh: usize = 0; // (n, S) sample of new neighbours, and then (n, S) of their priorities
let known: usize = 0; // the same of neighbours compared before

export function place(
  newN: u32,
  newWidth: u32,
  newK: u32,
  newS: u32,
  rowsAt: usize,
  scoresAt: usize,
  listsAt: usize,
  freshAt: usize,
  knownAt: usize,
): void {
  n = newN;
  width = newWidth;
  K = newK;
  S = newS;
  rows = rowsAt;
  scores = scoresAt;
  lists = listsAt;
  fresh = freshAt;
  known = knownAt;
}

/** Empties the lists of the rows `from` .. `end` - 1. */
export function clear(from: u32, end: u32): void {
  for (let at = <usize>from * K; at < <usize>end * K; at++) {
    store<f32>(scores + (at << 2), -Infinity);
    store<u32>(lists + (at << 2), NONE);
  }
}

@inline
function mix(value: u32): u32 {
  let t = value;
  t = (t ^ (t >>> 16)) * 0x21f0aaad;
  t = (t ^ (t >>> 15)) * 0x735a2d97;
  return t ^ (t >>> 15);
}

@inline
function dot(x: usize, y: usize): f32 {
  let a = f32x4.splat(0),
    b = a;
  let at: usize = 0;
  for (; at + 32 <= width; at += 32) {
    a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(y + at)));
    b = f32x4.add(b, f32x4.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
  }
  if (at < width) a = f32x4.add(a, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  a = f32x4.add(a, b);
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

@inline
function rowOf(row: u32): usize {
  return rows + <usize>row * width;
}

/**
 * Puts all rows into the order of a tree's leaves: parts of more than `leaf` rows are split by the plane between two
 * random rows. Writes where each leaf ends to `ends` and returns the number of leaves. `stack` has room for STACK
 * numbers.
 */
export function tree(order: usize, ends: usize, stack: usize, leaf: u32, seed: u32): u32 {
  for (let at: u32 = 0; at < n; at++) store<u32>(order + ((<usize>at) << 2), at);
  let leaves: u32 = 0;
  let depth: usize = 0;
  let from: u32 = 0;
  let draws: u32 = 0;
  store<u32>(stack, n);
  depth = 1;
  while (depth > 0) {
    const end = load<u32>(stack + ((depth - 1) << 2));
    if (end - from <= leaf || depth == STACK) {
      from = min(end, from + leaf);
      store<u32>(ends + ((<usize>leaves) << 2), from);
      leaves++;
      if (from == end) depth--;
      continue;
    }
    const a = from + <u32>((<u64>mix(seed + ++draws * 0x9e3779b9) * (end - from)) >> 32);
    const b = from + <u32>((<u64>mix(seed + ++draws * 0x9e3779b9) * (end - from)) >> 32);
    let middle = split(order, from, end, load<u32>(order + ((<usize>a) << 2)), load<u32>(order + ((<usize>b) << 2)));
    // Equal rows, or all on one side.
    if (middle == from || middle == end) middle = from + ((end - from) >> 1);
    store<u32>(stack + (depth << 2), middle);
    depth++;
  }
  return leaves;
}

/** Rows nearer to a first; returns where the others start. */
function split(order: usize, from: u32, end: u32, a: u32, b: u32): u32 {
  let low = from;
  let high = end;
  while (low < high) {
    const at = order + ((<usize>low) << 2);
    const row = load<u32>(at);
    if (dot(rowOf(row), rowOf(a)) > dot(rowOf(row), rowOf(b))) {
      low++;
    } else {
      high--;
      store<u32>(at, load<u32>(order + ((<usize>high) << 2)));
      store<u32>(order + ((<usize>high) << 2), row);
    }
  }
  return low;
}

@inline
function worst(row: u32): f32 {
  return load<f32>(scores + ((<usize>row * K + K - 1) << 2));
}

/** The pairs of a buffer: their number in its first 16 bytes, then row, row and score of each. */
@inline
function consider(one: u32, other: u32, buffer: usize): void {
  const score = dot(rowOf(one), rowOf(other));
  if (!(score >= worst(one) || score >= worst(other))) return;
  const count = load<u32>(buffer);
  const to = buffer + 16 + <usize>count * PAIR;
  store<u32>(to, one);
  store<u32>(to, other, 4);
  store<f32>(to, score, 8);
  store<u32>(buffer, count + 1);
}

/** Compares the rows of each leaf from `first` to `last` - 1 with each other. */
export function joinLeaves(order: usize, ends: usize, first: u32, last: u32, buffer: usize): void {
  store<u32>(buffer, 0);
  let from: u32 = first == 0 ? 0 : load<u32>(ends + ((<usize>(first - 1)) << 2));
  for (let leaf = first; leaf < last; leaf++) {
    const end = load<u32>(ends + ((<usize>leaf) << 2));
    for (let i = from; i < end; i++) {
      const one = load<u32>(order + ((<usize>i) << 2));
      for (let j = i + 1; j < end; j++) consider(one, load<u32>(order + ((<usize>j) << 2)), buffer);
    }
    from = end;
  }
}

/**
 * Samples of up to S new and S known neighbours, and of the rows whose neighbour it is, for each row from `from` to
 * `end` - 1: those of the lowest priority, a hash of both rows.
 */
export function sample(from: u32, end: u32, seed: u32): void {
  const samples = (<usize>n * S) << 2;
  for (let at = (<usize>from * S) << 2; at < (<usize>end * S) << 2; at += 4) {
    store<u32>(fresh + at, NONE);
    store<u32>(fresh + samples + at, 0xffffffff);
    store<u32>(known + at, NONE);
    store<u32>(known + samples + at, 0xffffffff);
  }
  for (let row: u32 = 0; row < n; row++) {
    const isOwn = row >= from && row < end;
    for (let at: u32 = 0; at < K; at++) {
      const entry = load<u32>(lists + ((<usize>row * K + at) << 2));
      const other = entry & NONE;
      if (other == NONE) break;
      const isOther = other >= from && other < end;
      if (!isOwn && !isOther) continue;
      const priority = mix((min(row, other) * 0x9e3779b1) ^ mix(max(row, other) ^ seed));
      const to = entry & NEW ? fresh : known;
      if (isOwn) offer(to, samples, row, other, priority);
      if (isOther) offer(to, samples, other, row, priority);
    }
  }
}

function offer(to: usize, samples: usize, row: u32, other: u32, priority: u32): void {
  const start = to + ((<usize>row * S) << 2);
  let at = (<usize>(S - 1)) << 2;
  if (priority >= load<u32>(start + samples + at)) return;
  for (let i: usize = 0; i <= at; i += 4) if (load<u32>(start + i) == other) return;
  for (; at > 0 && load<u32>(start + samples + at - 4) > priority; at -= 4) {
    store<u32>(start + at, load<u32>(start + at - 4));
    store<u32>(start + samples + at, load<u32>(start + samples + at - 4));
  }
  store<u32>(start + at, other);
  store<u32>(start + samples + at, priority);
}

/** New neighbours that are in the sample of their row count as compared from now on. */
export function age(from: u32, end: u32): void {
  for (let row = from; row < end; row++) {
    for (let at: u32 = 0; at < K; at++) {
      const place = lists + ((<usize>row * K + at) << 2);
      const entry = load<u32>(place);
      if (!(entry & NEW)) continue;
      for (let i: u32 = 0; i < S; i++) {
        if (load<u32>(fresh + ((<usize>row * S + i) << 2)) != (entry & NONE)) continue;
        store<u32>(place, entry & NONE);
        break;
      }
    }
  }
}

/**
 * Compares the sampled neighbours of each row from `from` to `end` - 1: new ones with each other and with known ones.
 */
export function join(from: u32, end: u32, buffer: usize): void {
  store<u32>(buffer, 0);
  for (let row = from; row < end; row++) {
    const ownFresh = fresh + ((<usize>row * S) << 2);
    const ownKnown = known + ((<usize>row * S) << 2);
    for (let i: u32 = 0; i < S; i++) {
      const one = load<u32>(ownFresh + ((<usize>i) << 2));
      if (one == NONE) break;
      for (let j = i + 1; j < S; j++) {
        const other = load<u32>(ownFresh + ((<usize>j) << 2));
        if (other == NONE) break;
        consider(one, other, buffer);
      }
      for (let j: u32 = 0; j < S; j++) {
        const other = load<u32>(ownKnown + ((<usize>j) << 2));
        if (other == NONE) break;
        if (one != other) consider(one, other, buffer);
      }
    }
  }
}

/** Enters the pairs of a buffer into the lists of the rows `from` .. `end` - 1; returns how many entered. */
export function enter(buffer: usize, from: u32, end: u32): u32 {
  const count = load<u32>(buffer);
  let entered: u32 = 0;
  for (let pair: u32 = 0; pair < count; pair++) {
    const at = buffer + 16 + <usize>pair * PAIR;
    const one = load<u32>(at);
    const other = load<u32>(at, 4);
    const score = load<f32>(at, 8);
    if (one >= from && one < end) entered += insert(one, other, score);
    if (other >= from && other < end) entered += insert(other, one, score);
  }
  return entered;
}

@inline
function isBetter(score: f32, row: u32, at: usize): bool {
  const before = load<f32>(scores + at);
  return score > before || (score == before && row < (load<u32>(lists + at) & NONE));
}

/** Equal scores by row, so that a list does not depend on the order in which its rows came. */
function insert(list: u32, row: u32, score: f32): u32 {
  const start = (<usize>list * K) << 2;
  let at = start + ((<usize>(K - 1)) << 2);
  if (!isBetter(score, row, at)) return 0;
  for (let i = start; i <= at; i += 4) if ((load<u32>(lists + i) & NONE) == row) return 0;
  for (; at > start && isBetter(score, row, at - 4); at -= 4) {
    store<f32>(scores + at, load<f32>(scores + at - 4));
    store<u32>(lists + at, load<u32>(lists + at - 4));
  }
  store<f32>(scores + at, score);
  store<u32>(lists + at, row | NEW);
  return 1;
}
