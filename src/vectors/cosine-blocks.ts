// Computes float32 cosines of many words with many rows block by block: C[q, j] = unit(row of query q) . unit(row first
// + j). Dense rows use a compiled kernel (src/kernels/rows/dot-products.assembly.ts), sparse rows sparse-cosines.ts. The
// memory does not grow with the file.

import type { Steps } from '../base/steps.ts';
import { sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';
import { inverseNorms } from './norms.ts';
import { type CosineSource, createSparseCosines } from './sparse-cosines.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import type { WordVectors } from './word-vectors.ts';

interface Kernel {
  multiply(queries: number, block: number, to: number, from: number, end: number, D: number, columns: number): void;
  firstAbove(cosines: number, from: number, end: number, bar: number): number;
}

export interface CosineBlocks {
  /** Columns of a block: a multiple of 8. */
  columns: number;
  /** (queries, columns) cosines of the last loaded block; only as many columns as `load` returned are valid. */
  cosines: Float32Array;
  /** Changes the query rows from the next `load` on, to at most the initial number; the memory stays the same. */
  ask(queries: ArrayLike<number>): void;
  /** Computes the block of rows from `first` on; returns the number of rows (fewer than `columns` at the end). */
  load(first: number): Steps<number>;
  /** The first column in from .. end - 1 with a cosine above `bar` for a query, or `end`. NaN is never above. */
  firstAbove(query: number, from: number, end: number, bar: number): number;
  /** Where further functions of the kernel find the cosines of a query with the block, and `room` bytes of their own. */
  kernel: Record<string, unknown>;
  memory: WebAssembly.Memory;
  address(query: number): number;
  roomAt: number;
}

// The cosines of one block should stay in a second-level cache, because they are read several times.
const BLOCK_BYTES = 2 * 1024 * 1024;
export const MOST_COLUMNS = 1024;

/**
 * Cosines of the rows `queries` with the rows 0 .. limit - 1. A row of zeros has cosine 0 to everything; a row with NaN
 * or infinity gives NaN, which `best` never selects. Throws `out-of-memory` for more than 4 GB of query vectors.
 */
export function createCosineBlocks(
  vectors: WordVectors | SparseVectors,
  queries: ArrayLike<number>,
  limit = vectors.words.length,
  room = 0,
): CosineBlocks {
  const height = Math.max(4, Math.ceil(queries.length / 4) * 4);
  const fitting = Math.floor(BLOCK_BYTES / (4 * height));
  const columns = Math.max(64, Math.min(MOST_COLUMNS, fitting - (fitting % 8), Math.ceil(limit / 8) * 8));
  const dimensions = 'dimensions' in vectors ? vectors.dimensions : 0;
  const queriesAt = 1024;
  const blockAt = queriesAt + 16 * Math.ceil((4 * height * dimensions) / 16);
  const cosinesAt = blockAt + 4 * dimensions * columns;
  const roomAt = cosinesAt + 4 * height * columns;
  const memory = sharedMemory(roomAt + room);
  const functions = startKernel('dot-products', { memory });
  const kernel = functions as unknown as Kernel;
  const address = (query: number) => cosinesAt + 4 * query * columns;
  const cosines = new Float32Array(memory.buffer, cosinesAt, height * columns);
  const source =
    'dimensions' in vectors
      ? denseCosines(vectors, kernel, memory, { queriesAt, blockAt, cosinesAt, height, columns })
      : createSparseCosines(vectors, cosines, columns);

  function ask(rows: ArrayLike<number>): void {
    if (rows.length > height) throw new RangeError(`${rows.length} queries where there is room for ${height}`);
    source.ask(rows);
  }
  ask(queries);
  return {
    columns,
    cosines,
    ask,
    *load(first) {
      const count = Math.min(columns, limit - first);
      yield* source.fill(first, count);
      return count;
    },
    firstAbove: (query, from, end, bar) => kernel.firstAbove(address(query), from, end, bar),
    kernel: functions,
    memory,
    address,
    roomAt,
  };
}

interface Areas {
  queriesAt: number;
  blockAt: number;
  cosinesAt: number;
  height: number;
  columns: number;
}

function denseCosines(vectors: WordVectors, kernel: Kernel, memory: WebAssembly.Memory, areas: Areas): CosineSource {
  const { matrix, dimensions } = vectors;
  const { queriesAt, blockAt, cosinesAt, height, columns } = areas;
  const inverse = inverseNorms(vectors);
  const unit = new Float32Array(memory.buffer, queriesAt, height * dimensions);
  const block = new Float32Array(memory.buffer, blockAt, dimensions * columns);
  return {
    ask(queries) {
      for (let query = 0; query < queries.length; query++) {
        const from = queries[query] * dimensions;
        const scale = inverse[queries[query]];
        for (let at = 0; at < dimensions; at++) unit[query * dimensions + at] = matrix[from + at] * scale;
      }
    },
    *fill(first, count) {
      if (count < columns) block.fill(0);
      for (let column = 0; column < count; column++) {
        const from = (first + column) * dimensions;
        const scale = inverse[first + column];
        for (let at = 0, to = column; at < dimensions; at++, to += columns) block[to] = matrix[from + at] * scale;
      }
      kernel.multiply(queriesAt, blockAt, cosinesAt, 0, height, dimensions, columns);
      yield;
    },
  };
}
