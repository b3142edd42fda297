// Scores exactly the rows that an approximate index proposes.

import { BestRows } from '../algebra/best-rows.ts';
import { usage } from '../base/errors.ts';
import type { Steps } from '../base/steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ScoredRows } from './search.ts';
import { cosine } from './similarity.ts';

/** Proposes the rows that are probably nearest; they are then scored exactly. */
export interface RowIndex {
  /** D of the indexed rows. */
  dimensions: number;
  /** candidates[q]: about `count` rows that are likely to be the nearest to query q. */
  candidates(queries: readonly ArrayLike<number>[], count: number): number[][];
}

/** Candidates per requested neighbor: more than one, because the index uses rounded scores. */
const WIDER = 2;

/** The best k proposed rows of each query, scored in doubles. Throws `usage` if the index belongs to other vectors. */
export function* scoreCandidates(
  { matrix, dimensions, words }: WordVectors,
  queries: readonly ArrayLike<number>[],
  excluded: readonly ReadonlySet<number>[],
  k: number,
  index: RowIndex,
): Steps<ScoredRows[]> {
  if (index.dimensions !== dimensions) {
    const observed = `the index is of vectors with ${index.dimensions} numbers, expected ${dimensions}`;
    throw usage(observed, 'build the index again from these vectors');
  }
  const most = excluded.reduce((largest, rows) => Math.max(largest, rows.size), 0);
  const found: ScoredRows[] = [];
  for (const [at, query] of queries.entries()) {
    const best = new BestRows(k);
    const proposed = index.candidates([query], WIDER * k + most)[0];
    // In the order of the file, so that ties are ordered as without an index.
    for (const row of proposed.toSorted((a, b) => a - b)) {
      if (row >= words.length || excluded[at].has(row)) continue;
      const score = cosine(query, matrix.subarray(row * dimensions, (row + 1) * dimensions));
      if (score !== undefined && score > best.worst) best.add(row, score);
    }
    found.push(best.sorted());
    yield;
  }
  return found;
}
