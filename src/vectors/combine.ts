// Several vectors of each word as one: of the words that all parts have, the concatenation of the parts' rows, each
// minus the mean of its part, scaled to length 1 and times the part's weight w_i. The cosine of two words is then
//   cos(a, b) = sum_i w_i^2 cos_i(a, b) / sum_i w_i^2
// With `dim`, its first principal components, which change these cosines least (moments.ts). The concatenation exists
// a block of rows at a time.
//
// With `subwords` the n-grams of a part are kept (combine-subwords.ts).
import { symmetricEigen } from '../algebra/symmetric-eigen.ts';
import { checkList } from '../base/check.ts';
import { outOfMemory, usage, W2vError } from '../base/errors.ts';
import { byteSize, counted } from '../base/format-numbers.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { OnProgress } from '../base/progress.ts';
import { checkRanges, real, whole } from '../base/ranges.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import { meanSteps } from './center.ts';
import { placedSubwords } from './combine-subwords.ts';
import { BLOCK_ROWS, type MakeRow, momentsOf } from './moments.ts';
import { projectSteps } from './project.ts';
import { checkVectors, type WordVectors, wordIndex } from './word-vectors.ts';

export interface CombineOptions {
  /** Weights of the parts, above 0; default 1 each. */
  weights?: readonly number[] | undefined;
  /** Principal components to keep, at most the dimensions of all parts together; default: all, without PCA. */
  dim?: number | undefined;
  /**
   * Keep the n-grams of the first part that has subwords, so that words which the result lacks are composed in the
   * dimensions of this part; not with `dim`. Default: leave them out.
   */
  subwords?: boolean | undefined;
  /** Bytes that the parts and the result may take together; default: no limit. */
  memory?: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** The words that all parts have, in the order of the first. */
export interface CombinedVectors extends WordVectors {
  /** With `dim`: the share of the variance that its components have. */
  keptShare?: number;
}

const names = namesOf<CombineOptions>({
  weights: true,
  dim: true,
  subwords: true,
  memory: true,
  onProgress: true,
  signal: true,
});

/** Weights beyond this only lose digits. */
export const weightRange = real(0, 1e6, { above: true });

/**
 * Combines two or more vectors. Words are the same if they are written the same. Where a part has NaN or infinity in a
 * row, that row of the result is NaN.
 *
 * Throws `usage` for less than two parts, weights that are not one for each, a `dim` beyond the dimensions of all parts,
 * or where these are more than 4,096, and for `subwords` with `dim`, or where no part has any; `word-unknown` if no word
 * is in all parts; `out-of-memory` beyond `memory`; `interrupted`.
 */
export async function combineVectors(
  parts: readonly WordVectors[],
  options: CombineOptions = {},
): Promise<CombinedVectors> {
  checkList(parts, 'the parts', 'word vectors');
  for (const part of parts) checkVectors(part);
  checkOptionNames('combineVectors', options, names);
  const dimensions = parts.reduce((sum, part) => sum + part.dimensions, 0);
  const weights = weightsFor(parts.length, options);
  if (options.dim !== undefined && dimensions > MOST_FOR_PCA) throw tooWide(dimensions);
  checkRanges({ dim: whole(1, dimensions), memory: whole(1) }, options);
  if (options.subwords) requireSubwords(parts, options);
  return finishInTurns(combineSteps(parts, weights, dimensions, options), options.signal);
}

function requireSubwords(parts: readonly WordVectors[], { dim }: CombineOptions): void {
  if (dim !== undefined) {
    throw usage('subwords are kept without PCA only', 'leave out { dim }, or { subwords }');
  }
  if (parts.every(({ subwords }) => subwords === undefined)) {
    throw usage('none of the vectors has subwords to keep', 'leave out { subwords }');
  }
}

const MOST_FOR_PCA = 4096; // dimensions; time grows with their cube

function tooWide(dimensions: number): W2vError {
  const observed = `PCA of ${dimensions} dimensions, expected at most ${MOST_FOR_PCA}`;
  return usage(observed, 'leave out { dim }, or combine fewer vectors');
}

/** The weights of so many parts. Throws `usage` as `combineVectors`. */
export function weightsFor(
  parts: number,
  { weights = Array(parts).fill(1) }: Pick<CombineOptions, 'weights'>,
): number[] {
  checkList(weights, 'weights', 'numbers');
  if (parts < 2) throw usage(`${counted(parts, 'part')} to combine, expected two or more`, 'name at least two');
  if (weights.length !== parts) {
    const observed = `${weights.length} weights for ${parts} vectors, expected one for each`;
    throw usage(observed, 'give { weights } in the order of the vectors, or leave them out');
  }
  for (const weight of weights) checkRanges({ weights: weightRange }, { weights: weight });
  return [...weights];
}

function* combineSteps(
  parts: readonly WordVectors[],
  weights: readonly number[],
  D: number,
  { dim, subwords: keeps = false, memory, onProgress }: CombineOptions,
): Steps<CombinedVectors> {
  const { words, rows } = yield* commonWords(parts);
  if (words.length === 0) throw noCommonWord(parts);
  const kept = dim ?? D;
  const composing = keeps ? parts.findIndex(({ subwords }) => subwords !== undefined) : -1;
  const ngrams = parts[composing]?.subwords?.matrix ?? [];
  const own = parts.reduce((sum, { matrix }) => sum + matrix.length, ngrams.length);
  const ofNgrams = (ngrams.length / (parts[composing]?.dimensions ?? 1)) * D;
  const needed = 4 * (words.length * kept + own + ofNgrams);
  if (memory !== undefined && needed > memory) throw tooLarge(words.length, D, kept, needed, memory);
  const { makeRow, means } = yield* concatenation(parts, weights, rows);
  const matrix = new Float32Array(words.length * kept);
  const combined = { words, matrix, dimensions: kept };
  if (dim !== undefined) {
    const { mean, covariance } = yield* momentsOf(words.length, D, makeRow, onProgress);
    const { values, vectors } = yield* symmetricEigen(covariance, D);
    yield* projectSteps(matrix, makeRow, { mean, axes: vectors.subarray(0, dim * D), onProgress });
    return { ...combined, keptShare: shareOf(values, dim) };
  }
  const row = new Float64Array(D);
  for (let at = 0; at < words.length; at++) {
    if (!makeRow(at, row)) row.fill(Number.NaN);
    matrix.set(row, at * D);
    if (at % BLOCK_ROWS > 0) continue;
    onProgress?.({ phase: 'combine', done: at, total: words.length, unit: 'words' });
    yield;
  }
  if (composing < 0) return combined;
  const offset = parts.slice(0, composing).reduce((sum, { dimensions }) => sum + dimensions, 0);
  const place = { mean: means[composing], weight: weights[composing], offset, D };
  return { ...combined, subwords: yield* placedSubwords(parts[composing], rows[composing], place) };
}

/** Of the sum of the values what the first `count` have: 0 to 1, and 1 of nothing. */
function shareOf(values: Float64Array, count: number): number {
  const all = values.reduce((sum, value) => sum + value, 0);
  const first = values.subarray(0, count).reduce((sum, value) => sum + value, 0);
  return all > 0 ? Math.min(1, first / all) : 1;
}

/** The words, and of each part the rows that they have there. */
function* commonWords(parts: readonly WordVectors[]): Steps<{ words: string[]; rows: Int32Array[] }> {
  const [first, ...others] = parts;
  const words: string[] = [];
  const rows = parts.map(() => new Int32Array(first.words.length));
  const indexes = others.map(wordIndex);
  for (const [row, word] of first.words.entries()) {
    rows[0][words.length] = row;
    const isCommon = others.every((part, at) => {
      const found = indexes[at].get(word) ?? -1;
      rows[at + 1][words.length] = found;
      return part.words[found] === word; // the index also finds other forms of Unicode
    });
    if (isCommon) words.push(word);
    if (row % BLOCK_ROWS === 0) yield;
  }
  return { words, rows: rows.map((list) => list.subarray(0, words.length)) };
}

/** `makeRow` returns false where a number is not finite; `means` are those of the parts. */
function* concatenation(
  parts: readonly WordVectors[],
  weights: readonly number[],
  rows: readonly Int32Array[],
): Steps<{ makeRow: MakeRow; means: Float64Array[] }> {
  const means: Float64Array[] = [];
  for (const [at, part] of parts.entries()) means.push(yield* meanSteps(part, rows[at]));
  const makeRow: MakeRow = (row, target) => {
    let to = 0;
    for (const [at, { matrix, dimensions }] of parts.entries()) {
      const from = rows[at][row] * dimensions;
      const mean = means[at];
      let squares = 0;
      for (let column = 0; column < dimensions; column++) {
        const value = matrix[from + column] - mean[column];
        target[to + column] = value;
        squares += value * value;
      }
      if (!(squares < Number.POSITIVE_INFINITY)) return false;
      const scale = squares === 0 ? 0 : weights[at] / Math.sqrt(squares);
      for (let column = to; column < to + dimensions; column++) target[column] *= scale;
      to += dimensions;
    }
    return true;
  };
  return { makeRow, means };
}

function noCommonWord(parts: readonly WordVectors[]): W2vError {
  return new W2vError(
    'word-unknown',
    `no word is in all of them: ${parts.map(({ source }, at) => source ?? `part ${at + 1}`).join(', ')}`,
    'words must be written the same in each: compare their case and language (w2v info FILE shows some)',
  );
}

function tooLarge(words: number, D: number, kept: number, needed: number, memory: number): W2vError {
  const size = `${words.toLocaleString('en-US')} words x ${D} dimensions${kept < D ? ` to ${kept}` : ''}`;
  return outOfMemory(
    `combining ${size} takes ${byteSize(needed)}, and ${byteSize(memory)} are allowed`,
    'allow more ({ memory }), or keep the first words of each file (w2v convert)',
  );
}
