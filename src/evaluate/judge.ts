// A judge says how similar two words are: vectors by their cosine; a thesaurus is another (src/thesaurus).
import { cosine } from '../vectors/similarity.ts';
import type { SparseMatrix, SparseVectors } from '../vectors/sparse-matrix.ts';
import { inverseNorms } from '../vectors/sparse-questions.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { createLookup, type LookupOptions } from './lookup.ts';

/** How similar two words are, on the judge's own scale; undefined where it has nothing to say of them. */
export type Judge = (first: string, second: string) => number | undefined;

/** Dense vectors (SVD, CBOW, skip-gram) or sparse ones (PPMI, counts): all evaluations take both. */
export type Vectors = WordVectors | SparseVectors;

/** The cosine of two words' vectors; undefined where a word is missing or its vector holds NaN or infinity. */
export function vectorJudge(vectors: Vectors, options: LookupOptions = {}): Judge {
  const lookup = createLookup(vectors, options);
  const cosineOf = 'dimensions' in vectors ? denseCosine(vectors) : sparseCosine(vectors);
  return (first, second) => {
    const row1 = lookup.row(first);
    const row2 = lookup.row(second);
    return row1 === undefined || row2 === undefined ? undefined : cosineOf(row1, row2);
  };
}

function denseCosine({ matrix, dimensions }: WordVectors): (row1: number, row2: number) => number | undefined {
  const vector = (row: number) => matrix.subarray(row * dimensions, (row + 1) * dimensions);
  return (row1, row2) => cosine(vector(row1), vector(row2));
}

function sparseCosine(vectors: SparseVectors): (row1: number, row2: number) => number {
  const inverse = inverseNorms(vectors);
  return (row1, row2) => sparseProduct(vectors.matrix, row1, row2) * inverse[row1]! * inverse[row2]!;
}

/** Inner product of two rows whose columns rise. */
function sparseProduct({ starts, indices, values }: SparseMatrix, row1: number, row2: number): number {
  let sum = 0;
  let one = starts[row1]!;
  let other = starts[row2]!;
  while (one < starts[row1 + 1]! && other < starts[row2 + 1]!) {
    const step = indices[one]! - indices[other]!;
    if (step === 0) sum += values[one++]! * values[other++]!;
    else if (step < 0) one++;
    else other++;
  }
  return sum;
}
