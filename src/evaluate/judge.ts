// A judge says how similar two words are: vectors by their cosine; a thesaurus is another (src/thesaurus).
import { cosine } from '../query/similarity.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { sparseCosine } from '../vectors/sparse-rows.ts';
import { rowVector, type WordVectors } from '../vectors/word-vectors.ts';
import { createLookup, type LookupOptions } from './lookup.ts';

/** How similar two words are, on the judge's own scale; undefined where it has nothing to say of them. */
export type Judge = (first: string, second: string) => number | undefined;

/** Dense vectors (SVD, CBOW, skip-gram) or sparse ones (PPMI, counts): all evaluations take both. */
export type Vectors = WordVectors | SparseVectors;

/** The cosine of two words' vectors; undefined where a word is missing or its vector holds NaN or infinity. */
export function vectorJudge(vectors: Vectors, options: LookupOptions = {}): Judge {
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
