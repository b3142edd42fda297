// The plane of an analogy: through the unit vectors a, b and c, with a as the origin and b on the x axis,
//   e_1 = (b - a) / |b - a|,   e_2 = (c - a - x_c e_1) / y_c,   x_c = (c - a) . e_1,   y_c = |c - a - x_c e_1|.
// A word u lies at ((u - a) . e_1, (u - a) . e_2); all of these products are sums of cosines.

import type { Expression } from '../query/expression.ts';
import type { AnalogyAnswer, Point } from './answers.ts';

export type CosinesOf = (pairs: readonly (readonly [string, string])[]) => Promise<(number | undefined)[]>;

const NOTHING = 1e-9; // below it a length is rounding, and the axis is missing: all its coordinates are 0

export async function planePoints(
  corners: readonly [a: string, b: string, c: string],
  others: readonly string[],
  cosinesOf: CosinesOf,
): Promise<AnalogyAnswer['plane']> {
  const words = [...corners, ...others];
  const cosines = await cosinesOf(words.flatMap((word) => corners.map((corner) => [word, corner] as const)));
  const cosine = (word: number, corner: number) => cosines[3 * word + corner] ?? 0;
  /** (u - a) . (corner - a) */
  const product = (word: number, corner: number) =>
    cosine(word, corner) - cosine(word, 0) - cosine(corner, 0) + cosine(0, 0);
  const width = Math.sqrt(Math.max(0, product(1, 1)));
  const along = (word: number) => (width < NOTHING ? 0 : product(word, 1) / width);
  const height = Math.sqrt(Math.max(0, product(2, 2) - along(2) ** 2));
  const point = (word: number): Point => {
    const x = along(word);
    return { x, y: height < NOTHING ? 0 : (product(word, 2) - x * along(2)) / height };
  };
  const c = point(2);
  return {
    ...{ a: { x: 0, y: 0 }, b: { x: width, y: 0 }, c },
    target: { x: width + c.x, y: c.y },
    answers: others.map((_, at) => point(3 + at)),
  };
}

/**
 * Words on axes: the cosine of a word w with an axis, a sum of unit vectors q = sum s_i u_i,
 *   cos(w, q) = sum s_i cos(w, u_i) / |q|,   |q|^2 = sum s_i s_j cos(u_i, u_j).
 * For each word a coordinate on each axis; undefined for a word whose vector contains NaN or infinity.
 */
export async function axisPoints(
  words: readonly string[],
  axes: readonly Expression[],
  cosinesOf: CosinesOf,
): Promise<(number[] | undefined)[]> {
  const columns = await Promise.all(axes.map((terms) => coordinates(words, terms, cosinesOf)));
  return words.map((_, at) => {
    const point = columns.map((column) => column[at]);
    return point.some(Number.isNaN) ? undefined : point;
  });
}

async function coordinates(words: readonly string[], terms: Expression, cosinesOf: CosinesOf): Promise<number[]> {
  const sumOf = (cosines: readonly (number | undefined)[], from: number) =>
    terms.reduce((sum, { sign }, at) => sum + sign * (cosines[from + at] ?? Number.NaN), 0);
  const withTerms = (word: string) => terms.map((term) => [word, term.word] as const);
  const among = await cosinesOf(terms.flatMap(({ word }) => withTerms(word)));
  const square = terms.reduce((sum, { sign }, at) => sum + sign * sumOf(among, at * terms.length), 0);
  const cosines = await cosinesOf(words.flatMap(withTerms));
  return words.map((_, at) => {
    const cosine = sumOf(cosines, at * terms.length) / Math.sqrt(square);
    return Math.max(-1, Math.min(1, cosine));
  });
}
