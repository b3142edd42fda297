// Vectors with queries as methods, similar to gensim's KeyedVectors: a thin layer over the functions in this folder,
// for dense and sparse vectors.
import { queryDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { hasVector, isComposed, type RowNorms, rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { type AnalogyOptions, type Answer, analogies } from './analogy.ts';
import { type Expression, parseExpression } from './expression.ts';
import { type NearestWordsOptions, nearest, nearestExpressions, nearestWords } from './nearest.ts';
import { type Centrality, oddOneOut } from './odd-one-out.ts';
import type { Neighbor } from './search.ts';
import { similarity } from './similarity.ts';

/** A query: a word, a parsed sum such as 'king - man + woman', or a vector of D numbers. */
export type Query = string | Expression | Float32Array | Float64Array;

/**
 * Vectors, dense or sparse, with queries as methods. The norms of the rows are computed by the first query that needs
 * them, and kept; after a change of the matrix call `fillNorms`.
 */
export class KeyedVectors {
  /** V words, in the order of the file. */
  readonly words: readonly string[];
  readonly #given: WordVectors | SparseVectors;
  #norms: RowNorms = {};

  constructor(vectors: WordVectors | SparseVectors) {
    checkAnyVectors(vectors);
    this.words = vectors.words;
    this.#given = vectors;
  }

  /** The vectors with the norms of this object. */
  get #vectors(): WordVectors | SparseVectors {
    return { ...this.#given, norms: this.#norms };
  }

  /** Forgets the norms, as gensim's `fill_norms(force=True)`: the next query takes the matrix as it is then. */
  fillNorms(): void {
    this.#norms = {};
  }

  /** V */
  get size(): number {
    return this.words.length;
  }

  /** D: the length of a vector; for sparse vectors the number of contexts. */
  get dimensions(): number {
    return 'dimensions' in this.#given ? this.#given.dimensions : this.#given.matrix.columns;
  }

  /** Whether the word has a vector: its own, or one composed of its n-grams. */
  has(word: string): boolean {
    return hasVector(this.#given, word);
  }

  /** Whether the word's vector is composed of its n-grams, as that of a word that training did not see. */
  isComposed(word: string): boolean {
    return isComposed(this.#given, word);
  }

  /** A copy of the word's vector, D numbers. Throws `word-unknown`. */
  vector(word: string): Float32Array {
    const vectors = this.#given;
    if ('dimensions' in vectors) return Float32Array.from(vectorOf(vectors, word));
    const { starts, indices, values, columns } = vectors.matrix;
    const row = rowOf(vectors, word);
    const vector = new Float32Array(columns);
    for (let at = starts[row]; at < starts[row + 1]; at++) vector[indices[at]] = values[at];
    return vector;
  }

  /**
   * The nearest words by cosine, best first, without the words of the query. A string is one word, unparsed (use `sum`
   * for sums). Throws `word-unknown`, `usage`.
   */
  nearest(query: Query, k: number = queryDefaults.neighbors, options: NearestWordsOptions = {}): Neighbor[] {
    const asked = { ...options, k };
    const vectors = this.#vectors;
    if (typeof query === 'string') return nearestWords(vectors, [query], asked)[0];
    if (isExpression(query)) return nearestExpressions(vectors, [query], asked)[0];
    if ('dimensions' in vectors) return nearest(vectors, [query], asked)[0];
    throw usage('a vector cannot query sparse vectors', 'give a word or a sum of words');
  }

  /**
   * The nearest words to a sum: `vectors.sum('king - man + woman')`. Throws `usage` if it cannot be parsed,
   * `word-unknown`.
   */
  sum(expression: string, k?: number, options?: NearestWordsOptions): Neighbor[] {
    return this.nearest(parseExpression(expression), k, options);
  }

  /** Cosine of two words, -1 .. 1; undefined if a vector contains NaN or infinity. Throws `word-unknown`. */
  similarity(first: string, second: string): number | undefined {
    return similarity(this.#vectors, first, second);
  }

  /** a is to b as c is to ...: the best answers. Throws `word-unknown`, `usage`. */
  analogy(a: string, b: string, c: string, options: AnalogyOptions = {}): Answer[] {
    return analogies(this.#vectors, [[a, b, c]], options)[0];
  }

  /** The word least similar to the others. Throws `word-unknown`, `usage` for fewer than three words. */
  oddOneOut(words: readonly string[]): Centrality {
    return oddOneOut(this.#vectors, words)[0];
  }
}

function isExpression(query: Query): query is Expression {
  return Array.isArray(query);
}
