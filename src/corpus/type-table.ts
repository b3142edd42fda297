// Token bytes -> provisional id, with counts: an open-addressing hash table (linear probing) in typed arrays, the bytes of
// all types in one pool. Memory grows with the number of types, never with the text.
import { W2vError } from '../errors.ts';

export interface TypeTable {
  /** Number of types. */
  size(): number;
  /**
   * One occurrence more of `bytes[start .. end)`, which has no zero byte; `low` and `high` hold its last eight bytes (see
   * TokenSink). Returns its id: 0, 1, 2 ... in order of first appearance.
   */
  add(bytes: Uint8Array, start: number, end: number, low: number, high: number): number;
  /** The id of `bytes`, without an occurrence more. */
  intern(bytes: Uint8Array): number;
  /** Occurrences added of each id; longer than `size()`, replaced when the table grows. */
  counts(): Float64Array;
  /** The type as a string. */
  word(id: number): string;
}

const SHORT = 8; // up to so many bytes, `low`, `high` and the length say all about a type
const SLOT = 4; // Int32 per slot: low, high, length, id + 1 (0: free); side by side, so that a look-up touches one cache line
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where to look first: a mix of both halves (constants of xxHash, Collet). */
function spread(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
  return mixed ^ (mixed >>> 15);
}

/** FNV-1a (Fowler, Noll & Vo), 32 bits. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

export function createTypeTable(): TypeTable {
  let slots = new Int32Array(SLOT << 16);
  let mask = slots.length - 1; // on offsets into `slots`, whose length is a power of two
  let size = 0;
  let starts = new Uint32Array(1 << 15); // type id's bytes are pool[starts[id] .. starts[id + 1])
  let counts = new Float64Array(1 << 15);
  let pool = new Uint8Array(1 << 18);

  function find(bytes: Uint8Array, start: number, end: number, last: number, high: number): number {
    const length = end - start;
    // A long type is known by a hash of all its bytes instead, and compared byte by byte.
    const low = length > SHORT ? hashBytes(bytes, start, end) : last;
    let slot = (spread(low, high) << 2) & mask;
    for (;;) {
      const id = slots[slot + 3]! - 1;
      if (id < 0) return insert(bytes, start, end, low, high, slot);
      if (slots[slot] === low && slots[slot + 1] === high && slots[slot + 2] === length) {
        if (length <= SHORT || isSame(bytes, start, end, starts[id]!)) return id;
      }
      slot = (slot + SLOT) & mask;
    }
  }

  function isSame(bytes: Uint8Array, start: number, end: number, from: number): boolean {
    for (let at = start, other = from; at < end; at++, other++) if (bytes[at] !== pool[other]) return false;
    return true;
  }

  function insert(bytes: Uint8Array, start: number, end: number, low: number, high: number, slot: number): number {
    const id = size;
    const from = starts[id]!;
    const to = from + (end - start);
    if (id + 2 > starts.length) {
      starts = grown(starts, new Uint32Array(2 * starts.length));
      counts = grown(counts, new Float64Array(2 * counts.length));
    }
    if (to > pool.length) {
      if (2 * pool.length > 2 ** 32 - 1) throw tooManyTypes(size);
      pool = grown(pool, new Uint8Array(2 * pool.length));
    }
    for (let at = start; at < end; at++) pool[from + at - start] = bytes[at]!;
    starts[id + 1] = to;
    slots[slot] = low;
    slots[slot + 1] = high;
    slots[slot + 2] = end - start;
    slots[slot + 3] = id + 1;
    size++;
    if (2 * SLOT * size > slots.length) rehash();
    return id;
  }

  function rehash(): void {
    if (slots.length >= 2 ** 30) throw tooManyTypes(size);
    const old = slots;
    slots = new Int32Array(2 * old.length);
    mask = slots.length - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from + 3] === 0) continue;
      let slot = (spread(old[from]!, old[from + 1]!) << 2) & mask;
      while (slots[slot + 3] !== 0) slot = (slot + SLOT) & mask;
      for (let i = 0; i < SLOT; i++) slots[slot + i] = old[from + i]!;
    }
  }

  return {
    size: () => size,
    add(bytes, start, end, low, high) {
      const id = find(bytes, start, end, low, high);
      counts[id]!++;
      return id;
    },
    intern(bytes) {
      let low = 0;
      let high = 0;
      for (const byte of bytes.subarray(-SHORT)) {
        high = (high << 8) | (low >>> 24);
        low = (low << 8) | byte;
      }
      return find(bytes, 0, bytes.length, low, high);
    },
    counts: () => counts,
    word: (id) => decoder.decode(pool.subarray(starts[id], starts[id + 1])),
  };
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function tooManyTypes(size: number): W2vError {
  return new W2vError(
    'out-of-memory',
    `the corpus has more than ${size} different words, more than one table holds`,
    'is this text? split it into words first, or train on a part of it',
  );
}
