// Maps the bytes of tokens to types with an open-addressing hash table (linear probing) over records that never move.
// Memory grows with the number of types, not with the text.
//   slot, 8 bytes: u32 hash, u32 address of the record (0: free)
//   record: f64 occurrences, u32 id, u32 length, the bytes, with zeros up to the next multiple of 16
// Records go from one table to another as they are, one after the other (type-table.ts).

/** Reports that the memory is full; the host throws. */
declare function full(): void;
/** Reports the new records from `start` to `end`, in the order of their ids. */
declare function made(start: usize, end: usize): void;

// Provided by the host.
declare const firstSlots: usize; // (firstSlotCount) slots, all zero: the table until it grows
declare const firstSlotCount: u32; // a power of two
declare const masks: usize; // 32 bytes, all zero at first: 16 of ones, then 16 of zeros

const HEAD: u32 = 16;
const SEGMENT: u32 = 1 << 20; // bytes allocated for records at a time

let slots: usize = firstSlots;
let slotCount: u32 = firstSlotCount;
let size: u32 = 0; // types in the table
let nextId: u32 = 0;
let bottom: usize = 0; // the first page after the host's areas
let top: usize = 0; // pages from here on are free
let next: usize = 0; // records go to next .. end
let end: usize = 0;
let reported: usize = 0; // the records from here to next are not yet reported
let spare: usize = 0; // the old table after growth, reused for records
let spareEnd: usize = 0;
let word: usize = 0; // buffer for words and records from the host
let wordRoom: u32 = 0;

export function openTable(): void {
  v128.store(masks, i8x16.splat(-1));
  bottom = (<usize>memory.size()) << 16;
  top = bottom;
}

/** Ids given so far: the types in the table, and those that were removed. */
export function typeCount(): u32 {
  return nextId;
}

export function tableSize(): u32 {
  return size;
}

/** Removes all types; the memory is used again. Ids start again at `firstId`. */
export function clear(firstId: u32): void {
  nextId = firstId;
  size = 0;
  slots = firstSlots;
  slotCount = firstSlotCount;
  memory.fill(slots, 0, slotCount << 3);
  next = end = reported = spare = spareEnd = word = 0;
  wordRoom = 0;
  top = bottom;
}

/** Reports the records made since the last call (or left in another place: see takeRecord). */
export function reportRecords(): void {
  if (next > reported) made(reported, next);
  reported = next;
}

export function slotsAt(): usize {
  return slots;
}

export function slotsInTable(): u32 {
  return slotCount;
}

function takePages(bytes: u32): usize {
  const start = top;
  const pages = <i32>((bytes + 0xffff) >>> 16);
  const missing = <i32>(top >>> 16) + pages - memory.size();
  if (missing > 0) {
    const before = memory.grow(missing);
    if (before < 0 || before + missing > 0xffff) full(); // the last page is left alone: its end has no 32-bit address
  }
  top += (<usize>pages) << 16;
  return start;
}

function takeRecord(bytes: u32): usize {
  if (next + bytes > end) {
    reportRecords();
    if (spare + bytes < spareEnd) {
      next = spare;
      end = spareEnd;
      spare = spareEnd;
    } else {
      const room = max(bytes, SEGMENT);
      next = takePages(room);
      end = next + room;
    }
    reported = next;
  }
  const record = next;
  next += bytes;
  return record;
}

/** The 16 bytes at `at`, zeros from byte `count` on. */
@inline
function block(at: usize, count: i32): v128 {
  return v128.and(v128.load(at), v128.load(masks + 16 - min(count, 16)));
}

/** Multiplicative hashing (Knuth, vol. 3, 6.4), 16 bytes at a time. */
@inline
function hashOf(start: usize, length: i32): u32 {
  let hash: u64 = 0;
  let at = start;
  let left = length;
  do {
    const bytes = block(at, left);
    hash ^= v128.extract_lane<u64>(bytes, 0) * 0x9e3779b97f4a7c15;
    hash = (hash ^ (hash >> 32) ^ v128.extract_lane<u64>(bytes, 1)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
    at += 16;
    left -= 16;
  } while (left > 0);
  return <u32>((hash * 0xc4ceb9fe1a85ec53) >> 32);
}

@inline
function isSame(record: usize, start: usize, length: i32): bool {
  if (load<i32>(record, 12) != length) return false;
  let known = record + HEAD;
  let at = start;
  let left = length;
  do {
    if (v128.any_true(v128.xor(v128.load(known), block(at, left)))) return false;
    known += 16;
    at += 16;
    left -= 16;
  } while (left > 0);
  return true;
}

/** The record of the `length` bytes at `start` (up to 15 more are read), a new one if there is none yet. */
@inline
export function find(start: usize, length: i32): usize {
  const hash = hashOf(start, length);
  const mask = slotCount - 1;
  let place = hash & mask;
  while (true) {
    const slot = slots + ((<usize>place) << 3);
    const record = <usize>load<u32>(slot, 4);
    if (record == 0) return insert(start, length, hash, slot);
    if (load<u32>(slot) == hash && isSame(record, start, length)) return record;
    place = (place + 1) & mask;
  }
}

function insert(start: usize, length: i32, hash: u32, slot: usize): usize {
  const blocks = max((length + 15) >> 4, 1);
  const record = takeRecord(HEAD + (blocks << 4));
  store<f64>(record, 0);
  store<u32>(record, nextId, 8);
  store<i32>(record, length, 12);
  for (let i = 0; i < blocks; i++) v128.store(record + HEAD + (i << 4), block(start + (i << 4), length - (i << 4)));
  store<u32>(slot, hash);
  store<u32>(slot, <u32>record, 4);
  size++;
  nextId++;
  if (size > slotCount - slotCount / 4) grow();
  return record;
}

/** Twice as many slots. */
function grow(): void {
  if (slotCount >= 1 << 27) full();
  const bytes = slotCount << 3;
  const table = takePages(2 * bytes);
  memory.fill(table, 0, 2 * bytes);
  const mask = 2 * slotCount - 1;
  for (let from = slots; from < slots + bytes; from += 8) {
    const slot = load<u64>(from);
    if (slot == 0) continue;
    let place = <u32>slot & mask;
    while (load<u32>(table + ((<usize>place) << 3), 4) != 0) place = (place + 1) & mask;
    store<u64>(table + ((<usize>place) << 3), slot);
  }
  spare = slots;
  spareEnd = slots + bytes;
  slots = table;
  slotCount *= 2;
}

/** Address for `length` bytes that the host passes to the functions below: a word, or records. */
export function room(length: u32): usize {
  if (length + 16 > wordRoom) {
    wordRoom = max(length + 16, max(2 * wordRoom, 0x10000));
    word = takePages(wordRoom);
  }
  return word;
}

/** The id of that word of `length` bytes, without counting an occurrence. */
export function intern(length: u32): u32 {
  return load<u32>(find(word, length), 8);
}

@inline
function recordBytes(record: usize): u32 {
  return HEAD + (max((load<u32>(record, 12) + 15) >> 4, 1) << 4);
}

/** Interns the types of those records (`length` bytes), and replaces the records with the ids, u32. */
export function internRecords(length: u32): u32 {
  let out = word;
  const after = word + length;
  for (let record = word; record < after; ) {
    const bytes = recordBytes(record);
    store<u32>(out, load<u32>(find(record + HEAD, load<i32>(record, 12)), 8));
    out += 4;
    record += bytes;
  }
  return <u32>((out - word) >>> 2);
}

/** Adds those records, of types that are not in the table, with their ids and occurrences. */
export function restoreRecords(length: u32): void {
  const ids = nextId;
  const after = word + length;
  for (let record = word; record < after; record += recordBytes(record)) {
    nextId = load<u32>(record, 8);
    store<f64>(find(record + HEAD, load<i32>(record, 12)), load<f64>(record));
  }
  nextId = ids;
}
