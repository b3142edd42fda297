// Scores rows of a file in word2vec's binary format in place: the file is read into the memory of a compiled kernel
// (src/kernels/rows/nearest.assembly.ts), and only rows that may be among the best are processed further.
import { sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';

interface Kernel {
  scan(
    start: number,
    end: number,
    most: number,
    D: number,
    queries: number,
    Q: number,
    thresholds: number,
    records: number,
    hits: number,
    hitsMost: number,
  ): number;
  rows(): number;
  found(): number;
  isUnsure(): number;
}

export interface Hit {
  query: number;
  /** Counted from the first row of the call. */
  row: number;
  /** In float32. */
  cosine: number;
}

export interface RowScan {
  /** Memory for reading the file. */
  bytes: Uint8Array;
  /** (Q) a cosine above this is a hit; may be changed between calls. */
  thresholds: Float32Array;
  /**
   * Scans complete records in bytes[start .. end - 1], at most `most` rows. Returns the position where it stopped, the
   * number of rows, and the hits. With many hits it stops early; then call it again.
   */
  scan(start: number, end: number, most: number): { position: number; rows: number; hits: Hit[] };
  /** The FNV-1a hash of the word of a row of the last call. */
  hashOf(row: number): number;
  /** A copy of the bytes of its word. */
  wordOf(row: number): Uint8Array;
  /** (D) a copy of its numbers. */
  vectorOf(row: number): Float32Array;
  /** Whether a row had no usable float32 norm (zeros, NaN, very large or small), so that its cosine is meaningless. */
  isUnsure(): boolean;
}

const MOST_ROWS = 1 << 16;
const MOST_HITS = 1 << 12;
const HIT_BYTES = 12;
const RECORD = 3;

/**
 * A scan with room for `size` bytes and for queries of D numbers, which may have any norm but must have a direction.
 */
export function createRowScan(size: number, queries: readonly ArrayLike<number>[], dimensions: number): RowScan {
  const width = 4 * Math.ceil(dimensions / 4);
  const align = (bytes: number) => 64 * Math.ceil(bytes / 64);
  const queriesAt = 1024;
  const thresholdsAt = queriesAt + align(4 * width * queries.length);
  const recordsAt = thresholdsAt + align(4 * queries.length);
  const hitsAt = recordsAt + 4 * RECORD * MOST_ROWS;
  const bytesAt = hitsAt + align(HIT_BYTES * MOST_HITS);
  const memory = sharedMemory(bytesAt + size);
  const kernel = startKernel('nearest', { memory }) as unknown as Kernel;
  queries.forEach((query, at) => {
    const unit = new Float32Array(memory.buffer, queriesAt + 4 * width * at, dimensions);
    let squares = 0;
    for (let column = 0; column < dimensions; column++) squares += query[column] * query[column];
    const scale = 1 / Math.sqrt(squares);
    for (let column = 0; column < dimensions; column++) unit[column] = query[column] * scale;
  });
  const bytes = new Uint8Array(memory.buffer, bytesAt, size);
  const records = new Uint32Array(memory.buffer, recordsAt, RECORD * MOST_ROWS);
  const hitNumbers = new Uint32Array(memory.buffer, hitsAt, 3 * MOST_HITS);
  const hitCosines = new Float32Array(memory.buffer, hitsAt, 3 * MOST_HITS);
  const vectorAt = (row: number) => records[row * RECORD + 2] - bytesAt;
  return {
    bytes,
    thresholds: new Float32Array(memory.buffer, thresholdsAt, queries.length).fill(Number.NEGATIVE_INFINITY),
    hashOf: (row) => records[row * RECORD],
    wordOf: (row) => bytes.slice(records[row * RECORD + 1] - bytesAt, vectorAt(row) - 1),
    vectorOf: (row) => new Float32Array(bytes.slice(vectorAt(row), vectorAt(row) + 4 * dimensions).buffer),
    isUnsure: () => kernel.isUnsure() === 1,
    scan(start, end, most) {
      const stopped = kernel.scan(
        bytesAt + start,
        bytesAt + end,
        Math.min(most, MOST_ROWS),
        dimensions,
        queriesAt,
        queries.length,
        thresholdsAt,
        recordsAt,
        hitsAt,
        MOST_HITS,
      );
      const hits = Array.from({ length: kernel.found() }, (_, hit): Hit => {
        const at = 3 * hit;
        return { query: hitNumbers[at], row: hitNumbers[at + 1], cosine: hitCosines[at + 2] };
      });
      return { position: stopped - bytesAt, rows: kernel.rows(), hits };
    },
  };
}
