// The interface between cosine-blocks.ts and its two implementations, for dense and for sparse rows.

import type { Steps } from '../steps.ts';

export interface CosineSource {
  /** Sets the query rows. */
  ask(queries: ArrayLike<number>): void;
  /** Writes (queries, columns) cosines of `count` rows from `first` on. */
  fill(first: number, count: number): Steps<void>;
}
