// Words on axes: the cosine of a word w with an axis, a sum of unit vectors q = sum s_i u_i,
//   cos(w, q) = sum s_i cos(w, u_i) / |q|,   |q|^2 = sum s_i s_j cos(u_i, u_j).
import type { Expression } from '../query/expression.ts';
import type { CosinesOf } from './plane-points.ts';

/** For each word a coordinate on each axis; undefined for a word whose vector contains NaN or infinity. */
export async function axisPoints(
  words: readonly string[],
  axes: readonly Expression[],
  cosinesOf: CosinesOf,
): Promise<(number[] | undefined)[]> {
  const columns = await Promise.all(axes.map((terms) => coordinates(words, terms, cosinesOf)));
  return words.map((_, at) => {
    const point = columns.map((column) => column[at]!);
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
