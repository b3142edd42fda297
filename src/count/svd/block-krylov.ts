// A basis K of the block Krylov space of A^T A from a random block X0 (Golub & Underwood 1977; Musco & Musco 2015):
//   X0, A^T A X0, (A^T A)^2 X0, ...
// block by block: Z = A^T A X with X the last block, C = K^T Z, and the next block is what is new in Z, made
// orthonormal: X' = (Z - K C) R. C is also the column of T = K^T A^T A K that belongs to X, so that the Ritz pairs
// (ritz.ts) cost no further product. One subtraction leaves K orthonormal to about 1e-3 in float32; S = K^T K, in
// doubles, corrects that. When K is full, it restarts from its best Ritz vectors and the next block (thick restart: Wu
// & Simon 2000).

import { symmetricEigen } from '../../algebra/symmetric-eigen.ts';
import { createRandom } from '../../base/random.ts';
import { finish, finishInTurns } from '../../base/steps.ts';
import { type RitzPairs, ritzPairs } from './ritz.ts';
import type { SvdProducts } from './svd-products.ts';

export const BLOCK = 16;

export interface KrylovPlan {
  /** Blocks multiplied in all, held at a time, and kept by a restart. */
  blocks: number;
  capacity: number;
  kept: number;
  /** The most columns that can be independent. */
  rank: number;
  seed: number;
}

export interface KrylovProgress {
  onBlock: () => void;
  signal: AbortSignal | undefined;
}

/** Leaves K in `products.basis`; returns its Ritz pairs, M with `count` columns, and the blocks in K. */
export async function blockKrylov(
  products: SvdProducts,
  plan: KrylovPlan,
  count: number,
  { onBlock, signal }: KrylovProgress,
): Promise<RitzPairs & { held: number }> {
  const { blocks, capacity, kept } = plan;
  const m = capacity * BLOCK;
  const t = new Float64Array(m * m);
  const s = new Float64Array(m * m);
  const nextBlock = createNextBlock(products, plan.seed);
  const pairs = (held: number, wanted: number) => {
    const size = held * BLOCK;
    return finishInTurns(ritzPairs(leading(t, m, size), leading(s, m, size), size, wanted), signal);
  };
  await nextBlock.first(plan.rank);
  let held = 1;
  for (let block = 1; ; block++) {
    const { ofX, ofZ } = await products.multiplyNormal(held - 1);
    putColumns(s, m, held, ofX);
    putColumns(t, m, held, ofZ);
    onBlock();
    if (block === blocks) break;
    const gram = await nextBlock.subtract(held, ofZ);
    if (held === capacity) {
      const { values, vectors } = await pairs(held, kept * BLOCK);
      await products.multiplyRight(held, transposed(vectors, held * BLOCK), kept);
      held = kept;
      t.fill(0);
      s.fill(0);
      for (let i = 0; i < kept * BLOCK; i++) {
        t[i * m + i] = values[i];
        s[i * m + i] = 1;
      }
    }
    await nextBlock.append(held, gram);
    held++;
  }
  return { ...(await pairs(held, count)), held };
}

/** What comes next in K. Directions in which nothing new is left are replaced by random ones. */
function createNextBlock({ block, basis, append, subtract, project }: SvdProducts, seed: number) {
  const random = createRandom(seed);
  let largest = 0; // squared norm of a Z: float32 noise is relative to it
  const randomize = (columns: readonly number[]) => {
    const scale = 2 * Math.sqrt(3 / block.rows); // length about 1
    for (let row = 0; row < block.rows; row++) {
      for (const column of columns) block.values[row * BLOCK + column] = (random.float() - 0.5) * scale;
    }
  };
  const whiten = async (panel: number, gram: Float64Array, floor: number) => {
    const { r, empty } = whitening(gram, floor);
    await append(panel, r);
    return empty;
  };
  /** Z - K C, twice where the first leaves little of a direction, and with it much of the rounding; returns Z^T Z. */
  const withoutBasis = async (panels: number, c: Float64Array) => {
    const gram = await subtract(panels, c);
    const norm = squaredNorm(c) + trace(gram);
    largest = Math.max(largest, norm);
    const { values } = finish(symmetricEigen(gram, BLOCK));
    return values[BLOCK - 1] < TWICE * norm ? subtract(panels, await project(panels)) : gram;
  };
  return {
    async first(rank: number) {
      randomize(Array.from({ length: Math.min(BLOCK, rank) }, (_, column) => column));
      await whiten(0, await subtract(0, new Float64Array(0)), NOISE);
    },
    subtract: withoutBasis,
    async append(panel: number, gram: Float64Array) {
      const empty = await whiten(panel, gram, NOISE * largest);
      if (empty.length === 0) return;
      const start = panel * basis.padded * BLOCK;
      block.values.set(basis.values.subarray(start, start + basis.padded * BLOCK));
      randomize(empty);
      await whiten(panel, await withoutBasis(panel, await project(panel)), NOISE);
    },
  };
}

const TWICE = 1e-4; // of the squared norm: "twice is enough" (Daniel, Gragg, Kaufman & Stewart 1976)
const NOISE = 1e-10; // (1e-5)^2: the part of Z, squared, that rounding may have made

/** From G = Z^T Z: R that makes the columns of Z R orthonormal, or 0 where G has no more than `floor`. */
function whitening(gram: Float64Array, floor: number): { r: Float64Array; empty: number[] } {
  const { values, vectors } = finish(symmetricEigen(gram, BLOCK));
  const empty: number[] = [];
  values.forEach((value, j) => {
    const scale = value > floor ? 1 / Math.sqrt(value) : 0;
    if (scale === 0) empty.push(j);
    for (let k = j * BLOCK; k < (j + 1) * BLOCK; k++) vectors[k] *= scale;
  });
  return { r: transposed(vectors, BLOCK), empty };
}

const squaredNorm = (matrix: Float64Array) => matrix.reduce((sum, value) => sum + value * value, 0);

function trace(gram: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += gram[i * BLOCK + i];
  return sum;
}

/** The last of the `held` block columns of a symmetric (m, m) matrix, and the rows that mirror it. */
function putColumns(matrix: Float64Array, m: number, held: number, values: Float64Array): void {
  const first = (held - 1) * BLOCK;
  values.forEach((value, k) => {
    const [row, column] = [k >> 4, first + (k & 15)];
    if (row > column) return; // the diagonal block is symmetric up to rounding
    matrix[row * m + column] = value;
    matrix[column * m + row] = value;
  });
}

/** The leading (size, size) part of an (m, m) matrix. */
function leading(matrix: Float64Array, m: number, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let i = 0; i < size; i++) part.set(matrix.subarray(i * m, i * m + size), i * size);
  return part;
}

/** Of a row-major matrix with `width` columns. */
export function transposed(matrix: Float64Array, width: number): Float64Array {
  const rows = matrix.length / width;
  const result = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) result[j * rows + i] = matrix[i * width + j];
  return result;
}
