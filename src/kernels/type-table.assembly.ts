// Maps the bytes of tokens to types with an open-addressing hash table (linear probing) over records that never move.
// Memory grows with the number of types, not with the text.
//   slot, 8 bytes: u32 hash, u32 address of the record (0: free)
//   record: f64 occurrences, u32 id, u32 length, the bytes, with zeros up to the next multiple of 16

/** Reports that the memory is full; the host throws. */
declare function full(): void;

// Provided by the host.
declare const firstSlots: usize; // (firstSlotCount) slots, all zero: the table until it grows
declare const firstSlotCount: u32; // a power of two
declare const masks: usize; // 32 bytes, all zero at first: 16 of ones, then 16 of zeros

const HEAD: u32 = 16;
const SEGMENT: u32 = 1 << 20; // bytes allocated for records at a time

let slots: usize = firstSlots;
let slotCount: u32 = firstSlotCount;
let size: u32 = 0;
let next: usize = 0; // records go to next .. end
let end: usize = 0;
let spare: usize = 0; // the old table after growth, reused for records
let spareEnd: usize = 0;
let word: usize = 0; // buffer for words from the host
let wordRoom: u32 = 0;

export function openTable(): void {
  v128.store(masks, i8x16.splat(-1));
}

export function typeCount(): u32 {
  return size;
}

export function slotsAt(): usize {
  return slots;
}

export function slotsInTable(): u32 {
  return slotCount;
}

/** Allocates pages, which are zero. */
function freshPages(bytes: u32): usize {
  const pages = (bytes + 0xffff) >>> 16;
  const before = memory.grow(pages);
  if (before < 0 || before + pages > 0xffff) full(); // the last page is left alone: its end has no 32-bit address
  return (<usize>before) << 16;
}

function takeRecord(bytes: u32): usize {
  if (next + bytes > end) {
    if (spare + bytes < spareEnd) {
      next = spare;
      end = spareEnd;
      spare = spareEnd;
    } else {
      const room = max(bytes, SEGMENT);
      next = freshPages(room);
      end = next + room;
    }
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
  store<u32>(record, size, 8);
  store<i32>(record, length, 12);
  for (let i = 0; i < blocks; i++) v128.store(record + HEAD + (i << 4), block(start + (i << 4), length - (i << 4)));
  store<u32>(slot, hash);
  store<u32>(slot, <u32>record, 4);
  size++;
  if (size > slotCount - slotCount / 4) grow();
  return record;
}

/** Twice as many slots. */
function grow(): void {
  if (slotCount >= 1 << 27) full();
  const bytes = slotCount << 3;
  const table = freshPages(2 * bytes);
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

/** Address for a word of `length` bytes that the host passes to `intern`. */
export function roomForWord(length: u32): usize {
  if (length + 16 > wordRoom) {
    wordRoom = max(length + 16, 0x10000);
    word = freshPages(wordRoom);
  }
  return word;
}

/** The id of that word of `length` bytes, without counting an occurrence. */
export function intern(length: u32): u32 {
  return load<u32>(find(word, length), 8);
}
