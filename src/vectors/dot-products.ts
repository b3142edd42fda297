// Computes inner products of matrix rows with a group of query vectors, S = M Q^T: the only arithmetic of a search that
// grows with the file, kept separate so that a compiled kernel can replace it.

/** Maximum number of query vectors per group. */
export const GROUP = 4;

/** (GROUP x D) query vectors of one group, converted to doubles once, so that the loop converts only the rows. */
export type QueryGroup = Float64Array;

/** Packs up to GROUP query vectors of D numbers; missing ones are zero. */
export function packGroup(queries: readonly ArrayLike<number>[], dimensions: number): QueryGroup {
  const group = new Float64Array(GROUP * dimensions);
  queries.forEach((query, at) => {
    group.set(query, at * dimensions);
  });
  return group;
}

/**
 * scores[(row - first) * GROUP + q] = matrix[row] . group[q] for rows first .. last - 1. Only the first `count` queries
 * are valid; with one query the others are not computed.
 *
 * Each sum runs in doubles from the first column to the last, so a query gives the same result alone and in a group.
 */
export function dotProducts(
  matrix: Float32Array,
  dimensions: number,
  first: number,
  last: number,
  group: QueryGroup,
  count: number,
  scores: Float64Array,
): void {
  let row = first;
  if (count === 1) {
    for (; row + 3 < last; row += 4)
      fourByOne(matrix, row * dimensions, dimensions, group, scores, (row - first) * GROUP);
  } else {
    for (; row + 1 < last; row += 2)
      twoByFour(matrix, row * dimensions, dimensions, group, scores, (row - first) * GROUP);
  }
  for (; row < last; row++) {
    for (let lane = 0; lane < count; lane++) {
      let sum = 0;
      for (let column = 0; column < dimensions; column++) {
        sum += matrix[row * dimensions + column]! * group[lane * dimensions + column]!;
      }
      scores[(row - first) * GROUP + lane] = sum;
    }
  }
}

// Independent sums: with a single sum, each addition would wait for the previous one and take four times as long.
function fourByOne(
  matrix: Float32Array,
  start: number,
  dimensions: number,
  query: Float64Array,
  scores: Float64Array,
  out: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let column = 0; column < dimensions; column++) {
    const at = start + column;
    const p = query[column]!;
    a += matrix[at]! * p;
    b += matrix[at + dimensions]! * p;
    c += matrix[at + 2 * dimensions]! * p;
    d += matrix[at + 3 * dimensions]! * p;
  }
  scores[out] = a;
  scores[out + GROUP] = b;
  scores[out + 2 * GROUP] = c;
  scores[out + 3 * GROUP] = d;
}

function twoByFour(
  matrix: Float32Array,
  start: number,
  dimensions: number,
  group: QueryGroup,
  scores: Float64Array,
  out: number,
): void {
  const second = dimensions;
  const third = 2 * dimensions;
  const fourth = 3 * dimensions;
  const next = start + dimensions;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  for (let column = 0; column < dimensions; column++) {
    const x = matrix[start + column]!;
    const y = matrix[next + column]!;
    const p = group[column]!;
    const q = group[second + column]!;
    const r = group[third + column]!;
    const s = group[fourth + column]!;
    a += x * p;
    b += x * q;
    c += x * r;
    d += x * s;
    e += y * p;
    f += y * q;
    g += y * r;
    h += y * s;
  }
  scores[out] = a;
  scores[out + 1] = b;
  scores[out + 2] = c;
  scores[out + 3] = d;
  scores[out + 4] = e;
  scores[out + 5] = f;
  scores[out + 6] = g;
  scores[out + 7] = h;
}
