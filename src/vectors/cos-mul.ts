// Parameters of 3CosMul (Levy & Goldberg 2014, eq. 4): argmax_d cos'(d, b) cos'(d, c) / (cos'(d, a) + epsilon).
import type { SparseMatrix, SparseVectors } from './sparse-matrix.ts';
import type { CosMul, WordVectors } from './word-vectors.ts';

// Negative cosines have no meaning in a product, so cosines are shifted to 0 .. 1 (their footnote 7); epsilon is
// gensim's.
const moved: CosMul = { shift: 1, scale: 0.5, epsilon: 1e-6 };
// Rows without negative numbers need no shift. Many of their cosines are near 0, and would dominate with a small
// epsilon. This epsilon is that of hyperwords (Levy, Goldberg & Dagan 2015); the paper of 2014 has 0.001.
const unmoved: CosMul = { shift: 0, scale: 1, epsilon: 1e-2 };

/** The parameters for both `analogies` and `evaluateAnalogies`. Scans a sparse matrix, unless the vectors keep them. */
export function cosMulOf(vectors: WordVectors | SparseVectors): CosMul {
  if ('dimensions' in vectors) return moved;
  const { matrix, norms } = vectors;
  if (norms?.cosMul !== undefined) return norms.cosMul;
  const found = hasNegative(matrix.values) ? moved : unmoved;
  if (norms !== undefined) norms.cosMul = found;
  return found;
}

function hasNegative(values: SparseMatrix['values']): boolean {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) return true; // some() takes ten times as long
  return false;
}

export function cosMul({ shift, scale, epsilon }: CosMul, a: number, b: number, c: number): number {
  return ((b + shift) * scale * (c + shift) * scale) / ((a + shift) * scale + epsilon);
}
