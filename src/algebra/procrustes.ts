// Orthogonal Procrustes (Schoenemann 1966): the rotation or reflection R that brings points b nearest to points a,
//   min sum |R b_i - a_i|^2:  M = sum a_i b_i^T = U S V^T,  R = U V^T.
// For few dimensions: the singular value decomposition by one-sided Jacobi rotations (Hestenes 1958), which make the
// columns of M V orthogonal, and which are exact for small singular values too.

const ROUNDING = 1e-15;
/** A singular value below this part of the largest says nothing of its direction. */
const TINY = 1e-13;
/** A matrix without a larger number has lost its digits. */
const SMALLEST = 1e-290;

/** (d, d) row-major R for M, (d, d) row-major; as near to the identity as it can be where M says nothing. */
export function nearestRotation(m: Float64Array, d: number): Float64Array {
  const largest = m.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // R does not depend on the scale of M; squares of very small numbers would be 0.
  const scaled = m.map((value) => (largest < SMALLEST ? 0 : value / largest));
  const { left, right } = orthogonalColumns(scaled, d);
  const lengths = left.map((column) => Math.hypot(...column));
  const order = lengths.map((_, at) => at).sort((i, j) => lengths[j] - lengths[i] || i - j);
  const rotation = new Float64Array(d * d);
  const found: Float64Array[] = [];
  for (const i of order) {
    const known = lengths[i] > TINY * lengths[order[0]];
    const u = orthonormal(known ? [left[i]] : [right[i], ...unitVectors(d)], found);
    found.push(u);
    for (let row = 0; row < d; row++) {
      for (let column = 0; column < d; column++) rotation[row * d + column] += u[row] * right[i][column];
    }
  }
  return rotation;
}

/** The columns of M V, orthogonal to each other, and of V. */
function orthogonalColumns(m: Float64Array, d: number): { left: Float64Array[]; right: Float64Array[] } {
  const left = unitVectors(d).map((unit) => times(m, unit));
  const right = unitVectors(d);
  for (let turned = true, sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) {
        const [a, b] = [left[p], left[q]];
        const [aa, bb, ab] = [inner(a, a), inner(b, b), inner(a, b)];
        if (Math.abs(ab) <= ROUNDING * Math.sqrt(aa * bb)) continue;
        turned = true;
        const zeta = (bb - aa) / (2 * ab);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        turn(a, b, cosine, cosine * tangent);
        turn(right[p], right[q], cosine, cosine * tangent);
      }
    }
  }
  return { left, right };
}

const MOST_SWEEPS = 60;

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at], b[at]];
    a[at] = cosine * x - sine * y;
    b[at] = sine * x + cosine * y;
  }
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}

/** R for points b and a, each (n, d) row-major and centerd by the caller. */
export function rotationOnto(b: ArrayLike<number>, a: ArrayLike<number>, d: number): Float64Array {
  const m = new Float64Array(d * d);
  for (let at = 0; at < a.length; at += d) {
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) m[i * d + j] += a[at + i] * b[at + j];
  }
  return nearestRotation(m, d);
}

/** R p for a (d, d) row-major R. */
export function times(rotation: Float64Array, point: ArrayLike<number>): Float64Array {
  const d = point.length;
  const turned = new Float64Array(d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) turned[i] += rotation[i * d + j] * point[j];
  return turned;
}

/** The first of the candidates that is not in the span of `others`, made orthogonal to them and of length 1. */
function orthonormal(candidates: readonly Float64Array[], others: readonly Float64Array[]): Float64Array {
  for (const candidate of candidates) {
    const length = Math.hypot(...candidate);
    const rest = candidate.map((value) => value / length);
    for (const other of others) {
      const along = inner(rest, other);
      for (let at = 0; at < rest.length; at++) rest[at] -= along * other[at];
    }
    const left = Math.hypot(...rest);
    if (left > 0.1) return rest.map((value) => value / left);
  }
  throw new Error('no direction is left');
}

function unitVectors(d: number): Float64Array[] {
  return Array.from({ length: d }, (_, i) => Float64Array.from({ length: d }, (_, j) => Number(i === j)));
}
