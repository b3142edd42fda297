// Similarity measures for word pairs: the cosine of vectors here; src/thesaurus has measures of WordNet.
import { cosine } from '../query/similarity.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { sparseCosine } from '../vectors/sparse-rows.ts';
import { composedVector, isComposed, rowVector, type WordVectors } from '../vectors/word-vectors.ts';
import { createLookup, type LookupOptions } from './lookup.ts';
import type { PairSet } from './read-pairs.ts';

/** The similarity of two words, on any scale; undefined if the measure has no value for them. */
export type SimilarityMeasure = (first: string, second: string) => number | undefined;

/** Dense vectors (SVD, CBOW, skip-gram) or sparse vectors (PPMI, counts); all evaluations accept both. */
export type Vectors = WordVectors | SparseVectors;

/**
 * The cosine of two words' vectors; undefined if a word is missing or its vector contains NaN or infinity. With
 * subwords a word that is not in the file is composed of its n-grams, in lower case unless case counts.
 */
export function vectorSimilarity(vectors: Vectors, options: LookupOptions = {}): SimilarityMeasure {
  const lookup = createLookup(vectors, options);
  if (!('dimensions' in vectors)) {
    return (first, second) => {
      const row1 = lookup.row(first);
      const row2 = lookup.row(second);
      return row1 === undefined || row2 === undefined ? undefined : sparseCosine(vectors, row1, row2);
    };
  }
  const vectorFor = (word: string) => {
    const row = lookup.row(word);
    if (row !== undefined) return rowVector(vectors, row);
    return composedVector(vectors, lookup.caseInsensitive ? word.toLowerCase() : word);
  };
  return (first, second) => {
    const [one, other] = [vectorFor(first), vectorFor(second)];
    return one && other && cosine(one, other);
  };
}

/** How many different words of the pairs the vectors lack and compose of n-grams. */
export function composedWords(vectors: Vectors, sets: readonly PairSet[], options: LookupOptions = {}): number {
  if (vectors.subwords === undefined) return 0;
  const { row, caseInsensitive } = createLookup(vectors, options);
  const words = new Set(sets.flatMap(({ pairs }) => pairs.flatMap(({ first, second }) => [first, second])));
  const written = [...words].filter((word) => row(word) === undefined);
  const composed = written.map((word) => (caseInsensitive ? word.toLowerCase() : word));
  return new Set(composed.filter((word) => isComposed(vectors, word))).size;
}
