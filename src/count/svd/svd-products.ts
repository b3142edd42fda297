// Matrix products of the truncated SVD, split into tasks for worker threads (kernels/svd-products.assembly.ts).
import type { KernelCall, KernelWorkerData } from '../../kernels/kernel-worker.ts';
import { finishInTurns, type Steps } from '../../steps.ts';
import { nonzeros, type SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { builtFile } from '../../workers/built-file.ts';
import { startPool } from '../../workers/pool.ts';

/** A dense (rows, L) matrix as L / 16 consecutive panels of (rows, 16), each row-major. */
export interface Panels {
  rows: number;
  address: number;
  values: Float32Array<ArrayBufferLike>;
}

export interface SvdProducts {
  /** (columns, L) */
  x: Panels;
  /** (rows, L) A X of the last `multiplyNormal` call that kept it. */
  y: Panels;
  /** X = A^T A X - shift X; also stores A X in Y if requested. */
  multiplyNormal(shift: number, keepProduct: boolean): Promise<void>;
  /** (L, L) P^T P in doubles, row-major */
  gram(panels: Panels): Promise<Float64Array>;
  /** P = P R in place; `transposed` is R^T, (L, L) row-major */
  multiplyRight(panels: Panels, transposed: Float64Array): Promise<void>;
  close(): Promise<void>;
}

type Area = 'starts' | 'indices' | 'values' | 'first' | 'second' | 'product' | 'gram' | 'right' | 'scratch';

/** Copies A to shared memory, at the addresses in `place`, and starts the workers. Throws `interrupted`. */
export async function startProducts(
  a: SparseMatrix,
  L: number,
  memory: WebAssembly.Memory,
  place: Record<Area, number>,
  { threads, signal }: { threads: number; signal?: AbortSignal | undefined },
): Promise<SvdProducts> {
  const { buffer } = memory;
  new Uint32Array(buffer, place.starts, a.rows + 1).set(a.starts);
  await finishInTurns(copied(a.indices, new Int32Array(buffer, place.indices, nonzeros(a))), signal);
  await finishInTurns(copied(a.values, new Float32Array(buffer, place.values, nonzeros(a))), signal);
  const panelsAt = (rows: number, address: number): Panels => {
    return { rows, address, values: new Float32Array(buffer, address, rows * L) };
  };
  let x = panelsAt(a.columns, place.first);
  let z = panelsAt(a.columns, place.second);
  const y = panelsAt(a.rows, place.product);
  const right = new Float32Array(buffer, place.right, L * L);
  const panels = Array.from({ length: L / 16 }, (_, i) => i);
  const csr = [place.starts, place.indices, place.values];
  const pool = startPool<KernelCall, unknown>(
    builtFile('../../kernels/kernel-worker.js', import.meta.url),
    new Array<KernelWorkerData>(threads).fill({ kernel: 'svd-products', memory }),
  );
  const run = async (calls: KernelCall[]) => void (await pool.run(calls, undefined, signal));
  const panelOf = ({ address, rows }: Panels, panel: number) => address + panel * rows * 64;

  return {
    get x() {
      return x;
    },
    y,
    async multiplyNormal(shift, keepProduct) {
      const whole = panels.length - (panels.length % threads);
      const pieces = panels.flatMap((panel) => (panel < whole ? [{ panel, lanes: 0 }] : halves(panel)));
      await run(
        pieces.map(({ panel, lanes }) => ({
          name: 'multiplyNormal',
          numbers: [
            ...[...csr, a.rows, a.columns, panelOf(x, panel), keepProduct ? panelOf(y, panel) : 0],
            ...[panelOf(z, panel), shift, lanes],
          ],
        })),
      );
      [x, z] = [z, x];
    },
    async gram(of) {
      const pairs = panels.flatMap((i) => panels.filter((j) => j >= i).map((j) => [i, j] as const));
      const block = (pair: number) => place.gram + pair * 256 * 8;
      await run(
        pairs.map(([i, j], pair) => ({
          name: 'panelProduct',
          numbers: [panelOf(of, i), panelOf(of, j), of.rows, block(pair)],
        })),
      );
      const gram = new Float64Array(L * L);
      pairs.forEach(([i, j], pair) => {
        const product = new Float64Array(buffer, block(pair), 256);
        product.forEach((value, k) => {
          const [row, column] = [i * 16 + (k >> 4), j * 16 + (k & 15)];
          gram[row * L + column] = value;
          gram[column * L + row] = value;
        });
      });
      return gram;
    },
    multiplyRight(of, transposed) {
      for (let i = 0; i < L; i++) for (let j = 0; j < L; j++) right[i * L + j] = transposed[j * L + i] as number;
      const blocks = Math.min(Math.ceil(of.rows / 4), threads);
      const size = Math.ceil(of.rows / blocks / 4) * 4;
      return run(
        Array.from({ length: blocks }, (_, i) => ({
          name: 'multiplyRight',
          numbers: [
            ...[of.address, of.rows, i * size, Math.min(of.rows, (i + 1) * size), L, place.right],
            place.scratch + i * (L * 32 + 64),
          ],
        })),
      );
    },
    close: () => pool.close(),
  };
}

const COPIED = 1 << 22; // numbers between yields to the event loop: a few milliseconds

function* copied(from: SparseMatrix['indices' | 'values'], to: Int32Array | Float32Array): Steps<void> {
  for (let at = 0; at < to.length; at += COPIED) {
    to.set(from.subarray(at, Math.min(to.length, at + COPIED)), at);
    yield;
  }
}

function halves(panel: number) {
  return [
    { panel, lanes: 1 },
    { panel, lanes: 2 },
  ];
}
