// One way to the cosines of cosine-blocks.ts: dense rows have one, sparse rows another.

import type { Steps } from '../steps.ts';

export interface CosineSource {
  /** Asks about these rows from now on. */
  ask(queries: ArrayLike<number>): void;
  /** Writes (queries, columns) cosines of `count` rows from `first` on. */
  fill(first: number, count: number): Steps<void>;
}
