// The plane of an analogy: through the unit vectors a, b and c, with a as the origin and b on the x axis,
//   e_1 = (b - a) / |b - a|,   e_2 = (c - a - x_c e_1) / y_c,   x_c = (c - a) . e_1,   y_c = |c - a - x_c e_1|.
// A word u lies at ((u - a) . e_1, (u - a) . e_2); all of these products are sums of cosines.
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
