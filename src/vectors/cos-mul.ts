// Parameters of 3CosMul (Levy & Goldberg 2014, eq. 4): argmax_d cos'(d, b) cos'(d, c) / (cos'(d, a) + epsilon).
import type { SparseMatrix, SparseVectors } from './sparse-matrix.ts';
import type { WordVectors } from './word-vectors.ts';

/** cos' = (cos + shift) * scale, and the epsilon. */
export interface CosMul {
  shift: number;
  scale: number;
  epsilon: number;
}

// Negative cosines have no meaning in a product, so cosines are shifted to 0 .. 1 (their footnote 7); epsilon is
// gensim's.
const moved: CosMul = { shift: 1, scale: 0.5, epsilon: 1e-6 };
// Rows without negative numbers need no shift. Many of their cosines are near 0, and would dominate with a small
// epsilon. This epsilon is that of hyperwords (Levy, Goldberg & Dagan 2015); the paper of 2014 has 0.001.
const unmoved: CosMul = { shift: 0, scale: 1, epsilon: 1e-2 };

const known = new WeakMap<SparseMatrix, CosMul>();

/** The parameters for both `analogies` and `evaluateAnalogies`. Scans a sparse matrix once. */
export function cosMulOf(vectors: WordVectors | SparseVectors): CosMul {
  if ('dimensions' in vectors) return moved;
  const { matrix } = vectors;
  const before = known.get(matrix);
  if (before !== undefined) return before;
  const found = hasNegative(matrix.values) ? moved : unmoved;
  known.set(matrix, found);
  return found;
}

function hasNegative(values: SparseMatrix['values']): boolean {
  for (let k = 0; k < values.length; k++) if (values[k]! < 0) return true; // some() takes ten times as long
  return false;
}

export function cosMul({ shift, scale, epsilon }: CosMul, a: number, b: number, c: number): number {
  return ((b + shift) * scale * (c + shift) * scale) / ((a + shift) * scale + epsilon);
}
