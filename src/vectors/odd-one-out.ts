// Which of some words is least like the others: the lowest cosine with the mean of their unit vectors (as gensim's doesnt_match).
import { W2vError } from '../errors.ts';
import { inverseNorm } from './norms.ts';
import { cosine } from './similarity.ts';
import { vectorOf, type WordVectors } from './word-vectors.ts';

export interface Centrality {
  word: string;
  /** Cosine with the mean of all the words' unit vectors, -1 .. 1. */
  similarity: number;
}

/** The words with their similarities to the mean, the odd one first. Throws `word-unknown`, and `usage` on fewer than three. */
export function oddOneOut(vectors: WordVectors, words: readonly string[]): Centrality[] {
  return leastCentral(
    words,
    words.map((word) => vectorOf(vectors, word)),
  );
}

/** The same for vectors that are at hand. */
export function leastCentral(words: readonly string[], vectors: readonly ArrayLike<number>[]): Centrality[] {
  if (words.length < 3) {
    throw new W2vError('usage', `${words.length} words, expected at least three`, 'of two, neither is the odd one');
  }
  const mean = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) {
    const scale = inverseNorm(vector, 0, vector.length) / vectors.length;
    for (let column = 0; column < mean.length; column++) mean[column]! += vector[column]! * scale;
  }
  const found = words.map((word, at) => ({ word, similarity: cosine(vectors[at]!, mean) ?? Number.NaN }));
  const bad = found.find(({ similarity }) => Number.isNaN(similarity));
  if (bad !== undefined) {
    const observed = 'a vector of these words holds NaN or infinity, so they have no mean';
    throw new W2vError('file-malformed', observed, 'train or convert the file again');
  }
  return found.sort((a, b) => a.similarity - b.similarity);
}
