// Do two routes see the same neighbours? overlap@k of a word = |N1 and N2| / k, N the k nearest words by cosine in each,
// among the words both have; by frequency band.
import type { NeighborRows } from './neighbors.ts';

export interface OverlapBand {
  /** Ranks from .. end - 1 of the shared words (0 is the most frequent), and the first and last word. */
  from: number;
  end: number;
  firstWord: string;
  lastWord: string;
  /** Words looked at. */
  used: number;
  /** Mean overlap@k, 0 .. 1, and its percentile bootstrap interval over the words. */
  overlap: number;
  low: number;
  high: number;
}

/** Neighbours by default, ranks at which bands begin by default, and words looked at in a band. */
export const overlapDefaults = { k: 10, bands: [0, 100, 1_000, 5_000, 20_000], sample: 200 };

/** |N1 and N2| / k of two lists of at most k rows. */
export function overlapOf(first: NeighborRows, second: NeighborRows, k: number): number {
  const rows = new Set(first.rows);
  return second.rows.reduce((sum, row) => sum + (rows.has(row) ? 1 : 0), 0) / k;
}

/** Up to `count` different ranks of from .. end - 1, ascending (selection sampling, Knuth volume 2, algorithm S). */
export function drawRanks(from: number, end: number, count: number, below: (bound: number) => number): number[] {
  const ranks: number[] = [];
  for (let rank = from; rank < end && ranks.length < count; rank++) {
    if (below(end - rank) < count - ranks.length) ranks.push(rank);
  }
  return ranks;
}
