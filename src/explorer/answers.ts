// The questions that the explorer's page asks: answered in the page from its 8-bit vectors, or by the server from the
// full ones, with the same functions of src/query/.
import type { Answer } from '../query/analogy.ts';
import type { Association, AssociationTest } from '../query/association.ts';
import type { Neighbor } from '../query/search.ts';

/** `file` is 0 or 1. All reject with a W2vError: `word-unknown`, `usage`. */
export interface Answers {
  /** The k nearest words to a word or a sum of words such as `king - man + woman`. */
  nearest(file: number, query: string, k: number): Promise<NearestAnswer>;
  /** a is to b as c is to ?, with the parallelogram. */
  analogy(file: number, question: readonly [a: string, b: string, c: string], k: number): Promise<AnalogyAnswer>;
  /** Cosines of pairs; null where a vector contains NaN or infinity. */
  similarities(file: number, pairs: readonly (readonly [string, string])[]): Promise<(number | null)[]>;
  /** Words on one or two axes, each a word or a sum of words: the coordinate is the cosine with it. */
  axes(file: number, words: readonly string[], axes: readonly string[]): Promise<AxesAnswer>;
  /** The Word Embedding Association Test (Caliskan, Bryson & Narayanan 2017). */
  association(file: number, test: AssociationTest): Promise<Association>;
}

export interface NearestAnswer {
  query: string;
  /** The words of the query, by row where the vocabulary has them. */
  rows: number[];
  neighbors: (Neighbor & { row: number })[];
}

export interface AnalogyAnswer {
  query: [string, string, string];
  answers: (Answer & { row: number })[];
  /** The plane through a, b and c: words as points, unit vectors; `target` is b - a + c. */
  plane: { a: Point; b: Point; c: Point; target: Point; answers: Point[] };
}

export interface Point {
  x: number;
  y: number;
}

export interface AxesAnswer {
  axes: string[];
  /** Each word that is in the vocabulary, with a coordinate for each axis. */
  points: { word: string; at: number[] }[];
  missing: string[];
}
