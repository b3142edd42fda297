// Inner products of matrix rows with a group of query vectors: S = M Q^T. The only arithmetic of a search that grows
// with the file, kept apart so that a compiled kernel can take its place.

/** Query vectors at most in one group. */
export const GROUP = 4;

/** (GROUP x D) query vectors of one group, widened once so that the loop converts only the rows. */
export type QueryGroup = Float64Array;

/** Packs up to GROUP query vectors of D numbers; missing ones are zero. */
export function packGroup(queries: readonly ArrayLike<number>[], dimensions: number): QueryGroup {
  const group = new Float64Array(GROUP * dimensions);
  queries.forEach((query, at) => {
    group.set(query, at * dimensions);
  });
  return group;
}

/** scores[(row - first) * GROUP + q] = matrix[row] . group[q] for rows first .. last - 1, summed in doubles. */
export function dotProducts(
  matrix: Float32Array,
  dimensions: number,
  first: number,
  last: number,
  group: QueryGroup,
  scores: Float64Array,
): void {
  const second = dimensions;
  const third = 2 * dimensions;
  const fourth = 3 * dimensions;
  for (let row = first, out = 0; row < last; row++, out += GROUP) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const start = row * dimensions;
    for (let column = 0; column < dimensions; column++) {
      const x = matrix[start + column]!;
      a += x * group[column]!;
      b += x * group[second + column]!;
      c += x * group[third + column]!;
      d += x * group[fourth + column]!;
    }
    scores[out] = a;
    scores[out + 1] = b;
    scores[out + 2] = c;
    scores[out + 3] = d;
  }
}
