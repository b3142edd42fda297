// The questions of nearest.ts, similarity.ts and analogy.ts, asked of sparse rows (PPMI, counts) by the same rules: cosine,
// the words asked about left out, equal scores in the order of the file. The interface is that of the dense vectors, so
// that both routes are compared by the same means (as in hyperwords, Levy et al. 2015).
import { queryDefaults } from '../defaults.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { AnalogyOptions, AnalogyQuestion, Answer } from './analogy.ts';
import { TINY } from './analogy-mul.ts';
import { BestRows } from './best-rows.ts';
import type { Expression } from './expression.ts';
import type { NearestOptions, Neighbor } from './nearest.ts';
import { type Centrality, leastCentral } from './odd-one-out.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import { rowOf } from './word-vectors.ts';

/** Cosine of two words' rows, summed in doubles; 0 where either is empty. Throws `word-unknown`. */
export function sparseSimilarity(vectors: SparseVectors, first: string, second: string): number {
  const dense = new Float64Array(vectors.matrix.columns);
  addUnitRow(vectors, rowOf(vectors, first), 1, dense);
  const row = rowOf(vectors, second);
  return clamp(dotProduct(vectors, row, dense) * inverseNorms(vectors)[row]!);
}

/** The k nearest of each word, the word itself left out. Throws `word-unknown`, and `usage` on a k below 1. */
export function sparseNearestWords(
  vectors: SparseVectors,
  queries: readonly string[],
  options: Omit<NearestOptions, 'exclude'> = {},
): Neighbor[][] {
  return sparseNearestExpressions(
    vectors,
    queries.map((word) => [{ word, sign: 1 }]),
    options,
  );
}

/** The same for sums and differences of words. */
export function sparseNearestExpressions(
  vectors: SparseVectors,
  expressions: readonly Expression[],
  options: Omit<NearestOptions, 'exclude'> = {},
): Neighbor[][] {
  const rows = expressions.map((terms) => terms.map(({ word }) => rowOf(vectors, word)));
  return expressions.map((terms, at) => {
    const query = new Float64Array(vectors.matrix.columns);
    terms.forEach(({ sign }, place) => {
      addUnitRow(vectors, rows[at]![place]!, sign, query);
    });
    return nearestTo(vectors, query, { ...options, exclude: [rows[at]!] });
  });
}

/** The odd one of some words, as `oddOneOut`. */
export function sparseOddOneOut(vectors: SparseVectors, words: readonly string[]): Centrality[] {
  const rows = words.map((word) => rowOf(vectors, word));
  return leastCentral(
    words,
    rows.map((row) => {
      const dense = new Float64Array(vectors.matrix.columns);
      addUnitRow(vectors, row, 1, dense);
      return dense;
    }),
  );
}

/** The k best answers to each question by 3CosAdd, as `analogies` gives them. Throws `word-unknown`. */
export function sparseAnalogies(
  vectors: SparseVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions = {},
): Answer[][] {
  const rows = questions.map((question) => question.map((word) => rowOf(vectors, word)));
  if (options.method === 'mul') return rows.map((abc) => byProduct(vectors, abc, options));
  return rows.map((abc) => {
    const query = new Float64Array(vectors.matrix.columns);
    [-1, 1, 1].forEach((sign, at) => {
      addUnitRow(vectors, abc[at]!, sign, query);
    });
    const found = nearestTo(vectors, query, { ...options, k: options.k ?? queryDefaults.answers, exclude: [abc] });
    return found.map(({ word, similarity }) => ({ word, score: similarity }));
  });
}

/** 3CosMul: no cosine of such rows is negative, so they are not shifted (Levy & Goldberg 2014). */
function byProduct(vectors: SparseVectors, abc: readonly number[], options: AnalogyOptions): Answer[] {
  const { words } = vectors;
  const queries = abc.map((row) => {
    const query = new Float64Array(vectors.matrix.columns);
    addUnitRow(vectors, row, 1, query);
    return query;
  });
  const negative = vectors.matrix.values.some((value) => value < 0);
  const inverse = inverseNorms(vectors);
  const best = new BestRows(options.k ?? queryDefaults.answers);
  const limit = options.restrictVocab ? Math.min(options.restrictVocab, words.length) : words.length;
  for (let row = 0; row < limit; row++) {
    if ((row & 0xfff) === 0) throwIfAborted(options.signal);
    if (abc.includes(row)) continue;
    const [a, b, c] = queries.map((query) => {
      const similarity = dotProduct(vectors, row, query) * inverse[row]!;
      return negative ? (1 + similarity) / 2 : similarity;
    }) as [number, number, number];
    const score = (b * c) / (a + TINY);
    if (score > best.worst) best.add(row, score);
  }
  return best.sorted().map(([row, score]) => ({ word: words[row]!, score }));
}

/** The rows nearest to one dense query (C); a query without a direction has no answers. */
function nearestTo(vectors: SparseVectors, query: Float64Array, options: NearestOptions): Neighbor[] {
  const k = options.k ?? queryDefaults.neighbors;
  if (!Number.isInteger(k) || k < 1) {
    throw new W2vError('usage', `k is ${k}, expected a whole number of at least 1`, 'ask for at least one neighbour');
  }
  const { words } = vectors;
  const limit = options.restrictVocab ? Math.min(options.restrictVocab, words.length) : words.length;
  const excluded = new Set(options.exclude?.[0] ?? []);
  const length = Math.sqrt(query.reduce((sum, each) => sum + each * each, 0));
  if (!(length > 0)) return [];
  const inverse = inverseNorms(vectors);
  const best = new BestRows(k);
  for (let row = 0; row < limit; row++) {
    if ((row & 0xfff) === 0) throwIfAborted(options.signal);
    if (excluded.has(row)) continue;
    const score = (dotProduct(vectors, row, query) * inverse[row]!) / length;
    if (score > best.worst) best.add(row, score);
  }
  return best.sorted().map(([row, score]) => ({ word: words[row]!, similarity: clamp(score) }));
}

function dotProduct({ matrix: { starts, indices, values } }: SparseVectors, row: number, dense: Float64Array): number {
  let sum = 0;
  for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * dense[indices[k]!]!;
  return sum;
}

function addUnitRow(vectors: SparseVectors, row: number, sign: number, dense: Float64Array): void {
  const { starts, indices, values } = vectors.matrix;
  const scale = sign * inverseNorms(vectors)[row]!;
  for (let k = starts[row]!; k < starts[row + 1]!; k++) dense[indices[k]!] = dense[indices[k]!]! + values[k]! * scale;
}

const knownNorms = new WeakMap<object, Float64Array>();

/** (V) 1 / length of each row, 0 for an empty one. Worked out once for a matrix. */
export function inverseNorms({ matrix }: SparseVectors): Float64Array {
  const known = knownNorms.get(matrix);
  if (known) return known;
  const { rows, starts, values } = matrix;
  const inverse = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! ** 2;
    inverse[row] = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  }
  knownNorms.set(matrix, inverse);
  return inverse;
}

function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
