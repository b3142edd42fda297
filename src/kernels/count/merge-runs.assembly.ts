// Merges sorted runs from disk with a heap and adds up equal entries (run-writer.assembly.ts has the format).
import { endPart, putEntry, startPart } from './run-writer.assembly';

/** The host moves the rest of a run's buffer to its start and reads more data behind it. */
declare function refill(run: u32): void;
declare const directional: bool;

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
export function mergePart(
  firstRow: u32,
  runs: u32,
  states: usize,
  heapArea: usize,
  asRow: usize,
  asColumn: usize,
): void {
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
