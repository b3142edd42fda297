// Hashes of words that can be joined: the hash of a joined phrase follows from the hashes of its words, without making
// its string. With the letters c of a word x, H(x) = sum of f(c_i) B^(n - i) modulo 2^32, so that
// H(xy) = H(x) B^|y| + H(y) (Karp & Rabin 1987). Two such hashes with different f and B make 64 bits: among 40 million
// strings two are equal with probability 4e-5.

/** The hashes of each type by its id. */
export interface JoinedHashes {
  low: Uint32Array;
  high: Uint32Array;
  /** B^length. */
  lowPower: Uint32Array;
  highPower: Uint32Array;
}

const LOW = 0x01000193;
const HIGH = 0x2c1b3c6d;

/** A letter's share of a hash: the finalizers of MurmurHash3 and of splitmix, for all letters to differ in all bits. */
function lowLetter(code: number): number {
  const mixed = Math.imul((code + 1) ^ 0x5bd1e995, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
}

function highLetter(code: number): number {
  const mixed = Math.imul((code + 1) ^ 0x27d4eb2f, 0x7feb352d);
  return Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
}

/** Room for `size` words. */
export function joinedHashes(size: number): JoinedHashes {
  const make = () => new Uint32Array(size);
  return { low: make(), high: make(), lowPower: make(), highPower: make() };
}

export function setHash({ low, high, lowPower, highPower }: JoinedHashes, id: number, word: string): void {
  let [a, b, powerA, powerB] = [0, 0, 1, 1];
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    a = (Math.imul(a, LOW) + lowLetter(code)) | 0;
    b = (Math.imul(b, HIGH) + highLetter(code)) | 0;
    powerA = Math.imul(powerA, LOW);
    powerB = Math.imul(powerB, HIGH);
  }
  low[id] = a;
  high[id] = b;
  lowPower[id] = powerA;
  highPower[id] = powerB;
}
