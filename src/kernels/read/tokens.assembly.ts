// Tokenizes UTF-8 bytes into counted type ids and line ends, by the rules in token-rules.ts. Invalid UTF-8 is replaced
// as in the WHATWG decoder (TextDecoder; Unicode 3.9, "maximal subpart"): each longest prefix of a valid sequence, or
// single stray byte, becomes one U+FFFD.
import { find, openTable, tableSize, typeCount } from './type-table.assembly';

export {
  clear,
  intern,
  internRecords,
  reportRecords,
  restoreRecords,
  room,
  slotsAt,
  slotsInTable,
  tableSize,
  typeCount,
} from './type-table.assembly';

/** The class of a code point at or above U+0080. */
declare function classify(codePoint: u32): u32;
/** Reports a new type, the `length` bytes at `start`, that is not in its final form. */
declare function settle(id: u32, start: usize, length: u32): void;
/** Reports a NUL at `start`; the host throws. */
declare function forbidden(start: usize): void;
/** Reports that the table has more than `mostTypes` types; the host removes some. */
declare function prune(): void;

// CHARACTER in token-rules.ts
const WORD: u32 = 1;
const FOLDED: u32 = 2;
const JOINER: u32 = 3;
const SEPARATOR: u32 = 4;
const LINE_END: u32 = 5;
const FORBIDDEN: u32 = 6;
const MULTIBYTE: u32 = 7;

const INCOMPLETE: i32 = -1;
const LENGTH_SHIFT: i32 = 4; // a decoded character: class | length << 4 | INVALID
const CLASS_MASK: i32 = 15;
const LENGTH_MASK: i32 = 7;
const INVALID: i32 = 128;
const LINE_FEED: u8 = 0x0a;

// Provided by the host.
declare const byteClass: usize; // (256) u8
declare const lowerCase: bool;
declare const known: usize; // (0x110000) u8, all zero at first: classes of code points seen before, 0 for all others
declare const invalidClass: i32;
declare const longest: usize; // longest token in bytes
declare const mostTypes: u32;
declare const out: usize; // i32 entries
declare const plain: usize; // (16) u8, all zero at first: bit H of entry L says whether 0xHL is a byte of class WORD (they are all ASCII)
let outEnd: usize = 0;
let insideOverlong: bool = false; // the text starts inside a token already known to be too long
let lineHasToken: bool = false;
let invalidBytes: f64 = 0;
let overlongTokens: f64 = 0;
let lines: f64 = 0;

/** Call first. */
export function start(): void {
  for (let byte: u32 = 0; byte < 128; byte++) {
    const entry = plain + (byte & 15);
    if (load<u8>(byteClass + byte) == WORD) store<u8>(entry, load<u8>(entry) | ((<u8>1) << (<u8>(byte >> 4))));
  }
  openTable();
}

export function invalidByteCount(): f64 {
  return invalidBytes;
}

export function overlongTokenCount(): f64 {
  return overlongTokens;
}

export function lineCount(): f64 {
  return lines;
}

/** The next text starts a line, or continues one (that may have tokens). */
export function startPart(insideLine: bool): void {
  lineHasToken = insideLine;
}

/** Entries written by the last `scan`. */
export function entryCount(): u32 {
  return <u32>((outEnd - out) >>> 2);
}

@inline
function put(entry: i32): void {
  store<i32>(outEnd, entry);
  outEnd += 4;
}

/** Writes a line end if the line has a token. */
export function endLine(): void {
  lines++;
  if (lineHasToken) put(-1);
  lineHasToken = false;
}

/** Lower-cases the bytes from `start` to `end`, and at most 15 more. */
function lower(start: usize, end: usize): void {
  for (let at = start; at < end; at += 16) {
    const text = v128.load(at);
    const capitals = i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x41)), i8x16.splat(26));
    v128.store(at, v128.or(text, v128.and(capitals, i8x16.splat(0x20))));
  }
}

/** A bit for each of the 16 bytes at `at` that is not plain, by lookups of both nibbles (Langdale & Lemire 2019). */
@inline
function stopsAt(at: usize): i32 {
  const text = v128.load(at);
  const rows = i8x16.swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), i8x16.shr_u(text, 4));
  const columns = i8x16.swizzle(v128.load(plain), v128.and(text, i8x16.splat(15)));
  return i8x16.bitmask(i8x16.eq(v128.and(rows, columns), i8x16.splat(0)));
}

/** The first position from `at` on that is not plain. */
@inline
function endOfPlain(at: usize): usize {
  let from = at;
  let stops = stopsAt(from);
  while (stops == 0) {
    from += 16;
    stops = stopsAt(from);
  }
  return from + ctz(stops);
}

@inline
function classOfByte(at: usize): u32 {
  return load<u8>(byteClass + load<u8>(at));
}

@inline
function character(codePoint: u32, length: i32): i32 {
  let kind = <u32>load<u8>(known + codePoint);
  if (kind == 0) {
    kind = classify(codePoint);
    store<u8>(known + codePoint, <u8>kind);
  }
  return kind | (length << LENGTH_SHIFT);
}

@inline
function invalid(length: i32): i32 {
  return invalidClass | (length << LENGTH_SHIFT) | INVALID;
}

/** The character at `at`, or INCOMPLETE if it continues in the next chunk. */
function decode(at: usize, end: usize, last: bool): i32 {
  const first = <u32>load<u8>(at);
  if (first < 0xc2 || first > 0xf4) return invalid(1);
  if (at + 1 >= end && !last) return INCOMPLETE;
  const second = <u32>load<u8>(at, 1);
  if (first < 0xe0) {
    if ((second & 0xc0) != 0x80) return invalid(1);
    return character(((first & 0x1f) << 6) | (second & 0x3f), 2);
  }
  // No overlong forms (E0, F0), no surrogates (ED), nothing beyond U+10FFFF (F4).
  const low: u32 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const high: u32 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return invalid(1);
  if (at + 2 >= end && !last) return INCOMPLETE;
  const third = <u32>load<u8>(at, 2);
  if ((third & 0xc0) != 0x80) return invalid(2);
  if (first < 0xf0) return character(((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f), 3);
  if (at + 3 >= end && !last) return INCOMPLETE;
  const fourth = <u32>load<u8>(at, 3);
  if ((fourth & 0xc0) != 0x80) return invalid(3);
  return character(((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f), 4);
}

/** Whether the character at `at` is part of a word: 1, 0 or INCOMPLETE. */
function wordFollows(at: usize, end: usize, last: bool): i32 {
  if (at >= end) return last ? 0 : INCOMPLETE;
  let kind = classOfByte(at);
  if (kind == MULTIBYTE) {
    const found = decode(at, end, last);
    if (found == INCOMPLETE) return INCOMPLETE;
    kind = found & CLASS_MASK;
  }
  return kind <= FOLDED ? 1 : 0;
}

@inline
function count(start: usize, length: u32, folded: bool): void {
  const types = typeCount();
  const record = find(start, length);
  store<f64>(record, load<f64>(record) + 1);
  const id = load<u32>(record, 8);
  if (folded && id >= types) settle(id, start, length);
  put(id);
  lineHasToken = true;
  if (tableSize() > mostTypes) prune();
}

/**
 * Scans the bytes from `start` to `end` (followed by room for 16 more); `last`: the file ends there. Returns the start
 * of the part that must be scanned again with the next chunk. Writes at most one entry per byte.
 */
export function scan(start: usize, end: usize, last: bool): usize {
  if (lowerCase) lower(start, end);
  store<u8>(end, LINE_FEED); // stops every inner loop
  outEnd = out;
  let at = start;
  let inside = insideOverlong;
  while (true) {
    const kind = classOfByte(at);
    if (kind != WORD && !inside) {
      if (kind == LINE_END) {
        if (at == end) return end;
        endLine();
        at++;
        continue;
      }
      if (kind == FORBIDDEN) forbidden(at);
      if (kind != MULTIBYTE) {
        at++;
        continue;
      }
      const found = decode(at, end, last);
      if (found == INCOMPLETE) return at;
      if (<u32>(found & CLASS_MASK) > FOLDED) {
        const length = (found >> LENGTH_SHIFT) & LENGTH_MASK;
        if (found & INVALID) invalidBytes += length;
        at += length;
        continue;
      }
    }
    const from = at;
    let folded = false;
    let unfinished = false;
    let invalidInside = 0;
    for (;;) {
      let kind = classOfByte(at);
      if (kind == WORD) {
        at = endOfPlain(at);
        kind = classOfByte(at);
      }
      if (kind == SEPARATOR) break;
      let length = 1;
      if (kind == MULTIBYTE) {
        const found = decode(at, end, last);
        unfinished = found == INCOMPLETE;
        if (unfinished) break;
        kind = found & CLASS_MASK;
        length = (found >> LENGTH_SHIFT) & LENGTH_MASK;
        if (kind == FOLDED) {
          folded = true;
          if (found & INVALID) invalidInside += length;
        }
      }
      if (kind == JOINER) {
        const follows = wordFollows(at + length, end, last);
        unfinished = follows == INCOMPLETE;
        if (follows != 1) break;
        if (length > 1) folded = true;
      } else if (kind > FOLDED) {
        unfinished = at == end && !last;
        break;
      }
      at += length;
    }
    const overlong = inside || at - from > longest;
    if (unfinished && !overlong) return from;
    invalidBytes += invalidInside;
    insideOverlong = unfinished;
    if (unfinished) return at;
    inside = false;
    if (overlong) overlongTokens++;
    else count(from, <u32>(at - from), folded);
  }
}
