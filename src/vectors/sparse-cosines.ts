// Computes cosines of many sparse rows with a block of others: C[q, j] = sum over contexts c of unit(q)[c] unit(j)[c].
// Queries are stored by context, so that a row touches only queries that share a context; its sums stay in the
// first-level cache.
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { inverseNorms } from './norms.ts';
import type { SparseVectors } from './sparse-matrix.ts';

/** What makes the cosines of cosine-blocks.ts, from dense or from sparse rows. */
export interface CosineSource {
  /** Sets the query rows. */
  ask(queries: ArrayLike<number>): void;
  /** Writes (queries, columns) cosines of `count` rows from `first` on. */
  fill(first: number, count: number): Steps<void>;
}

/** Writes to `cosines`, (queries, columns) row-major. */
export function createSparseCosines(vectors: SparseVectors, cosines: Float32Array, columns: number): CosineSource {
  const { matrix } = vectors;
  const { starts, indices, values } = matrix;
  const inverse = inverseNorms(vectors);
  const listStarts = new Int32Array(matrix.columns + 1);
  let listQueries = new Int32Array(0);
  let listValues = new Float64Array(0);
  let sums = new Float64Array(0);

  /** Returns the number of products. */
  function fillColumn(row: number, column: number): number {
    let products = 0;
    sums.fill(0);
    for (let k = starts[row]; k < starts[row + 1]; k++) {
      const value = values[k];
      const start = listStarts[indices[k]];
      const end = listStarts[indices[k] + 1];
      for (let at = start; at < end; at++) sums[listQueries[at]] += value * listValues[at];
      products += end - start;
    }
    const scale = inverse[row];
    for (let query = 0, to = column; query < sums.length; query++, to += columns) cosines[to] = sums[query] * scale;
    return products + sums.length;
  }

  return {
    ask(queries) {
      listStarts.fill(0);
      for (let query = 0; query < queries.length; query++) {
        const row = queries[query];
        for (let k = starts[row]; k < starts[row + 1]; k++) listStarts[indices[k] + 1] += 1;
      }
      for (let context = 0; context < matrix.columns; context++) listStarts[context + 1] += listStarts[context];
      listQueries = new Int32Array(listStarts[matrix.columns]);
      listValues = new Float64Array(listQueries.length);
      const next = listStarts.slice();
      for (let query = 0; query < queries.length; query++) {
        const row = queries[query];
        for (let k = starts[row]; k < starts[row + 1]; k++) {
          const at = next[indices[k]]++;
          listQueries[at] = query;
          listValues[at] = values[k] * inverse[row];
        }
      }
      sums = new Float64Array(queries.length);
    },
    *fill(first, count) {
      let work = 0;
      for (let column = 0; column < count; column++) {
        work += fillColumn(first + column, column);
        if (work < STEP_WORK) continue;
        work = 0;
        yield;
      }
      yield;
    },
  };
}
