// Counts strings by their 64-bit hashes (joined-hashes.ts) in an open-addressing table with linear probing: 16 bytes a
// slot, at most three quarters of the slots in use.
import { outOfMemory } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';

export interface StringCounts {
  add(low: number, high: number): void;
  /** 0 for a string that is not in the table. */
  count(low: number, high: number): number;
  /** Strings in the table. */
  size(): number;
  /** Removes the strings with at most `most` occurrences. */
  prune(most: number): void;
}

const FIRST_SLOTS = 1 << 12;
const WORDS = 4; // of a slot: low and high hash, low and high part of the count

function tableOf(slots: number): Uint32Array {
  try {
    return new Uint32Array(WORDS * slots);
  } catch (cause) {
    throw outOfMemory(
      `the counts of words and pairs need ${byteSize(16 * slots)}`,
      'keep fewer of them in memory ({ pruneVocab: 10000000 })',
      { cause },
    );
  }
}

export function stringCounts(): StringCounts {
  let slots = FIRST_SLOTS;
  let table = tableOf(slots);
  let size = 0;

  /** The place of the string, or of the free slot where it belongs. */
  function find(low: number, high: number): number {
    const mask = slots - 1;
    let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = WORDS * slot;
      if (table[at] === low && table[at + 1] === high) return at;
      if (table[at + 2] === 0 && table[at + 3] === 0) return at;
    }
  }

  function refill(newSlots: number, isKept: (count: number) => boolean): void {
    const old = table;
    table = tableOf(newSlots);
    slots = newSlots;
    size = 0;
    for (let from = 0; from < old.length; from += WORDS) {
      const count = old[from + 2] + 2 ** 32 * old[from + 3];
      if (count === 0 || !isKept(count)) continue;
      const at = find(old[from], old[from + 1]);
      table.set(old.subarray(from, from + WORDS), at);
      size++;
    }
  }

  return {
    add(low, high) {
      const [first, second] = [low >>> 0, high >>> 0];
      const at = find(first, second);
      const count = (table[at + 2] + 1) >>> 0;
      if (count === 1 && table[at + 3] === 0) {
        table[at] = first;
        table[at + 1] = second;
        size++;
      }
      table[at + 2] = count;
      if (count === 0) table[at + 3]++;
      if (4 * size > 3 * slots) refill(2 * slots, () => true);
    },
    count(low, high) {
      const at = find(low >>> 0, high >>> 0);
      return table[at + 2] + 2 ** 32 * table[at + 3];
    },
    size: () => size,
    prune: (most) => refill(slots, (count) => count > most),
  };
}
