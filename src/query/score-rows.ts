// Finds the best rows for each query with scores in doubles. Each block of rows is scored against all queries while it
// is in the cache.
import { STEP_WORK, type Steps } from '../steps.ts';
import { BestRows } from '../vectors/best-rows.ts';
import { dotProducts, GROUP, packGroup } from '../vectors/dot-products.ts';
import { inverseNorm, inverseNormSteps } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ScoredRows, Search } from './search.ts';

// A block of rows and a group of queries fit in a second-level cache.
const BLOCK_BYTES = 256 * 1024;

/** excluded[q]: rows to exclude from the results of query q. */
export function* scoreRows(
  vectors: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  { limit, k }: Search,
): Steps<ScoredRows[]> {
  const { matrix, dimensions } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const lengths = queries.map((query) => inverseNorm(query, 0, dimensions));
  const best = queries.map(() => new BestRows(k));
  const groups: Float64Array[] = [];
  for (let at = 0; at < queries.length; at += GROUP) groups.push(packGroup(queries.slice(at, at + GROUP), dimensions));

  const block = Math.max(16, Math.floor(BLOCK_BYTES / (4 * Math.max(1, dimensions))));
  const scores = new Float64Array(block * GROUP);
  let work = 0;
  for (let first = 0; first < limit && groups.length > 0; first += block) {
    const last = Math.min(first + block, limit);
    for (let group = 0; group < groups.length; group++) {
      const count = Math.min(GROUP, queries.length - group * GROUP);
      dotProducts(matrix, dimensions, first, last, groups[group]!, count, scores);
      for (let lane = 0; lane < count; lane++) {
        const query = group * GROUP + lane;
        const length = lengths[query]!;
        if (length > 0) keepBest(best[query]!, scores, lane, first, last, inverse, length, excluded[query]!);
      }
      work += (last - first) * count * dimensions;
      if (work < STEP_WORK) continue;
      work = 0;
      yield;
    }
  }
  return best.map((rows) => rows.sorted());
}

function keepBest(
  best: BestRows,
  scores: Float64Array,
  lane: number,
  first: number,
  last: number,
  inverse: Float64Array,
  length: number,
  excluded: ReadonlySet<number>,
): void {
  for (let row = first, at = lane; row < last; row++, at += GROUP) {
    const norm = inverse[row]!;
    // An explicit 0, because NaN or infinity in the query must not turn a row of zeros into NaN.
    const score = norm === 0 ? 0 : scores[at]! * norm * length;
    // NaN fails the comparison, which skips such rows.
    if (score > best.worst && !excluded.has(row)) best.add(row, score);
  }
}
