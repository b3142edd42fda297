// Vectors of random numbers, the same every time.
import { randomAt } from '../../src/base/random.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

/** @param ngrams with subwords in so many buckets */
export function planted(words: string[], dimensions: number, { ngrams = 0, seed = 7 } = {}): WordVectors {
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, (_, at) => randomAt(seed, at) / 2 ** 32 - 0.5);
  const vectors = { words, matrix: numbers(words.length * dimensions), dimensions };
  if (ngrams === 0) return vectors;
  const rules = { minn: 3, maxn: 6, bucket: ngrams };
  return { ...vectors, subwords: { rules, matrix: numbers(ngrams * dimensions) } };
}
