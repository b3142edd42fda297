// Truncated singular value decomposition A ~ U S V^T of a sparse matrix by a randomized range finder with power
// iterations (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1):
//   X random; repeat: X = orth(A^T A X - shift X); then Y = A X, Q = orth(Y), B = Q^T A = (A^T Y R)^T, and the SVD of B.
// The shift, at most half the smallest eigenvalue of A^T A in the span of X, damps the unwanted directions, so that
// fewer iterations suffice (Feng, Yu, Xie & Tang 2022, "Faster randomized SVD with dynamic shifts"): 4 are as accurate
// as 5 without shifts. Products use float32 SIMD on worker threads; Gram matrices for orthonormalization use float64.
// Columns are orthonormalized by Y <- Y W L^(-1/2), Y^T Y = W L W^T, which also works for a rank below L. Small dense
// matrices, (L, L) row-major, are kept transposed (named ...T): their rows are what the formulas call columns.
import { W2vError } from '../../errors.ts';
import { createLayout, sharedMemory } from '../../kernels/load.ts';
import type { OnProgress } from '../../progress.ts';
import { createRandom } from '../../random.ts';
import { finishInTurns, type Steps } from '../../steps.ts';
import { nonzeros, type SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { checkMemory, THREAD_BYTES, threadsWithin } from '../cooccurrence/counting-plan.ts';
import { type Panels, type SvdProducts, startProducts } from './svd-products.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface SvdSettings {
  /** D: number of singular values and vectors. */
  dim: number;
  /** Power iterations; more give more accurate small singular values. */
  iterations: number;
  /** Oversampling: at least this many random vectors beyond D, rounded up to fill the kernels' panels of 16. */
  oversample: number;
  seed: number;
}

export interface SvdLimits {
  threads: number;
  /** Memory limit of the decomposition in bytes. */
  memory: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface TruncatedSvd {
  /**
   * (rows, D) and (columns, D) row-major, orthonormal columns; the largest |component| of each column of U is positive.
   */
  u: Float32Array;
  v: Float32Array;
  /** (D) in decreasing order. */
  singularValues: Float64Array;
  /** Sum of the squared singular values over the squared Frobenius norm of A: 0 to 1. */
  keptShare: number;
}

/** Throws `usage` for settings out of range, `out-of-memory` with the memory needed, `interrupted`. */
export async function truncatedSvd(a: SparseMatrix, settings: SvdSettings, limits: SvdLimits): Promise<TruncatedSvd> {
  const { dim: D, iterations, oversample } = settings;
  const rank = Math.min(a.rows, a.columns);
  wholeNumber('dim', D, 1);
  wholeNumber('iterations', iterations, 0);
  wholeNumber('oversample', oversample, 0);
  if (D > rank) {
    throw new W2vError(
      'usage',
      `dim is ${D}, but a vocabulary of ${a.rows} words has at most ${rank} dimensions`,
      `give { dim: ${Math.min(100, rank)} } or less, or a longer text`,
    );
  }
  const L = Math.ceil((D + oversample) / 16) * 16;
  const panels = L / 16;
  const threads = Math.min(threadsWithin(limits), 2 * panels); // a product has at most two tasks per panel
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
    scratch: layout.take(threads * (L * 32 + 64)),
  };
  const held = a.starts.buffer.byteLength + a.indices.buffer.byteLength + a.values.buffer.byteLength;
  const results = (a.rows + a.columns) * D * 4; // U and V exist together with the panels
  const needed = layout.end() + held + results + SMALL_MATRICES * L * L * 8 + threads * THREAD_BYTES;
  checkMemory(`the SVD works on ${nonzeros(a)} nonzeros and ${L} columns`, needed, limits.memory);
  const memory = sharedMemory(layout.end());
  const products = await startProducts(a, L, memory, place, { ...limits, threads });
  try {
    return await decompose(a, L, settings, limits, products);
  } finally {
    await products.close();
  }
}

const SMALL_MATRICES = 6; // (L, L) doubles at a time

async function decompose(
  a: SparseMatrix,
  L: number,
  { dim: D, iterations, seed }: SvdSettings,
  { onProgress, signal }: SvdLimits,
  products: SvdProducts,
): Promise<TruncatedSvd> {
  const { y } = products;
  const inTurns = <T>(steps: Steps<T>) => finishInTurns(steps, signal);
  let step = 0;
  const report = () => onProgress?.({ phase: 'svd', done: step++, total: iterations + 1, unit: 'steps' });
  report();
  await inTurns(fillRandom(products.x, Math.min(L, a.rows, a.columns), seed));
  for (let i = 0, shift = 0; i < iterations; i++) {
    await products.multiplyNormal(shift, false);
    const { whitenT, least } = await inTurns(whitening(await products.gram(products.x), L));
    await products.multiplyRight(products.x, whitenT);
    if (least > shift) shift = (shift + least) / 2;
    report();
  }
  await products.multiplyNormal(0, true); // Y = A X, X = A^T Y
  const { x } = products;
  const { whitenT: rT } = await inTurns(whitening(await products.gram(y), L)); // Q = Y R, B^T = X R
  const squared = await inTurns(conjugated(rT, await products.gram(x), L)); // B B^T = R^T X^T X R
  const { values, vectors } = await inTurns(symmetricEigen(squared, L)); // = W S^2 W^T
  const singularValues = Float64Array.from(values.subarray(0, D), (value) => Math.sqrt(Math.max(0, value)));
  const leftT = await inTurns(product(vectors, rT, L)); // U = Q W
  const floor = (singularValues[0] as number) * 1e-6; // values below are float32 rounding noise
  const rightT = new Float64Array(L * L); // V = B^T W / S
  for (let j = 0; j < L; j++) {
    const value = j < D ? (singularValues[j] as number) : 0;
    const row = leftT.subarray(j * L, (j + 1) * L);
    if (value > floor)
      rightT.set(
        row.map((each) => each / value),
        j * L,
      );
    else row.fill(0);
  }
  await products.multiplyRight(y, leftT);
  await products.multiplyRight(x, rightT);
  report();
  const u = await inTurns(rowMajor(y, D));
  const v = await inTurns(rowMajor(x, D));
  await inTurns(fixSigns(u, v, D));
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
    `give { ${name}: ${least} } or more`,
  );
}

/**
 * Uniform random start: as good as Gaussian here and cheaper (Halko et al. 2011, section 4.6). Columns have length
 * about 1, so they are nearly orthonormal.
 */
function* fillRandom({ values, rows }: Panels, columns: number, seed: number): Steps<void> {
  const random = createRandom(seed);
  const scale = Math.sqrt(3 / rows);
  const fill = (start: number) => {
    for (let i = start; i < start + rows * 16; i += 16) values[i] = (2 * random.float() - 1) * scale;
  };
  for (let column = 0; column < columns; column++) {
    fill((column >> 4) * rows * 16 + (column & 15));
    yield;
  }
}

/**
 * From P^T P: R that makes the columns of P R orthonormal (or 0, beyond its rank), and the least singular value of P.
 */
function* whitening(gram: Float64Array, L: number): Steps<{ whitenT: Float64Array; least: number }> {
  const { values, vectors } = yield* symmetricEigen(gram, L);
  const floor = (values[0] as number) * 1e-12;
  values.forEach((value, j) => {
    const scale = value > floor ? 1 / Math.sqrt(value) : 0;
    for (let k = j * L; k < (j + 1) * L; k++) vectors[k] = (vectors[k] as number) * scale;
  });
  return { whitenT: vectors, least: Math.sqrt(Math.max(0, values[L - 1] as number)) };
}

/** R^T G R, symmetric as G is. */
function* conjugated(rT: Float64Array, gram: Float64Array, L: number): Steps<Float64Array> {
  const left = yield* product(rT, gram, L);
  const result = new Float64Array(L * L);
  for (let i = 0; i < L; i++) {
    for (let j = i; j < L; j++) {
      const value = innerProduct(left, i * L, rT, j * L, L);
      result[i * L + j] = value;
      result[j * L + i] = value;
    }
    yield;
  }
  return result;
}

/** A B of (L, L) matrices. */
function* product(a: Float64Array, b: Float64Array, L: number): Steps<Float64Array> {
  const result = new Float64Array(L * L);
  for (let i = 0; i < L; i++) {
    const row = i * L;
    for (let k = 0; k < L; k++) addMultiple(result, row, a[row + k] as number, b, k * L, L);
    yield;
  }
  return result;
}

function innerProduct(a: Float64Array, from: number, b: Float64Array, start: number, L: number): number {
  let sum = 0;
  for (let k = 0; k < L; k++) sum += (a[from + k] as number) * (b[start + k] as number);
  return sum;
}

function addMultiple(to: Float64Array, at: number, factor: number, from: Float64Array, start: number, L: number): void {
  for (let j = 0; j < L; j++) to[at + j] = (to[at + j] as number) + factor * (from[start + j] as number);
}

/** The first D columns, row-major. */
function* rowMajor({ values, rows }: Panels, D: number): Steps<Float32Array> {
  const dense = new Float32Array(rows * D);
  const copyRow = (row: number) => {
    for (let column = 0; column < D; column++) {
      dense[row * D + column] = values[((column >> 4) * rows + row) * 16 + (column & 15)] as number;
    }
  };
  for (let row = 0; row < rows; row++) {
    copyRow(row);
    if ((row & 0xff) === 0xff) yield;
  }
  return dense;
}

/** Makes the largest |component| of each column of U positive (the first of equals), and turns V's column with it. */
function* fixSigns(u: Float32Array, v: Float32Array, D: number): Steps<void> {
  for (let column = 0; column < D; column++) {
    if (largestComponent(u, D, column) < 0) {
      negate(u, D, column);
      negate(v, D, column);
    }
    yield;
  }
}

function largestComponent(matrix: Float32Array, D: number, column: number): number {
  let largest = 0;
  for (let i = column; i < matrix.length; i += D) {
    const value = matrix[i] as number;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest;
}

function negate(matrix: Float32Array, D: number, column: number): void {
  for (let i = column; i < matrix.length; i += D) matrix[i] = -(matrix[i] as number);
}
