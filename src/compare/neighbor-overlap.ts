// Measures whether two routes find the same neighbors, by frequency band: overlap@k of a word = |N1 and N2| / k, N the
// k nearest words by cosine in each route, among the shared words.
import type { NeighborRows } from './neighbors.ts';

export interface OverlapBand {
  /** Ranks from .. end - 1 of the shared words (0 is the most frequent), and the first and last word. */
  from: number;
  end: number;
  firstWord: string;
  lastWord: string;
  /** Number of sampled words. */
  used: number;
  /** Mean overlap@k, 0 .. 1, and its percentile bootstrap interval over the words. */
  overlap: number;
  low: number;
  high: number;
}

/** Defaults: neighbors, first ranks of the bands, and sampled words per band. */
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
