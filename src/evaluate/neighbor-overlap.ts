// Do two routes see the same neighbours? overlap@k of a word = |N1 and N2| / k, N the k nearest words by cosine in each,
// among the words both have; by frequency band.
import { createRandom } from '../random.ts';
import type { Vectors } from './judge.ts';
import { type NeighborRows, neighborRows } from './neighbors.ts';
import { bootstrap, type ResamplingOptions } from './resampling.ts';
import { alignVectors } from './shared-words.ts';

export interface OverlapOptions extends ResamplingOptions {
  /** Neighbours a word; 10 unless given. */
  k?: number | undefined;
  /** Where bands begin and end, in ranks of the shared words, ascending from 0; the last band ends at the last. */
  bands?: readonly number[] | undefined;
  /** Words looked at in each band, drawn at random; 200 unless given. */
  sample?: number | undefined;
}

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

export interface NeighborOverlap {
  k: number;
  /** Words both files have. */
  shared: number;
  bands: OverlapBand[];
}

/** Neighbours by default, ranks at which bands begin by default, and words looked at in a band. */
export const overlapDefaults = { k: 10, bands: [0, 100, 1_000, 5_000, 20_000], sample: 200 };

/**
 * overlap@k of two files by frequency band: words are ranked as they stand in the first file, so it should be sorted by falling
 * frequency, as w2v, gensim and word2vec.c write it. Throws `usage` if the files share fewer than two words, `interrupted`.
 */
export function neighborOverlap(first: Vectors, second: Vectors, options: OverlapOptions = {}): NeighborOverlap {
  const [one, other] = alignVectors([first, second]) as [Vectors, Vectors];
  const shared = one.words.length;
  const k = Math.min(options.k ?? overlapDefaults.k, shared - 1);
  const edges = (options.bands ?? overlapDefaults.bands).filter((edge) => edge < shared);
  const random = createRandom(options.seed ?? 1, 3);
  const samples = edges.map((from, at) =>
    drawRanks(from, edges[at + 1] ?? shared, options.sample ?? overlapDefaults.sample, random.below),
  );
  const queries = samples.flat();
  const inFirst = neighborRows(one, queries, k, options.signal);
  const inSecond = neighborRows(other, queries, k, options.signal);
  const overlaps = Float64Array.from(queries, (_, at) => overlapOf(inFirst[at]!, inSecond[at]!, k));

  let place = 0;
  const bands = edges.map((from, at) => {
    const end = edges[at + 1] ?? shared;
    const values = overlaps.subarray(place, place + samples[at]!.length);
    place += values.length;
    const mean = (draw: Int32Array) => draw.reduce((sum, index) => sum + values[index]!, 0) / draw.length;
    const { low, high } = bootstrap(values.length, mean, options)!;
    const overlap = mean(Int32Array.from(values, (_, index) => index));
    const words = { firstWord: one.words[from]!, lastWord: one.words[end - 1]! };
    return { from, end, ...words, used: values.length, overlap, low, high };
  });
  return { k, shared, bands };
}

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
