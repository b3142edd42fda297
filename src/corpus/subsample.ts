// Subsampling of frequent words: the probability of keeping one occurrence,
//   keep(w) = min(1, (sqrt(f / (t N)) + 1) * (t N) / f),  f: count of w, N: number of tokens, t: subsampling threshold
// (Mikolov et al. 2013b, section 2.3, in the form that word2vec.c and gensim compute).
import type { Vocabulary } from './vocabulary.ts';

/** (V) probabilities in (0, 1]; all 1 if `sample` (t, 0 .. 1) is 0. */
export function keepProbabilities(vocabulary: Vocabulary, sample: number): Float64Array {
  const threshold = sample * vocabulary.total;
  if (threshold <= 0) return new Float64Array(vocabulary.counts.length).fill(1);
  return vocabulary.counts.map((count) => Math.min(1, (Math.sqrt(count / threshold) + 1) * (threshold / count)));
}
