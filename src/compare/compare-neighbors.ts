// Compares the neighbors of several routes: finds the neighbors of all needed words once per route, then compares the
// lists in pairs: overlap@k by frequency band, the words with the largest disagreement, and a few words side by side.

import { createRandom } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import { bootstrapMean, type ResamplingOptions } from '../evaluate/resampling.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { mean } from '../evaluate/statistics.ts';
import { wordIndex } from '../vectors/word-vectors.ts';
import { drawRanks, overlapDefaults, overlapOf } from './neighbor-overlap.ts';
import { type NeighborRows, neighborRows } from './neighbors.ts';
import type { ListedWord, RouteDisagreement, RouteOverlap, RoutesComparison } from './routes-comparison.ts';
import { alignVectors } from './shared-words.ts';

export interface NeighborOptions extends ResamplingOptions {
  /** Neighbors per list; default 10. */
  k?: number | undefined;
  /** Words to show side by side, of any frequency; default: some frequent words. Omits words that a route lacks. */
  words?: readonly string[] | undefined;
  /** Number of disagreeing words to report for each two routes; default 5. */
  disagreements?: number | undefined;
}

export interface NeighborComparison {
  overlap: RoutesComparison['overlap'];
  disagreements: RouteDisagreement[];
  words: { word: string; lists: ListedWord[][] }[];
}

// Ranks to search for disagreement: more frequent words are function words, rarer words disagree by chance.
const DISAGREEMENT_RANKS = { from: 100, end: 1100 };
// The reported lists come from this many first words, because vectors of rare words are mostly noise.
const CANDIDATES = 20_000;

/** Throws `file-malformed` if the routes share fewer than two words. Ranks are those in the first route's file. */
export function* compareNeighbors(
  routes: readonly { name: string; vectors: Vectors }[],
  options: NeighborOptions = {},
): Steps<NeighborComparison> {
  const aligned = yield* alignVectors(routes.map(({ vectors }) => vectors));
  const { words } = aligned[0];
  const k = Math.min(options.k ?? overlapDefaults.k, words.length - 1);
  const bands = bandsOf(words.length, options.seed ?? 1);
  const queries = bands.flatMap(({ ranks }) => ranks);
  const lists: NeighborRows[][] = [];
  for (const vectors of aligned) lists.push(yield* neighborRows(vectors, queries, k));
  const pairs: RouteOverlap[] = [];
  for (const [one, other] of twoByTwo(routes.length)) {
    const found: RouteOverlap = { first: routes[one].name, second: routes[other].name, bands: [] };
    let place = 0;
    for (const { from, end, ranks } of bands) {
      const values = ranks.map((_, at) => overlapOf(lists[one][place + at], lists[other][place + at], k));
      place += ranks.length;
      const { low, high } = (yield* bootstrapMean(values, options))!;
      const named = { firstWord: words[from], lastWord: words[end - 1] };
      found.bands.push({ from, end, ...named, used: values.length, overlap: mean(values), low, high });
    }
    pairs.push(found);
  }
  const overlap = { k, shared: words.length, pairs };
  return { overlap, ...(yield* frequentNeighbors(routes, aligned, k, options)) };
}

function* frequentNeighbors(
  routes: readonly { name: string }[],
  aligned: Vectors[],
  k: number,
  options: NeighborOptions,
): Steps<Omit<NeighborComparison, 'overlap'>> {
  const many = aligned[0].words.length > CANDIDATES;
  const frequent = many ? yield* alignVectors(aligned, CANDIDATES, new Set(options.words)) : aligned;
  const { words } = frequent[0];
  const wide = Math.min(5 * k, words.length - 1);
  const told = (options.words ?? wordsToTell(words)).filter((word) => wordIndex(frequent[0]).has(word));
  const { from, end } = DISAGREEMENT_RANKS;
  const begin = from < words.length / 2 ? from : 0;
  const ranks = Array.from({ length: Math.min(end, words.length) - begin }, (_, at) => begin + at);
  const asked = ranks.filter((rank) => /^\p{L}{2,}$/u.test(words[rank])); // numbers resemble each other by chance
  const count = asked.length;
  const queries = [...asked, ...told.map((word) => wordIndex(frequent[0]).get(word)!)];
  const lists: NeighborRows[][] = [];
  for (const vectors of frequent) lists.push(yield* neighborRows(vectors, queries, wide));
  const listed = (list: NeighborRows) =>
    Array.from(list.rows.subarray(0, k), (row, at) => ({ word: words[row], similarity: list.cosines[at] }));
  const head = ({ rows, cosines }: NeighborRows) => ({ rows: rows.subarray(0, k), cosines: cosines.subarray(0, k) });
  const disagreements = twoByTwo(routes.length).map<RouteDisagreement>(([one, other]) => ({
    first: routes[one].name,
    second: routes[other].name,
    words: Array.from({ length: count }, (_, at) => {
      const [list1, list2] = [lists[one][at], lists[other][at]];
      return { at, overlap: overlapOf(head(list1), head(list2), k), wider: overlapOf(list1, list2, wide) };
    })
      .sort((a, b) => a.overlap - b.overlap || a.wider - b.wider || a.at - b.at)
      .slice(0, options.disagreements ?? 5)
      .map(({ at, overlap }) => ({
        word: words[queries[at]],
        overlap,
        first: listed(lists[one][at]),
        second: listed(lists[other][at]),
      })),
  }));
  const sideBySide = told.map((word, at) => ({ word, lists: lists.map((list) => listed(list[count + at])) }));
  return { disagreements, words: sideBySide };
}

function bandsOf(shared: number, seed: number): { from: number; end: number; ranks: number[] }[] {
  const random = createRandom(seed, 3);
  const edges = overlapDefaults.bands.filter((edge) => edge < shared);
  return edges.map((from, at) => {
    const end = edges[at + 1] ?? shared;
    return { from, end, ranks: drawRanks(from, end, overlapDefaults.sample, random.below) };
  });
}

/**
 * Content words by decreasing frequency: five letters or more, at doubling ranks, starting after the most frequent
 * words, which are function words. With a small vocabulary, further long words fill the list.
 */
export function wordsToTell(words: readonly string[], count = 6): string[] {
  const begin = Math.min(200, Math.floor(words.length / 10));
  const told: string[] = [];
  const take = (found: string | undefined) => {
    if (found !== undefined && told.length < count && !told.includes(found)) told.push(found);
  };
  const isLong = (word: string) => /^\p{L}{5,}$/u.test(word);
  for (let rank = Math.max(1, begin); rank < words.length; rank *= 2) take(words.slice(rank).find(isLong));
  if (words.length < 2000) for (const word of words.slice(begin)) if (isLong(word)) take(word);
  if (told.length === 0) for (const word of words.slice(begin)) take(word);
  return told;
}

function twoByTwo(count: number): [number, number][] {
  return Array.from({ length: count }, (_, one) => one).flatMap((one) =>
    Array.from({ length: count - one - 1 }, (_, at): [number, number] => [one, one + 1 + at]),
  );
}
