// Truncated singular value decomposition A ~ U S V^T of a sparse matrix by a randomized range finder with power
// iterations (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1):
//   X random; repeat: X = orth(A^T A X - shift X); then Y = A X, Q = orth(Y), B = Q^T A = (A^T Y R)^T, and the SVD of B.
// The shift, at most half the smallest eigenvalue of A^T A that X reaches, pushes down what X should lose, so that fewer
// iterations do (Feng, Yu, Xie & Tang 2022, "Faster randomized SVD with dynamic shifts"): 4 come to what 5 do without.
// Products run in float32 SIMD on worker threads; the Gram matrices that orthonormalise, in float64. Columns are made
// orthonormal by Y <- Y W L^(-1/2), Y^T Y = W L W^T: as Cholesky's, but it takes a rank below L in its stride.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { W2vError } from '../errors.ts';
import { createLayout, sharedMemory } from '../kernels/load.ts';
import type { OnProgress } from '../progress.ts';
import { createRandom } from '../random.ts';
import { nonzeros, type SparseMatrix } from '../vectors/sparse-matrix.ts';
import { checkMemory } from './counting-plan.ts';
import { type Panels, type SvdProducts, startProducts } from './svd-products.ts';

export interface SvdSettings {
  /** D: singular values and vectors wanted. */
  dimensions: number;
  /** Power iterations; more of them give smaller singular values more exactly. */
  iterations: number;
  /** Random columns beyond D, at least; their number is rounded up to fill the kernels' panels of 16. */
  oversample: number;
  seed: number;
}

export interface SvdLimits {
  threads: number;
  /** Bytes that the decomposition may take. */
  memory: number;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

export interface TruncatedSvd {
  /** (rows, D) and (columns, D) row-major, orthonormal columns; the largest |component| of each column of U is positive. */
  u: Float32Array;
  v: Float32Array;
  /** (D) falling. */
  singularValues: Float64Array;
  /** Sum of the squared singular values over the squared Frobenius norm of A: 0 to 1. */
  keptShare: number;
}

/** Throws `usage` for settings out of range, `out-of-memory` with the figure needed, `interrupted`. */
export async function truncatedSvd(a: SparseMatrix, settings: SvdSettings, limits: SvdLimits): Promise<TruncatedSvd> {
  const { dimensions: D, iterations, oversample } = settings;
  const rank = Math.min(a.rows, a.columns);
  wholeNumber('dim', D, 1);
  wholeNumber('iterations', iterations, 0);
  wholeNumber('oversample', oversample, 0);
  if (D > rank) {
    throw new W2vError(
      'usage',
      `dim is ${D}, but a vocabulary of ${a.rows} words has at most ${rank} dimensions`,
      `give --dim ${Math.min(100, rank)} or less, or a longer text`,
    );
  }
  const L = Math.ceil((D + oversample) / 16) * 16;
  const layout = createLayout();
  const place = {
    starts: layout.take((a.rows + 1) * 4),
    indices: layout.take(nonzeros(a) * 4),
    values: layout.take(nonzeros(a) * 4),
    first: layout.take(a.columns * L * 4),
    second: layout.take(a.columns * L * 4),
    product: layout.take(a.rows * L * 4),
    gram: layout.take(L * L * 8),
    right: layout.take(L * L * 4),
    scratch: layout.take(limits.threads * L * 32 + 64 * limits.threads),
  };
  const needed = layout.end() + nonzeros(a) * 8;
  checkMemory(`the SVD works on ${nonzeros(a)} nonzeros and ${L} columns`, needed, limits.memory);
  const memory = sharedMemory(layout.end());
  const products = startProducts(a, L, memory, place, limits);
  try {
    return await decompose(a, Math.min(L, rank), settings, limits, products);
  } finally {
    await products.close();
  }
}

async function decompose(
  a: SparseMatrix,
  randomColumns: number,
  { dimensions: D, iterations, seed }: SvdSettings,
  { onProgress }: SvdLimits,
  products: SvdProducts,
): Promise<TruncatedSvd> {
  const { y } = products;
  let step = 0;
  const report = () => onProgress?.({ phase: 'svd', done: step++, total: iterations + 1, unit: 'steps' });
  report();
  fillRandom(products.x, randomColumns, seed);
  for (let i = 0, shift = 0; i < iterations; i++) {
    await products.multiplyNormal(shift, false);
    const { whiten, least } = whitening(await products.gram(products.x));
    await products.multiplyRight(products.x, whiten);
    if (least > shift) shift = (shift + least) / 2;
    report();
  }
  await products.multiplyNormal(0, true); // Y = A X, X = A^T Y
  const { x } = products;
  const { whiten: R } = whitening(await products.gram(y)); // Q = Y R, B^T = X R
  const { values, vectors } = eigen(
    R.transpose()
      .mmul(await products.gram(x))
      .mmul(R),
  ); // B B^T = W S^2 W^T
  const singularValues = Float64Array.from(values.slice(0, D), (value) => Math.sqrt(Math.max(0, value)));
  const left = R.mmul(vectors); // U = Q W
  const floor = (singularValues[0] as number) * 1e-6; // below it lies what float32 rounding made
  const right = Matrix.zeros(left.rows, left.columns); // V = B^T W / S
  for (let j = 0; j < left.columns; j++) {
    const value = j < D ? (singularValues[j] as number) : 0;
    for (let i = 0; i < left.rows; i++) {
      if (value > floor) right.set(i, j, left.get(i, j) / value);
      else left.set(i, j, 0);
    }
  }
  await products.multiplyRight(y, left);
  await products.multiplyRight(x, right);
  report();
  const u = rowMajor(y, D);
  const v = rowMajor(x, D);
  fixSigns(u, v, D);
  let squaredNorm = 0;
  for (let k = 0; k < nonzeros(a); k++) squaredNorm += (a.values[k] as number) ** 2;
  const kept = singularValues.reduce((sum, s) => sum + s * s, 0);
  return { u, v, singularValues, keptShare: squaredNorm > 0 ? Math.min(1, kept / squaredNorm) : 0 };
}

function wholeNumber(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new W2vError(
    'usage',
    `${name} is ${value}; it must be a whole number of at least ${least}`,
    `give --${name} ${least} or more`,
  );
}

/**
 * Uniform, as good a start as Gaussian here and cheaper (Halko et al. 2011, section 4.6); columns of length about 1, hence
 * about orthonormal.
 */
function fillRandom({ values, rows }: Panels, columns: number, seed: number): void {
  const random = createRandom(seed);
  const scale = Math.sqrt(3 / rows);
  for (let column = 0; column < columns; column++) {
    const panel = (column >> 4) * rows * 16 + (column & 15);
    for (let row = 0; row < rows; row++) values[panel + row * 16] = (2 * random.float() - 1) * scale;
  }
}

/** From P^T P: R that makes the columns of P R orthonormal (or 0, beyond its rank), and the least singular value of P. */
function whitening(gram: Matrix): { whiten: Matrix; least: number } {
  const { values, vectors } = eigen(gram);
  const floor = (values[0] as number) * 1e-12;
  values.forEach((value, j) => {
    const scale = value > floor ? 1 / Math.sqrt(value) : 0;
    for (let i = 0; i < vectors.rows; i++) vectors.set(i, j, vectors.get(i, j) * scale);
  });
  return { whiten: vectors, least: Math.sqrt(Math.max(0, values[values.length - 1] as number)) };
}

/** Eigenvalues of a symmetric matrix, falling, and its eigenvectors as columns in that order. */
function eigen(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((i, j) => (realEigenvalues[j] as number) - (realEigenvalues[i] as number));
  return { values: order.map((i) => realEigenvalues[i] as number), vectors: eigenvectorMatrix.subMatrixColumn(order) };
}

/** The first D columns, row-major. */
function rowMajor({ values, rows }: Panels, D: number): Float32Array {
  const dense = new Float32Array(rows * D);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < D; column++) {
      dense[row * D + column] = values[((column >> 4) * rows + row) * 16 + (column & 15)] as number;
    }
  }
  return dense;
}

/** Makes the largest |component| of each column of U positive (the first of equals), and turns V's column with it. */
function fixSigns(u: Float32Array, v: Float32Array, D: number): void {
  for (let column = 0; column < D; column++) {
    let largest = 0;
    for (let i = column; i < u.length; i += D)
      if (Math.abs(u[i] as number) > Math.abs(largest)) largest = u[i] as number;
    if (largest >= 0) continue;
    for (let i = column; i < u.length; i += D) u[i] = -(u[i] as number);
    for (let i = column; i < v.length; i += D) v[i] = -(v[i] as number);
  }
}
