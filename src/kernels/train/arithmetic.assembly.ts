// Arithmetic of the training kernel: random numbers; and for four floats at a time fused products, sums, the sigmoid,
// its loss. Compiled twice: with relaxed SIMD (fused multiply-add) for Node versions that support it, and without.

/** SplitMix64 (Steele, Lea & Flood 2014): mixes 64 bits. */
@inline
export function mix(state: u64): u64 {
  let z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sums of the four lanes of a, b, c and d. */
@inline
export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** exp(x) for x clamped to -87 .. 87, relative error below 4e-6: 2^n times a polynomial in the rest. */
@inline
export function exp(x: v128): v128 {
  const t = f32x4.pmax(f32x4.splat(-125), f32x4.pmin(f32x4.splat(125), f32x4.mul(x, f32x4.splat(1.44269504))));
  const shifted = f32x4.add(t, f32x4.splat(12582912)); // 1.5 x 2^23: rounds t to a whole number, in the low bits
  const f = f32x4.sub(t, f32x4.sub(shifted, f32x4.splat(12582912)));
  let p = f32x4.splat(0.001333356);
  p = madd(p, f, f32x4.splat(0.009618129));
  p = madd(p, f, f32x4.splat(0.05550411));
  p = madd(p, f, f32x4.splat(0.2402265));
  p = madd(p, f, f32x4.splat(0.6931472));
  p = madd(p, f, f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

/** -log sigmoid(x) = max(0, -x) + log(1 + exp(-|x|)); the logarithm by Abramowitz & Stegun 4.1.44. */
export function negativeLogSigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  let p = f32x4.splat(-0.0064535442);
  p = madd(p, e, f32x4.splat(0.0360884937));
  p = madd(p, e, f32x4.splat(-0.0953293897));
  p = madd(p, e, f32x4.splat(0.1676540711));
  p = madd(p, e, f32x4.splat(-0.2407338084));
  p = madd(p, e, f32x4.splat(0.3317990258));
  p = madd(p, e, f32x4.splat(-0.4998741238));
  p = madd(p, e, f32x4.splat(0.9999964239));
  return madd(p, e, f32x4.pmax(f32x4.splat(0), f32x4.neg(x)));
}

/** Each lane of q four times. */
@inline
export function storeSplats(q: v128, to: usize): void {
  v128.store(to, v128.shuffle<f32>(q, q, 0, 0, 0, 0));
  v128.store(to, v128.shuffle<f32>(q, q, 1, 1, 1, 1), 16);
  v128.store(to, v128.shuffle<f32>(q, q, 2, 2, 2, 2), 32);
  v128.store(to, v128.shuffle<f32>(q, q, 3, 3, 3, 3), 48);
}
