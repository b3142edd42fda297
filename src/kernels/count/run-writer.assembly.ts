// Writes runs: sorted, compressed lists of (row, column, sum), made by cooccurrence.assembly.ts and merged by
// merge-runs.assembly.ts.
//
// Bytes of a run (a part of it, from some row on): for each row that has entries, varint(row - row before),
// then varint(column - column before), varint(sum) for each entry, then varint(0). "Before" starts at -1, or at the
// part's first row less 1. A varint holds 7 bits a byte, low bits first.

/** The host writes the first `bytes` bytes of the output area to the file. */
declare function flush(bytes: u32): void;

declare const out: usize; // (outCapacity) u8
declare const outCapacity: u32;
let outLength: u32 = 0;

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

export function startPart(firstRow: u32): void {
  rowBefore = <i64>firstRow - 1;
  rowOpen = -1;
}

@inline
export function putEntry(row: u32, column: u32, sum: u64): void {
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

export function endPart(): void {
  if (rowOpen >= 0) put(0);
  rowOpen = -1;
  if (outLength > 0) flush(outLength);
  outLength = 0;
}
