// Matrix products of the truncated SVD, split into tasks for worker threads (kernels/count/svd-products.assembly.ts). How
// they are split does not depend on the number of threads, and sums of parts are taken in their order: so are the
// results.
import { finishInTurns, type Steps } from '../../base/steps.ts';
import type { KernelCall, KernelWorkerData } from '../../kernels/kernel-worker.ts';
import { createLayout, sharedMemory } from '../../kernels/load.ts';
import { packageFile } from '../../package-file.ts';
import { nonzeros, type SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { startPool } from '../../workers/pool.ts';

/** A dense (rows, 16 p) matrix as p consecutive panels of (padded rows, 16), each row-major. */
export interface Panels {
  rows: number;
  /** The least multiple of 4 not below `rows`; the rows beyond are 0. */
  padded: number;
  address: number;
  values: Float32Array<ArrayBufferLike>;
}

export interface SvdShape {
  /** Panels of K; the most that K is made into by `multiplyRight`; and of Y. */
  panels: number;
  rightPanels: number;
  resultPanels: number;
}

export interface SvdProducts {
  /** K, (columns, 16 p), p up to `panels`. */
  basis: Panels;
  /** Z, (columns, 16). */
  block: Panels;
  /** Y, (rows, 16 p), p up to `resultPanels`; in the same memory as Z. */
  result: Panels;
  /** Z = A^T A X with X panel `panel` of K; and K^T X, K^T Z with the panels of K up to X. */
  multiplyNormal(panel: number): Promise<Projections>;
  /** K^T Z with the first `panels` panels of K. */
  project(panels: number): Promise<Float64Array>;
  /** Z = Z - K C with the first `panels` panels of K; returns Z^T Z, (16, 16). C is (16 panels, 16). */
  subtract(panels: number, c: Float64Array): Promise<Float64Array>;
  /** Panel `panel` of K = Z R; R is (16, 16). */
  append(panel: number, r: Float64Array): Promise<void>;
  /** K = K M in place with the first `panels` panels of K; M is (16 panels, 16 q). */
  multiplyRight(panels: number, m: Float64Array, q: number): Promise<void>;
  /** Y = A K with the first `resultPanels` panels of K. */
  multiply(): Promise<void>;
  /** The sum of A's squared values. */
  squaredNorm(): Promise<number>;
  close(): Promise<void>;
}

/** (16 panels, 16) each, row-major, in doubles. */
export interface Projections {
  ofX: Float64Array;
  ofZ: Float64Array;
}

const PARTS = 8; // pieces of A's rows in A^T A X, each with a sum of its own
const BLOCKS = 16; // pieces of a thin matrix's rows
const SCRATCH_ROWS = 16;

const padded = (rows: number) => Math.ceil(rows / 4) * 4;

/** The layout of the workers' memory, whose size is `bytes`. */
export function placeProducts(a: SparseMatrix, { panels, rightPanels, resultPanels }: SvdShape) {
  const layout = createLayout();
  const place = {
    starts: layout.take((a.rows + 1) * 4),
    indices: layout.take(nonzeros(a) * 4),
    values: layout.take(nonzeros(a) * 4),
    basis: layout.take(panels * padded(a.columns) * 64),
    parts: layout.take(Math.max(PARTS * padded(a.columns), resultPanels * padded(a.rows)) * 64),
    small: layout.take(panels * rightPanels * 256 * 4),
    sums: layout.take(BLOCKS * panels * 16 * 32 * 8),
    scratch: layout.take(BLOCKS * SCRATCH_ROWS * rightPanels * 64),
  };
  return { ...place, bytes: layout.end() };
}

/** Copies A to shared memory and starts the workers. Throws `interrupted`, `out-of-memory`. */
export async function startProducts(
  a: SparseMatrix,
  shape: SvdShape,
  { threads, signal }: { threads: number; signal?: AbortSignal | undefined },
): Promise<SvdProducts> {
  const { bytes, ...place } = placeProducts(a, shape);
  const memory = sharedMemory(bytes);
  const { buffer } = memory;
  const pool = startPool<KernelCall, unknown>(
    packageFile('dist/kernel-worker.js'),
    new Array<KernelWorkerData>(threads).fill({ kernel: 'svd-products', memory }),
  );
  const panelsAt = (rows: number, address: number, panels: number): Panels => {
    const values = new Float32Array(buffer, address, padded(rows) * 16 * panels);
    return { rows, padded: padded(rows), address, values };
  };
  const basis = panelsAt(a.columns, place.basis, shape.panels);
  const block = panelsAt(a.columns, place.parts, 1);
  const result = panelsAt(a.rows, place.parts, shape.resultPanels);
  const panelBytes = basis.padded * 64;
  const panelOf = (panel: number) => place.basis + panel * panelBytes;
  const csr = [place.starts, place.indices, place.values];
  const ofA = piecesOfEqualWork(a);
  const ofThin = pieces(basis.padded);
  const lanes = threads > PARTS ? [1, 2] : [0];

  const run = async (calls: KernelCall[]) => void (await pool.run(calls, undefined, signal));
  const sumsOf = (piece: number) => place.sums + piece * shape.panels * 16 * 32 * 8;
  /** The sum over the pieces of a thin matrix of the (length) numbers that each has left. */
  const summed = (length: number) => {
    const total = new Float64Array(length);
    ofThin.forEach((_, piece) => {
      const sums = new Float64Array(buffer, sumsOf(piece), length);
      for (let i = 0; i < length; i++) total[i] += sums[i];
    });
    return total;
  };
  const projections = async (panels: number, panel: number, parts: number): Promise<Projections> => {
    await run(
      ofThin.map(([from, end], piece) => ({
        name: 'project',
        numbers: [
          ...[place.basis, panels, basis.padded, from, end],
          ...[panelOf(panel), block.address, parts, sumsOf(piece)],
        ],
      })),
    );
    const both = summed(panels * 16 * 32);
    const side = (offset: number) => both.filter((_, i) => (i & 16) === offset);
    return { ofX: side(0), ofZ: side(16) };
  };

  try {
    new Uint32Array(buffer, place.starts, a.rows + 1).set(a.starts);
    await finishInTurns(copied(a.indices, new Int32Array(buffer, place.indices, nonzeros(a))), signal);
    await finishInTurns(copied(a.values, new Float32Array(buffer, place.values, nonzeros(a))), signal);
  } catch (error) {
    await pool.close();
    throw error;
  }

  return {
    basis,
    block,
    result,
    async multiplyNormal(panel) {
      await run(
        ofA.flatMap(([from, end], part) =>
          lanes.map((lane) => ({
            name: 'multiplyNormal',
            numbers: [...csr, from, end, a.columns, panelOf(panel), block.address + part * panelBytes, lane],
          })),
        ),
      );
      return projections(panel + 1, panel, ofA.length);
    },
    project: async (panels) => (await projections(panels, 0, 1)).ofZ,
    async subtract(panels, c) {
      putTiles(new Float32Array(buffer, place.small, c.length), c, 16, -1);
      await run(
        ofThin.map(([from, end], piece) => ({
          name: 'combine',
          numbers: [place.basis, panels, basis.padded, from, end, place.small, 1, block.address, sumsOf(piece)],
        })),
      );
      return summed(256);
    },
    append(panel, r) {
      putTiles(new Float32Array(buffer, place.small, r.length), r, 16, 1);
      return run(
        ofThin.map(([from, end]) => ({
          name: 'combine',
          numbers: [block.address, 1, basis.padded, from, end, place.small, 0, panelOf(panel), 0],
        })),
      );
    },
    multiplyRight(panels, m, q) {
      putTiles(new Float32Array(buffer, place.small, m.length), m, q * 16, 1);
      const scratch = (piece: number) => place.scratch + piece * SCRATCH_ROWS * shape.rightPanels * 64;
      return run(
        ofThin.map(([from, end], piece) => ({
          name: 'multiplyRight',
          numbers: [place.basis, panels, basis.padded, from, end, place.small, q, scratch(piece)],
        })),
      );
    },
    multiply() {
      const panels = Array.from({ length: shape.resultPanels }, (_, panel) => panel);
      return run(
        panels.flatMap((panel) =>
          ofA.map(([from, end]) => ({
            name: 'multiply',
            numbers: [...csr, from, end, panelOf(panel), result.address + panel * result.padded * 64],
          })),
        ),
      );
    },
    async squaredNorm() {
      const pieces = ofA.map(([from, end]): KernelCall => {
        return { name: 'sumOfSquares', numbers: [place.starts, place.values, from, end] };
      });
      const sums = (await pool.run(pieces, undefined, signal)) as number[];
      return sums.reduce((total, each) => total + each, 0);
    },
    close: () => pool.close(),
  };
}

type Piece = readonly [from: number, end: number];

/** Rows in up to 16 pieces of nearly equal length, a multiple of 4. */
function pieces(rows: number): Piece[] {
  const size = Math.max(4, padded(Math.ceil(rows / BLOCKS)));
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => [i * size, Math.min(rows, (i + 1) * size)] as const);
}

/** The rows of A in up to 8 pieces with about as many nonzeros each. */
function piecesOfEqualWork(a: SparseMatrix): Piece[] {
  const found: Piece[] = [];
  for (let part = 1, from = 0; part <= PARTS; part++) {
    let end = part === PARTS ? a.rows : from;
    while (end < a.rows && (a.starts[end] as number) < (nonzeros(a) * part) / PARTS) end++;
    if (end > from) found.push([from, end]);
    from = end;
  }
  return found;
}

/** A small matrix with `width` columns, times `sign`, as tiles of 8 columns. */
function putTiles(to: Float32Array<ArrayBufferLike>, matrix: Float64Array, width: number, sign: number): void {
  const rows = matrix.length / width;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      to[((column >> 3) * rows + row) * 8 + (column & 7)] = sign * matrix[row * width + column];
    }
  }
}

const COPIED = 1 << 22; // numbers between yields to the event loop: a few milliseconds

function* copied(from: SparseMatrix['indices' | 'values'], to: Int32Array | Float32Array): Steps<void> {
  for (let at = 0; at < to.length; at += COPIED) {
    to.set(from.subarray(at, Math.min(to.length, at + COPIED)), at);
    yield;
  }
}
