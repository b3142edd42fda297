// Maps words to rows with a hash table in typed arrays (open addressing, linear probing: Knuth 1973, vol. 3, section
// 6.4). A Map needs about five times the memory and twice the time.

import { decomposeHangul } from '../base/jamo.ts';
import { FNV_START, fnvNext } from './fnv.ts';

/**
 * A word that is missing as it is written is looked up in the other canonical forms of Unicode, NFC and NFD, which are
 * one text, and with its Hangul syllables as the tokenizer `jamo` writes them.
 */
export interface WordIndex {
  get(word: string): number | undefined;
  has(word: string): boolean;
}

export interface GrowingWordIndex extends WordIndex {
  /** Appends `word` to its list and returns true, or returns false if the word exists. */
  add(word: string): boolean;
}

/** An index of `words`, to which `add` appends. A duplicate word has its first row. */
export function createWordIndex(words: string[]): GrowingWordIndex {
  let slots = 1 << 10;
  while (slots < 2 * words.length) slots *= 2;
  /** Row + 1; 0 for a free slot. */
  let rows = new Int32Array(slots);
  let hashes = new Int32Array(slots);
  for (let row = 0; row < words.length; row++) {
    const hash = hashOf(words[row]);
    const slot = find(words[row], hash);
    if (rows[slot] !== 0) continue;
    rows[slot] = row + 1;
    hashes[slot] = hash;
  }

  /** The slot of the word, or the free slot for it. */
  function find(word: string, hash: number): number {
    const mask = slots - 1;
    let slot = hash & mask;
    for (let row = rows[slot]; row !== 0; row = rows[slot]) {
      if (hashes[slot] === hash && words[row - 1] === word) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function grow(): void {
    const [oldRows, oldHashes] = [rows, hashes];
    slots *= 2;
    rows = new Int32Array(slots);
    hashes = new Int32Array(slots);
    for (let old = 0; old < oldRows.length; old++) {
      if (oldRows[old] === 0) continue;
      let slot = oldHashes[old] & (slots - 1);
      while (rows[slot] !== 0) slot = (slot + 1) & (slots - 1);
      rows[slot] = oldRows[old];
      hashes[slot] = oldHashes[old];
    }
  }

  function getExact(word: string): number | undefined {
    const row = rows[find(word, hashOf(word))] - 1;
    // A word removed from the end of the list no longer counts.
    return row >= 0 && row < words.length ? row : undefined;
  }

  function get(word: string): number | undefined {
    const row = getExact(word);
    if (row !== undefined || !beyondAscii.test(word)) return row;
    const composed = word.normalize('NFC');
    return getExact(composed) ?? getExact(word.normalize('NFD')) ?? getExact(decomposeHangul(composed));
  }

  return {
    get,
    has: (word) => get(word) !== undefined,
    add(word) {
      const hash = hashOf(word);
      const slot = find(word, hash);
      if (rows[slot] !== 0) return false;
      rows[slot] = words.push(word);
      hashes[slot] = hash;
      if (2 * words.length > slots) grow();
      return true;
    },
  };
}

const beyondAscii = /[^\0-\x7f]/;

/** FNV-1a over the code units, and the final step of MurmurHash3, because the low bits select the slot. */
function hashOf(word: string): number {
  let hash = FNV_START;
  for (let at = 0; at < word.length; at++) hash = fnvNext(hash, word.charCodeAt(at));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ (hash >>> 16);
}
