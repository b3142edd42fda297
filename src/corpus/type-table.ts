// Token bytes -> provisional id, with counts: an open-addressing hash table (linear probing) in typed arrays, the bytes of
// all types in one pool. Memory grows with the number of types, never with the text.
import { W2vError } from '../errors.ts';

export interface TypeTable {
  /** Number of types. */
  size(): number;
  /** The id of `bytes[start .. end)`: 0, 1, 2 ... in order of first appearance. `hash` must be that of `hashBytes`. */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number;
  /** `intern`, and one occurrence more. */
  add(bytes: Uint8Array, start: number, end: number, hash: number): number;
  /** Occurrences added of each id; longer than `size()`, replaced when the table grows. */
  counts(): Float64Array;
  /** The type as a string. */
  word(id: number): string;
}

/** FNV-1a, 32 bits (Fowler, Noll & Vo). */
export const HASH_SEED = 0x811c9dc5 | 0;
export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let at = start; at < end; at++) hash = hashStep(hash, bytes[at]!);
  return hash;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function createTypeTable(): TypeTable {
  // Slot i: hash at 2i, id + 1 at 2i + 1 (0: free), side by side so that a look-up touches one cache line.
  let slots = new Int32Array(2 << 16);
  let slotMask = (1 << 16) - 1;
  let size = 0;
  let starts = new Uint32Array(1 << 15); // type id's bytes are pool[starts[id] .. starts[id + 1])
  let counts = new Float64Array(1 << 15);
  let pool = new Uint8Array(1 << 18);

  function intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    // The low bits of FNV-1a alone spread short words badly.
    let slot = (hash ^ (hash >>> 15)) & slotMask;
    for (;;) {
      const id = slots[2 * slot + 1]! - 1;
      if (id < 0) return insert(bytes, start, end, hash, slot);
      if (slots[2 * slot] === hash) {
        let from = starts[id]!;
        const to = starts[id + 1]!;
        if (to - from === end - start) {
          let at = start;
          while (at < end && pool[from] === bytes[at]) {
            at++;
            from++;
          }
          if (at === end) return id;
        }
      }
      slot = (slot + 1) & slotMask;
    }
  }

  function insert(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = size;
    const from = starts[id]!;
    const to = from + (end - start);
    if (id + 2 > starts.length) {
      starts = grown(starts, new Uint32Array(2 * starts.length));
      counts = grown(counts, new Float64Array(2 * counts.length));
    }
    if (to > pool.length) {
      if (2 * pool.length > 2 ** 32) throw tooManyTypes(size);
      pool = grown(pool, new Uint8Array(2 * pool.length));
    }
    for (let at = start; at < end; at++) pool[from + at - start] = bytes[at]!;
    starts[id + 1] = to;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = id + 1;
    size++;
    if (2 * size > slotMask) rehash();
    return id;
  }

  function rehash(): void {
    if (slotMask >= 2 ** 29 - 1) throw tooManyTypes(size);
    const old = slots;
    slotMask = 2 * slotMask + 1;
    slots = new Int32Array(2 * (slotMask + 1));
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      const hash = old[i]!;
      let slot = (hash ^ (hash >>> 15)) & slotMask;
      while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & slotMask;
      slots[2 * slot] = hash;
      slots[2 * slot + 1] = old[i + 1]!;
    }
  }

  return {
    size: () => size,
    intern,
    add(bytes, start, end, hash) {
      const id = intern(bytes, start, end, hash);
      counts[id]!++;
      return id;
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
