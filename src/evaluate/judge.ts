// A judge says how similar two words are: vectors by their cosine; a thesaurus is another (src/thesaurus).
import { cosine } from '../vectors/similarity.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { createLookup, type LookupOptions } from './lookup.ts';

/** How similar two words are, on the judge's own scale; undefined where it has nothing to say of them. */
export type Judge = (first: string, second: string) => number | undefined;

/** The cosine of two words' vectors; undefined where a word is missing or its vector holds NaN or infinity. */
export function vectorJudge(vectors: WordVectors, options: LookupOptions = {}): Judge {
  const lookup = createLookup(vectors, options);
  const { matrix, dimensions } = vectors;
  const vector = (row: number) => matrix.subarray(row * dimensions, (row + 1) * dimensions);
  return (first, second) => {
    const row1 = lookup.row(first);
    const row2 = lookup.row(second);
    return row1 === undefined || row2 === undefined ? undefined : cosine(vector(row1), vector(row2));
  };
}
