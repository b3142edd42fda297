// The character n-grams of a word as fastText takes them (Bojanowski et al. 2017; Dictionary::computeSubwords of fastText 0.9):
// of <word>, in UTF-8, minn to maxn characters long, hashed to a bucket by FNV-1a.

export interface SubwordRules {
  minn: number;
  maxn: number;
  /** Number of hash buckets. */
  bucket: number;
}

/** Buckets of the n-grams of the word with these UTF-8 bytes, in fastText's order; `<` and `>` alone are none. */
export function subwordBuckets(word: Uint8Array, { minn, maxn, bucket }: SubwordRules): number[] {
  const bytes = new Uint8Array(word.length + 2);
  bytes[0] = 60;
  bytes.set(word, 1);
  bytes[bytes.length - 1] = 62;
  const continues = (at: number) => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
  const buckets: number[] = [];
  for (let start = 0; start < bytes.length; start++) {
    if (continues(start)) continue;
    for (let at = start, length = 1; at < bytes.length && length <= maxn; length++) {
      at++;
      while (continues(at)) at++;
      if (length < minn || (length === 1 && (start === 0 || at === bytes.length))) continue;
      buckets.push(hash(bytes, start, at) % bucket);
    }
  }
  return buckets;
}

/** FNV-1a in 32 bits; bytes above 127 are sign-extended first, as fastText does. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 2166136261;
  for (let at = start; at < end; at++) {
    value ^= (bytes[at]! << 24) >> 24;
    value = Math.imul(value, 16777619);
  }
  return value >>> 0;
}
