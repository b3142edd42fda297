// Computes the character n-grams of a word as fastText does (Bojanowski et al. 2017; Dictionary::computeSubwords in
// fastText 0.9): n-grams of <word> in UTF-8, minn to maxn characters long, hashed to a bucket by FNV-1a, bytes above
// 127 sign-extended.

import { trainRanges } from '../base/defaults.ts';
import { FNV_START, fnvNext } from './fnv.ts';

export const subwordUnits = trainRanges.subwordUnits.names;
export type SubwordUnits = (typeof subwordUnits)[number];

export interface SubwordRules {
  minn: number;
  maxn: number;
  /** Number of hash buckets. */
  bucket: number;
  /** What n-grams are made of: characters unless given, or for Hangul its jamo (letters). */
  units?: SubwordUnits | undefined;
}

/** Upper bound on the number of n-grams of a word, computed without listing them. */
export function subwordCount(word: Uint8Array, { minn, maxn, bucket }: SubwordRules): number {
  if (maxn < Math.max(1, minn) || bucket === 0) return 0;
  let characters = 2;
  for (const byte of word) if ((byte & 0xc0) !== 0x80) characters++;
  const lengths = Math.min(maxn, characters) - Math.max(1, minn) + 1;
  return lengths < 1 ? 0 : characters * lengths;
}

/**
 * Buckets of the n-grams of the word with these UTF-8 bytes, in fastText's order; `<` and `>` alone are not n-grams.
 */
export function subwordBuckets(word: Uint8Array, { minn, maxn, bucket }: SubwordRules): number[] {
  const bytes = new Uint8Array(word.length + 2);
  bytes[0] = 60;
  bytes.set(word, 1);
  bytes[bytes.length - 1] = 62;
  const continues = (at: number) => at < bytes.length && (bytes[at] & 0xc0) === 0x80;
  const buckets: number[] = [];
  for (let start = 0; start < bytes.length; start++) {
    if (continues(start)) continue;
    let hash = FNV_START;
    for (let at = start, length = 1; at < bytes.length && length <= maxn; length++) {
      do hash = fnvNext(hash, (bytes[at++] << 24) >> 24);
      while (continues(at));
      if (length < minn || (length === 1 && (start === 0 || at === bytes.length))) continue;
      buckets.push((hash >>> 0) % bucket);
    }
  }
  return buckets;
}
