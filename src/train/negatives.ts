// Negative sampling's noise distribution: P(w) proportional to count(w)^exponent (Mikolov et al. 2013b, section 2.2),
// drawn by the alias method (Walker 1977; Vose 1991): exact, two table reads a draw.
import type { Random } from '../base/random.ts';

export interface NegativeSampler {
  draw(random: Random): number;
}

/** The alias tables: word i is kept with probability `keep[i]` / 2^32, else it gives way to `alias[i]`. Both (V). */
export function aliasTables(counts: Float64Array, exponent: number): { keep: Uint32Array; alias: Int32Array } {
  const V = counts.length;
  const scaled = Float64Array.from(counts, (count) => count ** exponent);
  const mean = scaled.reduce((sum, weight) => sum + weight, 0) / V;
  const keep = new Uint32Array(V).fill(0xffffffff);
  const alias = Int32Array.from({ length: V }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < V; i++) {
    scaled[i] /= mean;
    (scaled[i] < 1 ? small : large).push(i);
  }
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() as number;
    const rich = large[large.length - 1];
    keep[poor] = Math.floor(scaled[poor] * 4294967295);
    alias[poor] = rich;
    scaled[rich] -= 1 - scaled[poor];
    if (scaled[rich] < 1) small.push(large.pop() as number);
  }
  return { keep, alias };
}

/** P(w), (V), each 0 to 1, 1 in all. */
export function noiseDistribution(counts: Float64Array, exponent: number): Float64Array {
  const weights = Float64Array.from(counts, (count) => count ** exponent);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

export function createNegativeSampler(counts: Float64Array, exponent: number): NegativeSampler {
  const V = counts.length;
  const { keep, alias } = aliasTables(counts, exponent);
  return {
    draw(random) {
      const i = random.below(V);
      return random.uint32() <= keep[i] ? i : alias[i];
    },
  };
}
