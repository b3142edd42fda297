// Several routes to the same thing, side by side: scores and their differences, spread over seeds, neighbours, agreement, a map.
import { throwIfAborted, W2vError } from '../errors.ts';
import { type Agreement, randomWordPairs, rankingAgreement } from './agreement.ts';
import { type CompareOptions, type ContestantScores, compareContestants, type TestSets } from './compare-files.ts';
import { compareNeighbors } from './compare-neighbors.ts';
import type { Vectors } from './judge.ts';
import type { Route, RouteAgreement, RoutesComparison, SeedSpread } from './routes-comparison.ts';
import { alignVectors } from './shared-words.ts';
import { type MapWord, mapWords } from './word-map.ts';

export interface CompareRoutesOptions extends CompareOptions {
  /** Neighbours in a list; 10 unless given. */
  k?: number | undefined;
  /** Words told side by side; chosen unless given. */
  words?: readonly string[] | undefined;
  /** Words of the map; without at least three there is none. */
  mapped?: readonly MapWord[] | undefined;
}

// Pairs drawn for the agreement, and from how many of the most frequent shared words.
const RANDOM_PAIRS = 1_000;
const RANDOM_WORDS = 5_000;

/**
 * Compares routes. Vectors should be sorted by falling frequency, the first ones at least. Progress: phase 'compare' in steps,
 * and 'analogies' as `evaluateAnalogies` has it. Throws `usage` for fewer than two routes with vectors, a name given twice, or
 * vectors that share fewer than two words; `interrupted`.
 */
export function compareRoutes(
  routes: readonly Route[],
  sets: TestSets,
  options: CompareRoutesOptions = {},
): RoutesComparison {
  const dense = routes.flatMap(({ name, vectors }) => (vectors === undefined ? [] : [{ name, vectors }]));
  if (dense.length < 2) {
    throw new W2vError('usage', `expected two files of vectors or more, got ${dense.length}`, 'name another one');
  }
  const steps = ['scores', 'seeds', 'neighbours', 'agreement', 'map'];
  const step = (at: number) => {
    throwIfAborted(options.signal);
    options.onProgress?.({ phase: 'compare', done: at, total: steps.length, unit: 'steps' });
  };
  step(0);
  const { scores, differences } = compareContestants(routes, sets, options);
  step(1);
  const spread = routes.flatMap((route, at) => spreadOf(route, scores[at]!, sets, options));
  step(2);
  const neighbors = compareNeighbors(dense, options);
  const withRelated = routes.filter((route) => route.related !== undefined);
  const words = neighbors.words.map(({ word, lists }) => ({
    word,
    lists: [
      ...lists.map((list, at) => ({ route: dense[at]!.name, neighbors: list })),
      ...withRelated.map(({ name, related }) => ({
        route: name,
        neighbors: related!(word)
          .slice(0, neighbors.overlap.k)
          .map((other) => ({ word: other })),
      })),
    ],
  }));
  step(3);
  const agreement = {
    testPairs: agreements(routes, testPairs(sets), options),
    randomPairs: agreements(
      routes,
      frequentPairs(
        dense.map(({ vectors }) => vectors),
        options.seed,
      ),
      options,
    ),
  };
  step(4);
  const mapped = options.mapped ?? [];
  const map = mapped.length < 3 ? undefined : mapWords(routes, mapped);
  step(5);
  const { overlap, disagreements } = neighbors;
  const facts = routes.map((route) => ({ name: route.name, facts: route.facts }));
  return { routes: facts, scores, differences, spread, overlap, agreement, disagreements, words, map };
}

/** The scores of a route over all its seeds; nothing for a route with one seed. */
function spreadOf(route: Route, own: ContestantScores, sets: TestSets, options: CompareOptions): SeedSpread[] {
  if (route.reruns === undefined || route.reruns.length === 0) return [];
  const contestants = route.reruns.map(({ seed, judge, vectors }) => ({ name: `seed ${seed}`, judge, vectors }));
  // Only the scores are wanted: one at a time, there is nothing to compare, and one resample is the least there can be.
  const few = { ...options, resamples: 1, permutations: 1 };
  const all = [own, ...contestants.map((one) => compareContestants([one], sets, few).scores[0]!)];
  const spread = (set: string, measure: SeedSpread['measure'], found: (number | undefined)[]): SeedSpread[] => {
    const values = found.filter((value) => value !== undefined);
    if (values.length < found.length) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (values.length - 1));
    return [{ route: route.name, set, measure, seeds: values.length, values, mean, deviation }];
  };
  return [
    ...own.pairs.flatMap(({ set }, at) =>
      spread(
        set,
        'spearman',
        all.map(({ pairs }) => pairs[at]!.spearman),
      ),
    ),
    ...own.analogies.flatMap(({ set, method }, at) =>
      spread(
        set,
        method,
        all.map(({ analogies }) => analogies[at]!.accuracy),
      ),
    ),
  ];
}

function agreements(
  routes: readonly Route[],
  pairs: readonly (readonly [string, string])[],
  options: CompareOptions,
): RouteAgreement[] {
  if (pairs.length === 0) return [];
  return routes.flatMap((first, one) =>
    routes.slice(one + 1).map((second) => {
      const agreement: Agreement = rankingAgreement(first.judge, second.judge, pairs, options);
      return { first: first.name, second: second.name, ...agreement };
    }),
  );
}

function testPairs({ pairs = [] }: TestSets): [string, string][] {
  return pairs.flatMap((set) => set.pairs.map(({ first, second }): [string, string] => [first, second]));
}

function frequentPairs(vectors: readonly Vectors[], seed: number | undefined): [string, string][] {
  const names = vectors.map(({ words }) => ({ words, matrix: new Float32Array(), dimensions: 0 }));
  return randomWordPairs(alignVectors(names, RANDOM_WORDS)[0]!.words, RANDOM_PAIRS, seed);
}
