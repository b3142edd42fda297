// Truncated singular value decomposition A ~ U S V^T of a sparse matrix by a randomized block Krylov method (Musco &
// Musco 2015, algorithm 2, with blocks smaller than D): K spans X, A^T A X, .., (A^T A)^(q-1) X of a random block X of
// 16 columns (block-krylov.ts), and the Ritz pairs of A^T A in it (ritz.ts) are S^2 and V = K M; then U = A V S^-1.
// What is left is A^T u - s v; A v - s u is 0. Products run in float32 SIMD on worker threads, sums over rows in
// float64.
import { countRanges } from '../../base/defaults.ts';
import { usage } from '../../base/errors.ts';
import type { OnProgress } from '../../base/progress.ts';
import { checkRanges } from '../../base/ranges.ts';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import { nonzeros, type SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { checkMemory, THREAD_BYTES, threadsWithin } from '../cooccurrence/counting-plan.ts';
import { BLOCK, blockKrylov, type KrylovPlan, transposed } from './block-krylov.ts';
import { type Panels, placeProducts, type SvdProducts, startProducts } from './svd-products.ts';

export interface SvdSettings {
  /** D: number of singular values and vectors. */
  dim: number;
  /** Each widens the search by a quarter of D + oversample; more give more accurate small singular values. */
  iterations: number;
  /** Dimensions of the search beyond D before any iteration; D + oversample is rounded up to blocks of 16. */
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
  checkRanges(countRanges, { dim: D, iterations, oversample });
  if (D > rank) {
    throw usage(
      `dim is ${D}, but a vocabulary of ${a.rows} words has at most ${rank} dimensions`,
      `give { dim: ${Math.min(100, rank)} } or less, or a longer text`,
    );
  }
  const plan = planKrylov(a, settings);
  const shape = { panels: plan.capacity, rightPanels: plan.kept, resultPanels: Math.ceil(D / BLOCK) };
  const threads = Math.min(threadsWithin(limits), MOST_TASKS);
  const held = a.starts.buffer.byteLength + a.indices.buffer.byteLength + a.values.buffer.byteLength;
  const results = (a.rows + a.columns) * D * 4; // U and V exist together with the panels
  const small = SMALL_MATRICES * (plan.capacity * BLOCK) ** 2 * 8;
  const needed = placeProducts(a, shape).bytes + held + results + small + threads * THREAD_BYTES;
  const what = `the SVD works on ${nonzeros(a)} nonzeros and ${plan.capacity * BLOCK} columns`;
  checkMemory(what, needed, limits.memory);
  const products = await startProducts(a, shape, { ...limits, threads });
  try {
    return await decompose(D, plan, limits, products);
  } finally {
    await products.close();
  }
}

const SMALL_MATRICES = 7; // (m, m) doubles at a time
const MOST_TASKS = 16; // at a time

/**
 * The Krylov space has D + oversample dimensions and a quarter of that more for each iteration, in whole blocks. As
 * many are held at a time as 4 iterations make; what goes beyond restarts from the best D + oversample.
 */
function planKrylov(a: SparseMatrix, { dim, iterations, oversample, seed }: SvdSettings): KrylovPlan {
  const whole = Math.ceil(a.columns / BLOCK);
  const kept = Math.min(whole, Math.ceil((dim + oversample) / BLOCK));
  const quarter = Math.ceil(kept / 4);
  const blocks = kept + iterations * quarter;
  const capacity = Math.min(blocks, Math.max(kept + 4 * quarter, LEAST_CAPACITY), whole);
  return { blocks: capacity === whole ? whole : blocks, capacity, kept, rank: a.columns, seed };
}

const LEAST_CAPACITY = 8;

async function decompose(
  D: number,
  plan: KrylovPlan,
  { onProgress, signal }: SvdLimits,
  products: SvdProducts,
): Promise<TruncatedSvd> {
  const inTurns = <T>(steps: Steps<T>) => finishInTurns(steps, signal);
  let step = 0;
  const report = () => onProgress?.({ phase: 'svd', done: step++, total: plan.blocks + 1, unit: 'steps' });
  report();
  const { values, vectors, held } = await blockKrylov(products, plan, D, { onBlock: report, signal });
  const singularValues = Float64Array.from(values.subarray(0, D), (value) => Math.sqrt(Math.max(0, value)));
  const floor = (singularValues[0] as number) * 1e-6; // values below are float32 rounding noise
  const found = singularValues.filter((value) => value > floor).length;
  const panels = Math.ceil(D / BLOCK);
  const m = new Float64Array(held * BLOCK * panels * BLOCK); // M, padded to whole panels
  transposed(vectors.subarray(0, found * held * BLOCK), held * BLOCK).forEach((value, k) => {
    m[Math.floor(k / found) * panels * BLOCK + (k % found)] = value;
  });
  await products.multiplyRight(held, m, panels);
  await products.multiply();
  report();
  const signs = await inTurns(signsOf(products.result, panels));
  const ofU = singularValues.map((value, column) => (value > floor ? (signs[column] as number) / value : 0));
  const u = await inTurns(rowMajor(products.result, ofU));
  const v = await inTurns(rowMajor(products.basis, signs.subarray(0, D)));
  const squaredNorm = await products.squaredNorm();
  const kept = singularValues.reduce((sum, s) => sum + s * s, 0);
  return { u, v, singularValues, keptShare: squaredNorm > 0 ? Math.min(1, kept / squaredNorm) : 0 };
}

/** The sign of the largest |component| of each column (of the first of equals); 1 for a column of zeros. */
function* signsOf({ values, rows, padded }: Panels, panels: number): Steps<Float64Array> {
  const signs = new Float64Array(panels * 16).fill(1);
  for (let panel = 0; panel < panels; panel++) {
    const largest = new Float64Array(16);
    const end = (panel * padded + rows) * 16;
    for (let i = panel * padded * 16; i < end; i++) {
      const value = values[i] as number;
      if (Math.abs(value) > (largest[i & 15] as number)) {
        largest[i & 15] = Math.abs(value);
        signs[panel * 16 + (i & 15)] = value < 0 ? -1 : 1;
      }
    }
    yield;
  }
  return signs;
}

/** (rows, D) row-major: the first D columns, each times its scale; `scales` has length D. */
function* rowMajor({ values, rows, padded }: Panels, scales: Float64Array): Steps<Float32Array> {
  const D = scales.length;
  const dense = new Float32Array(rows * D);
  for (let first = 0; first < D; first += 16) {
    const width = Math.min(16, D - first);
    const panel = values.subarray(first * padded, (first + 16) * padded);
    const scale = scales.subarray(first, first + width);
    for (let row = 0; row < rows; row++) {
      const to = row * D + first;
      for (let k = 0; k < width; k++) dense[to + k] = (scale[k] as number) * (panel[row * 16 + k] as number);
    }
    yield;
  }
  return dense;
}
