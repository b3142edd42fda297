// The words that two routes see most differently, with what each takes for their neighbours.
import type { Vectors } from './judge.ts';
import { overlapOf } from './neighbor-overlap.ts';
import { type NeighborRows, neighborRows } from './neighbors.ts';
import { alignVectors } from './shared-words.ts';

export interface DisagreementOptions {
  /** Neighbours in the lists; 10 unless given. */
  k?: number | undefined;
  /** Words told; 10 unless given. */
  count?: number | undefined;
  /** Only the first so many shared words are asked about, for rare words disagree by chance; 5000 unless given. */
  mostFrequent?: number | undefined;
  /** Neighbours come from the first so many shared words, for rare words' vectors are mostly noise; 20000 unless given, 0: all. */
  candidates?: number | undefined;
  /** Ranks left out at the head, which are function words mostly; 100 unless given. */
  skip?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Disagreement {
  word: string;
  /** overlap@k, and overlap among the k * 5 nearest, which orders the words that share none of the k. */
  overlap: number;
  wideOverlap: number;
  first: { word: string; similarity: number }[];
  second: { word: string; similarity: number }[];
}

/**
 * The words with the least overlap of their neighbours, least first; of equal ones the more frequent first. Neighbours are sought
 * among the words both files have; `first` should be sorted by falling frequency. Throws `usage` if they share fewer than two words, `interrupted`.
 */
export function disagreements(first: Vectors, second: Vectors, options: DisagreementOptions = {}): Disagreement[] {
  const { count = 10, mostFrequent = 5_000, skip = 100, candidates = 20_000 } = options;
  const [one, other] = alignVectors([first, second], candidates) as [Vectors, Vectors];
  const { words } = one;
  const k = Math.min(options.k ?? 10, words.length - 1);
  const wide = Math.min(5 * k, words.length - 1);
  const begin = skip < words.length ? skip : 0;
  const queries = words.slice(begin, mostFrequent).map((_, at) => begin + at);
  const inFirst = neighborRows(one, queries, wide, options.signal);
  const inSecond = neighborRows(other, queries, wide, options.signal);
  const head = (list: NeighborRows) => ({ rows: list.rows.subarray(0, k), cosines: list.cosines.subarray(0, k) });
  const told = (list: NeighborRows) =>
    Array.from(list.rows.subarray(0, k), (row, at) => ({ word: words[row]!, similarity: list.cosines[at]! }));
  return queries
    .map((row, at) => ({
      row,
      at,
      overlap: overlapOf(head(inFirst[at]!), head(inSecond[at]!), k),
      wideOverlap: overlapOf(inFirst[at]!, inSecond[at]!, wide),
    }))
    .sort((a, b) => a.overlap - b.overlap || a.wideOverlap - b.wideOverlap || a.row - b.row)
    .slice(0, count)
    .map(({ row, at, overlap, wideOverlap }) => ({
      word: words[row]!,
      overlap,
      wideOverlap,
      first: told(inFirst[at]!),
      second: told(inSecond[at]!),
    }));
}
