// The seeded random number generator with saveable state; nothing in w2v calls Math.random.
// xoshiro128** (Blackman & Vigna 2018), seeded through splitmix32 so that neighboring seeds give unrelated streams.

export type RandomState = readonly [number, number, number, number];

export interface Random {
  /** Uniform over 0 .. 2^32 - 1. */
  uint32(): number;
  /** Uniform over [0, 1), 32 bits of it. */
  float(): number;
  /** Uniform over 0 .. bound - 1, bound up to 2^32; the error of each probability is at most 2^-32. */
  below(bound: number): number;
  /** A sample with replacement of the numbers from .. end - 1, at those places of `out`: `from + below(end - from)` each. */
  sample(out: Int32Array, from: number, end: number): void;
  /** Standard normal (Box & Muller 1958). */
  normal(): number;
  /** The four words that, given to `restoreRandom`, continue this stream. */
  state(): RandomState;
}

/** Number `index` of the splitmix32 sequence of `key`, without those before it: 32 random bits. */
export function randomAt(key: number, index: number): number {
  const a = (key + Math.imul(index + 1, 0x9e3779b9)) | 0;
  let t = a ^ (a >>> 16);
  t = Math.imul(t, 0x21f0aaad);
  t ^= t >>> 15;
  t = Math.imul(t, 0x735a2d97);
  return (t ^ (t >>> 15)) >>> 0;
}

function splitmix32(seed: number): () => number {
  let index = 0;
  return () => randomAt(seed, index++);
}

/** A generator for `seed` (any integer); `stream` gives unrelated generators for one seed, e.g. one per worker. */
export function createRandom(seed: number, stream = 0): Random {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  const mix = splitmix32(low ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(stream, 0xc2b2ae35));
  return restoreRandom([mix(), mix(), mix(), mix() | 1]);
}

export function restoreRandom(state: RandomState): Random {
  let [a, b, c, d] = state.map((word) => word | 0) as [number, number, number, number];
  function uint32(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  }
  const float = () => uint32() / 4294967296;

  /** Steps the state in local variables, several times as fast as calling `uint32`: the bootstrap draws millions. */
  function sample(out: Int32Array, from: number, end: number): void {
    let [w, x, y, z] = [a, b, c, d];
    const bound = end - from;
    for (let at = from; at < end; at++) {
      const product = Math.imul(x, 5);
      const bits = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      const t = x << 9;
      y ^= w;
      z ^= x;
      x ^= y;
      w ^= z;
      y ^= t;
      z = (z << 11) | (z >>> 21);
      out[at] = from + (((bits / 4294967296) * bound) | 0);
    }
    [a, b, c, d] = [w, x, y, z];
  }

  return {
    uint32,
    float,
    below: (bound) => Math.floor(float() * bound),
    sample,
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}
