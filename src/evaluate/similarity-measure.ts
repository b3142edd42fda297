// Similarity measures for word pairs: the cosine of vectors here; src/thesaurus has measures of WordNet.
import { cosine } from '../query/similarity.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { sparseCosine } from '../vectors/sparse-rows.ts';
import { rowVector, type WordVectors } from '../vectors/word-vectors.ts';
import { createLookup, type LookupOptions } from './lookup.ts';

/** The similarity of two words, on any scale; undefined if the measure has no value for them. */
export type SimilarityMeasure = (first: string, second: string) => number | undefined;

/** Dense vectors (SVD, CBOW, skip-gram) or sparse vectors (PPMI, counts); all evaluations accept both. */
export type Vectors = WordVectors | SparseVectors;

/** The cosine of two words' vectors; undefined if a word is missing or its vector contains NaN or infinity. */
export function vectorSimilarity(vectors: Vectors, options: LookupOptions = {}): SimilarityMeasure {
  const lookup = createLookup(vectors, options);
  const cosineOf = (row1: number, row2: number) =>
    'dimensions' in vectors
      ? cosine(rowVector(vectors, row1), rowVector(vectors, row2))
      : sparseCosine(vectors, row1, row2);
  return (first, second) => {
    const row1 = lookup.row(first);
    const row2 = lookup.row(second);
    return row1 === undefined || row2 === undefined ? undefined : cosineOf(row1, row2);
  };
}
