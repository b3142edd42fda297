// Counts pairs of words that stand near each other, exactly, in a fixed piece of memory (one instance a worker thread).
// A pair of two frequent words is added to a dense block, as in GloVe's cooccur (Pennington et al. 2014); any other
// becomes a 64-bit key (row, column, distance) in a buffer that is radix-sorted and written out as a run when full.
// All sums are u64 multiples of one unit, so that no order of adding and no split of the work changes a result.
//
// Bytes of a run (a part of it, from some row on): for each row that has entries, varint(row - row before),
// then varint(column - column before), varint(sum) for each entry, then varint(0). "Before" starts at -1, or at the
// part's first row less 1. A varint holds 7 bits a byte, low bits first.

/** The host writes the first `bytes` bytes of the output area to the file. */
@external("env", "flush")
declare function flush(bytes: u32): void;
/** The host moves what is left of a run's window to its start and reads more behind it. */
@external("env", "refill")
declare function refill(run: u32): void;

let directional: bool = false;
let windowSize: u32 = 0;
let columnBits: u32 = 0;
let distanceBits: u32 = 0;
let weights: usize = 0; // (W + 1) u64: the weight of each distance in units; [0] stands in where distances don't differ
let denseLimit: usize = 0; // (V) u32: columns below this are in the dense block; 0: the row has no dense part
let denseStart: usize = 0; // (V) u32: cell number of the row's column 0 (wraps below 0 where the row starts later)
let dense: usize = 0;
let wideCells: bool = false;
let keys: usize = 0;
let spareKeys: usize = 0;
let keyCapacity: u32 = 0;
let keyCount: u32 = 0;
let keyCursor: u32 = 0;
let histogram: usize = 0; // 65536 u32
let out: usize = 0;
let outCapacity: u32 = 0;
let outLength: u32 = 0;

export function configure(
  directionalPairs: bool, window: u32, bitsOfColumn: u32, bitsOfDistance: u32, weightTable: usize,
  limits: usize, starts: usize, cells: usize, wide: bool,
  keyBuffer: usize, spareBuffer: usize, capacity: u32, counters: usize, output: usize, outputCapacity: u32,
): void {
  directional = directionalPairs;
  windowSize = window;
  columnBits = bitsOfColumn;
  distanceBits = bitsOfDistance;
  weights = weightTable;
  denseLimit = limits;
  denseStart = starts;
  dense = cells;
  wideCells = wide;
  keys = keyBuffer;
  spareKeys = spareBuffer;
  keyCapacity = capacity;
  keyCount = 0;
  histogram = counters;
  out = output;
  outCapacity = outputCapacity;
}

/** splitmix64 of (seed, position) as a fraction: each token's own draw, whichever thread meets it. */
@inline
function draw(seed: u64, position: u64): f64 {
  let x = seed + (position + 1) * 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  x ^= x >> 31;
  return <f64>(x >> 11) * (1.0 / 9007199254740992.0);
}

/** Copies the tokens that subsampling keeps (f64 `keep` a word) and every line end; returns how many there are. */
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
 * Counts the pairs whose first word is at `from` .. `count` - 1 of the `total` tokens. Stops early, for the keys to be
 * sorted and written, where the next word's pairs might not fit; returns the position it got to.
 */
export function countPairs(tokens: usize, from: u32, count: u32, total: u32): u32 {
  if (wideCells) return directional ? pairs<u64>(true, tokens, from, count, total) : pairs<u64>(false, tokens, from, count, total);
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
      const at = histogram + (<usize>((load<u64>(keys + ((<usize>i) << 3)) >> shift) & mask) << 2);
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
      const at = histogram + (<usize>((key >> shift) & mask) << 2);
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

@inline
function put(value: u64): void {
  let rest = value;
  let at = out + outLength;
  while (rest >= 128) {
    store<u8>(at, <u8>rest | 128);
    rest >>= 7;
    at++;
  }
  store<u8>(at, <u8>rest);
  outLength = <u32>(at + 1 - out);
}

let rowBefore: i64 = -1;
let rowOpen: i64 = -1;
let columnBefore: i64 = -1;

function startPart(firstRow: u32): void {
  rowBefore = <i64>firstRow - 1;
  rowOpen = -1;
}

@inline
function putEntry(row: u32, column: u32, sum: u64): void {
  if (outLength + 48 > outCapacity) {
    flush(outLength);
    outLength = 0;
  }
  if (rowOpen != row) {
    if (rowOpen >= 0) put(0);
    put(row - rowBefore);
    rowOpen = row;
    rowBefore = row;
    columnBefore = -1;
  }
  put(<i64>column - columnBefore);
  columnBefore = column;
  put(sum);
}

function endPart(): void {
  if (rowOpen >= 0) put(0);
  rowOpen = -1;
  if (outLength > 0) flush(outLength);
  outLength = 0;
}

/** Writes the sorted keys of rows `firstRow` .. `endRow` - 1 (and their dense cells, which become 0) as a part of a run. */
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

// A run being merged: u32 next byte, u32 end of its window, u32 whether the file holds more, i32 row, i64 column
// (-1: a row's number comes next), u64 sum. 32 bytes.
let merged: usize = 0;
let heap: usize = 0; // (runs) u32 run numbers, the least (row, column) on top
let heapSize: u32 = 0;
const STATE: usize = 32;

@inline
function state(run: u32): usize {
  return merged + <usize>run * STATE;
}

@inline
function take(at: usize): u64 {
  let next = <usize>load<u32>(at);
  let byte = <u64>load<u8>(next++);
  let value = byte & 127;
  let shift: u64 = 7;
  while (byte >= 128) {
    byte = <u64>load<u8>(next++);
    value |= (byte & 127) << shift;
    shift += 7;
  }
  store<u32>(at, <u32>next);
  return value;
}

/** Moves a run to its next entry; false at its end. */
function advance(run: u32): bool {
  const at = state(run);
  if (load<u32>(at, 4) - load<u32>(at) < 48 && load<u32>(at, 8) != 0) refill(run);
  if (load<i64>(at, 16) >= 0) {
    const step = take(at);
    if (step != 0) {
      store<i64>(at, load<i64>(at, 16) + step, 16);
      store<u64>(at, take(at), 24);
      return true;
    }
    store<i64>(at, -1, 16);
  }
  if (load<u32>(at) == load<u32>(at, 4)) return false;
  store<i32>(at, load<i32>(at, 12) + <i32>take(at), 12);
  store<i64>(at, -1 + <i64>take(at), 16);
  store<u64>(at, take(at), 24);
  return true;
}

@inline
function entryKey(run: u32): u64 {
  const at = state(run);
  return ((<u64>load<i32>(at, 12)) << 32) | load<u64>(at, 16);
}

function sink(from: u32): void {
  const run = load<u32>(heap + ((<usize>from) << 2));
  const key = entryKey(run);
  let place = from;
  for (;;) {
    let child: u32 = 2 * place + 1;
    if (child >= heapSize) break;
    let other = load<u32>(heap + ((<usize>child) << 2));
    let least = entryKey(other);
    if (child + 1 < heapSize) {
      const right = load<u32>(heap + ((<usize>(child + 1)) << 2));
      const rightKey = entryKey(right);
      if (rightKey < least) {
        least = rightKey;
        other = right;
        child++;
      }
    }
    if (least >= key) break;
    store<u32>(heap + ((<usize>place) << 2), other);
    place = child;
  }
  store<u32>(heap + ((<usize>place) << 2), run);
}

/**
 * Adds up one part of all runs into one, written like a run. `asRow` and `asColumn` (V u32 each) gain the number of
 * entries of each row and column (undirected, one on the diagonal counts for the row alone).
 */
export function mergePart(firstRow: u32, runs: u32, states: usize, heapArea: usize, asRow: usize, asColumn: usize): void {
  merged = states;
  heap = heapArea;
  heapSize = 0;
  for (let run: u32 = 0; run < runs; run++) {
    store<i32>(state(run), <i32>firstRow - 1, 12);
    store<i64>(state(run), -1, 16);
    if (advance(run)) {
      store<u32>(heap + ((<usize>heapSize) << 2), run);
      heapSize++;
    }
  }
  for (let place: i32 = <i32>heapSize / 2 - 1; place >= 0; place--) sink(place);
  startPart(firstRow);
  while (heapSize > 0) {
    const top = entryKey(load<u32>(heap));
    let sum: u64 = 0;
    while (heapSize > 0) {
      const run = load<u32>(heap);
      if (entryKey(run) != top) break;
      sum += load<u64>(state(run), 24);
      if (!advance(run)) {
        heapSize--;
        store<u32>(heap, load<u32>(heap + ((<usize>heapSize) << 2)));
        if (heapSize == 0) break;
      }
      sink(0);
    }
    const row = <u32>(top >> 32);
    const column = <u32>top;
    const rowTally = asRow + ((<usize>row) << 2);
    store<u32>(rowTally, load<u32>(rowTally) + 1);
    if (directional || row != column) {
      const columnTally = asColumn + ((<usize>column) << 2);
      store<u32>(columnTally, load<u32>(columnTally) + 1);
    }
    putEntry(row, column, sum);
  }
  endPart();
}
