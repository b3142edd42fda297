// Counts word pairs within a window exactly, in a fixed amount of memory (one instance per worker thread). A pair of
// two frequent words is added to a dense block, as in GloVe's cooccur (Pennington et al. 2014); any other pair becomes
// a 64-bit key (row, column, distance) in a buffer that is radix-sorted and written out as a run when full. All sums
// are u64 multiples of one unit, so that the result does not depend on the order of additions or on the division of
// work.
import { endPart, putEntry, startPart } from './run-writer.assembly';

export { mergePart } from './merge-runs.assembly';

// Provided by the host. V words, W the window.
declare const directional: bool;
declare const windowSize: u32; // W
declare const columnBits: u32; // of a key
declare const distanceBits: u32; // of a key; 0 if all distances have the same weight
declare const weights: usize; // (W + 1) u64: the weight of each distance in units; [0] is used if all are equal
declare const denseLimit: usize; // (V) u32: columns below this are in the dense block; 0: the row has no dense part
declare const denseStart: usize; // (V) u32: cell number of the row's column 0 (wraps below 0 if the row starts later)
declare const dense: usize; // cells of the dense block, u64 or u32
declare const wideCells: bool; // whether they are u64
declare const keyBuffer: usize; // (keyCapacity) u64
declare const spareBuffer: usize; // (keyCapacity) u64
declare const keyCapacity: u32;
declare const histogram: usize; // (2048) u32
let keys: usize = keyBuffer; // sorting swaps the two
let spareKeys: usize = spareBuffer;
let keyCount: u32 = 0;
let keyCursor: u32 = 0;

/** splitmix64 of (seed, position) as a fraction: the draw of a token does not depend on the thread. */
@inline
function draw(seed: u64, position: u64): f64 {
  let x = seed + (position + 1) * 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  x ^= x >> 31;
  return <f64>(x >> 11) * (1.0 / 9007199254740992.0);
}

/** Copies the tokens that subsampling keeps (f64 `keep` per word) and all line ends; returns their number. */
export function sampleTokens(from: usize, count: u32, to: usize, keep: usize, seed: u64, position: u64): u32 {
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const id = load<i32>(from + ((<usize>i) << 2));
    if (id < 0 || draw(seed, position + i) < load<f64>(keep + ((<usize>id) << 3))) {
      store<i32>(to + ((<usize>kept) << 2), id);
      kept++;
    }
  }
  return kept;
}

/**
 * Counts the pairs whose first word is at `from` .. `count` - 1 of the `total` tokens. Stops early if the pairs of the
 * next word might not fit, so that the keys can be sorted and written; returns the position reached.
 */
export function countPairs(tokens: usize, from: u32, count: u32, total: u32): u32 {
  if (wideCells)
    return directional ? pairs<u64>(true, tokens, from, count, total) : pairs<u64>(false, tokens, from, count, total);
  return directional ? pairs<u32>(true, tokens, from, count, total) : pairs<u32>(false, tokens, from, count, total);
}

@inline
function pairs<Cell>(ordered: bool, tokens: usize, from: u32, count: u32, total: u32): u32 {
  const lastSafe = keyCapacity - windowSize;
  const shift = distanceBits;
  const width = columnBits;
  const hasDistance = distanceBits > 0;
  let filled = keyCount;
  let p = from;
  for (; p < count; p++) {
    const first = load<i32>(tokens + ((<usize>p) << 2));
    if (first < 0) continue;
    if (filled > lastSafe) break;
    const end = min(total, p + windowSize + 1);
    for (let q = p + 1; q < end; q++) {
      const second = load<i32>(tokens + ((<usize>q) << 2));
      if (second < 0) break;
      const row: u32 = ordered ? first : min(<u32>first, <u32>second);
      const column: u32 = ordered ? second : max(<u32>first, <u32>second);
      if (column < load<u32>(denseLimit + ((<usize>row) << 2))) {
        const cell = dense + <usize>(load<u32>(denseStart + ((<usize>row) << 2)) + column) * sizeof<Cell>();
        const weight = <Cell>load<u64>(weights + (hasDistance ? (<usize>(q - p)) << 3 : 0));
        store<Cell>(cell, load<Cell>(cell) + weight);
      } else {
        const key = (((<u64>row) << width) | column) << shift;
        store<u64>(keys + ((<usize>filled) << 3), hasDistance ? key | (q - p - 1) : key);
        filled++;
      }
    }
  }
  keyCount = filled;
  return p;
}

export function pendingKeys(): u32 {
  return keyCount;
}

/** Sorts the pending keys by (row, column): least significant digit first, `bits` bits above the distance. */
export function sortKeys(bits: u32): void {
  const passes = (bits + 10) / 11;
  const digit = passes == 0 ? 0 : (bits + passes - 1) / passes;
  const buckets: u32 = 1 << digit;
  const mask = <u64>(buckets - 1);
  for (let pass: u32 = 0; pass < passes; pass++) {
    const shift = <u64>(distanceBits + pass * digit);
    memory.fill(histogram, 0, (<usize>buckets) << 2);
    for (let i: u32 = 0; i < keyCount; i++) {
      const at = histogram + ((<usize>((load<u64>(keys + ((<usize>i) << 3)) >> shift) & mask)) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
    let sum: u32 = 0;
    for (let b: u32 = 0; b < buckets; b++) {
      const at = histogram + ((<usize>b) << 2);
      const n = load<u32>(at);
      store<u32>(at, sum);
      sum += n;
    }
    for (let i: u32 = 0; i < keyCount; i++) {
      const key = load<u64>(keys + ((<usize>i) << 3));
      const at = histogram + ((<usize>((key >> shift) & mask)) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u64>(spareKeys + ((<usize>place) << 3), key);
    }
    const swap = keys;
    keys = spareKeys;
    spareKeys = swap;
  }
  keyCursor = 0;
}

/**
 * Writes the sorted keys of rows `firstRow` .. `endRow` - 1 (and their dense cells, which become 0) as a part of a run.
 */
export function writePart(firstRow: u32, endRow: u32, withDense: bool): void {
  startPart(firstRow);
  const rowShift = <u64>(columnBits + distanceBits);
  const columnMask: u64 = ((<u64>1) << columnBits) - 1;
  const distanceMask: u64 = ((<u64>1) << distanceBits) - 1;
  for (let row = firstRow; row < endRow; row++) {
    const limit = withDense ? load<u32>(denseLimit + ((<usize>row) << 2)) : 0;
    const start = load<u32>(denseStart + ((<usize>row) << 2));
    for (let column: u32 = directional ? <u32>0 : row; column < limit; column++) {
      let sum: u64;
      if (wideCells) {
        const cell = dense + ((<usize>(start + column)) << 3);
        sum = load<u64>(cell);
        store<u64>(cell, 0);
      } else {
        const cell = dense + ((<usize>(start + column)) << 2);
        sum = load<u32>(cell);
        store<u32>(cell, 0);
      }
      if (sum > 0) putEntry(row, column, sum);
    }
    while (keyCursor < keyCount) {
      const key = load<u64>(keys + ((<usize>keyCursor) << 3));
      if (key >> rowShift != <u64>row) break;
      const pair = key >> <u64>distanceBits;
      let sum: u64 = 0;
      while (keyCursor < keyCount) {
        const next = load<u64>(keys + ((<usize>keyCursor) << 3));
        if (next >> <u64>distanceBits != pair) break;
        sum += load<u64>(weights + (distanceBits > 0 ? (<usize>(next & distanceMask) + 1) << 3 : 0));
        keyCursor++;
      }
      putEntry(row, <u32>(pair & columnMask), sum);
    }
  }
  endPart();
}

export function dropKeys(): void {
  keyCount = 0;
}
