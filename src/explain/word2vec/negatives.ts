// The negatives of negative sampling, with P(w) proportional to count(w)^0.75 (Mikolov et al. 2013b, section 2.2),
// drawn as in the book or as in word2vec.c.
import type { Random } from '../../base/random.ts';

export const NOISE_EXPONENT = 0.75;

/** (V) chances, proportional to count^exponent. */
export function noiseChances(counts: readonly number[], exponent = NOISE_EXPONENT): number[] {
  const weights = counts.map((count) => count ** exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * K negatives of `target`. As in the book (its UnigramSampler on a CPU): all different, never the target; fewer than K
 * if there are not enough words. As in word2vec.c: K draws, of which those that are the target are left out.
 */
export function drawNegatives(
  chances: readonly number[],
  target: number,
  K: number,
  as: 'book' | 'word2vec',
  random: Random,
): number[] {
  if (as === 'word2vec') {
    return Array.from({ length: K }, () => drawn(chances, random)).filter((id) => id !== target);
  }
  const left = chances.map((chance, id) => (id === target ? 0 : chance));
  const found: number[] = [];
  for (let k = 0; k < Math.min(K, chances.length - 1); k++) {
    const id = drawn(left, random);
    found.push(id);
    left[id] = 0;
  }
  return found;
}

/** An id, drawn with probability proportional to its chance. */
function drawn(chances: readonly number[], random: Random): number {
  let rest = random.float() * chances.reduce((sum, chance) => sum + chance, 0);
  let last = 0;
  for (const [id, chance] of chances.entries()) {
    if (chance === 0) continue;
    last = id;
    rest -= chance;
    if (rest < 0) break;
  }
  return last;
}
