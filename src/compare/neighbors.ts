// Finds the k nearest rows of many rows by cosine with the compiled kernel (src/vectors/cosine-blocks.ts).

import type { Steps } from '../base/steps.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { createCosineBlocks } from '../vectors/cosine-blocks.ts';
import { inverseNormSteps, withNorms } from '../vectors/norms.ts';

export interface NeighborRows {
  /** Rows, nearest first; equal cosines in the order of the file. */
  rows: Int32Array;
  cosines: Float32Array;
}

// Queries per pass: their cosines with a block of rows stay in the cache.
const BATCH = 512;

/**
 * The k nearest other rows of each row in `queries`; fewer if there are fewer. Rows with NaN are never results.
 * `report` gets the number of queries done.
 */
export function* neighborRows(
  vectors: Vectors,
  queries: readonly number[],
  k: number,
  report?: (done: number) => void,
): Steps<NeighborRows[]> {
  const limit = vectors.words.length;
  const found: NeighborRows[] = [];
  const held = withNorms(vectors);
  yield* inverseNormSteps(held); // kept for the blocks
  const blocks = createCosineBlocks(held, queries.slice(0, BATCH), limit);
  for (let start = 0; start < queries.length; start += BATCH) {
    const batch = queries.slice(start, start + BATCH);
    blocks.ask(batch);
    const lists = batch.map(() => ({ rows: new Int32Array(k), cosines: new Float32Array(k), length: 0 }));
    for (let first = 0; first < limit; first += blocks.columns) {
      const count = yield* blocks.load(first);
      for (const [query, list] of lists.entries()) {
        const worst = () => (list.length < k ? Number.NEGATIVE_INFINITY : list.cosines[k - 1]);
        for (let at = 0; ; at++) {
          at = blocks.firstAbove(query, at, count, worst());
          if (at >= count) break;
          if (first + at !== batch[query]) insert(list, first + at, blocks.cosines[query * blocks.columns + at]);
        }
      }
    }
    for (const { rows, cosines, length } of lists) {
      found.push({ rows: rows.subarray(0, length), cosines: cosines.subarray(0, length) });
    }
    report?.(found.length);
  }
  return found;
}

/** Inserts into a list by decreasing cosine; k is small, so shifting entries is simpler than a heap. */
function insert(list: NeighborRows & { length: number }, row: number, cosine: number): void {
  const { rows, cosines } = list;
  let at = Math.min(list.length, rows.length - 1);
  for (; at > 0 && cosines[at - 1] < cosine; at--) {
    rows[at] = rows[at - 1];
    cosines[at] = cosines[at - 1];
  }
  rows[at] = row;
  cosines[at] = cosine;
  if (list.length < rows.length) list.length++;
}
