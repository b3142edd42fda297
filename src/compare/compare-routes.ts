// Compares several routes (ways to represent word meaning): scores and their differences, spread over seeds,
// neighbors, agreement of rankings, and a map.
import { usage } from '../base/errors.ts';
import type { Steps } from '../base/steps.ts';
import { type CompareOptions, compareSystems, type SystemScores, type TestSets } from '../evaluate/compare-files.ts';
import { deviation, mean } from '../evaluate/statistics.ts';
import { randomWordPairs, rankingAgreement } from './agreement.ts';
import { compareNeighbors } from './compare-neighbors.ts';
import type { Route, RouteAgreement, RoutesComparison, SeedSpread } from './routes-comparison.ts';
import { sharedWords } from './shared-words.ts';
import { type MapWord, mapWords } from './word-map.ts';

export interface CompareRoutesOptions extends CompareOptions {
  /** Neighbors per list; default 10. */
  k?: number | undefined;
  /** Words to show side by side; default: chosen automatically. */
  words?: readonly string[] | undefined;
  /** Words of the map; fewer than three give no map. */
  mapped?: readonly MapWord[] | undefined;
}

// Number of random pairs for the agreement, drawn from this many most frequent shared words.
const RANDOM_PAIRS = 1_000;
const RANDOM_WORDS = 5_000;

/**
 * Compares routes. The words of at least the first route should be sorted by decreasing frequency. Progress: phase
 * 'compare' in steps, and 'analogies' as in `evaluateAnalogies`. Throws `usage` for fewer than two routes with vectors
 * or a duplicate name, `file-malformed` for vectors that share fewer than two words.
 */
export function* compareRoutes(
  routes: readonly Route[],
  sets: TestSets,
  options: CompareRoutesOptions = {},
): Steps<RoutesComparison> {
  const withVectors = routes.flatMap(({ name, vectors }) => (vectors === undefined ? [] : [{ name, vectors }]));
  if (withVectors.length < 2) {
    throw usage(`expected two files of vectors or more, got ${withVectors.length}`, 'name another one');
  }
  const shared = sharedWords(withVectors.map(({ vectors }) => vectors));
  const steps = ['scores', 'neighbors', 'agreement', 'map'];
  const step = (at: number) => options.onProgress?.({ phase: 'compare', done: at, total: steps.length, unit: 'steps' });
  step(0);
  const systems = routes.map((route) => ({ ...route, reruns: route.reruns?.map(({ answers }) => answers) }));
  const { scores, differences } = yield* compareSystems(systems, sets, options);
  step(1);
  const neighbors = yield* compareNeighbors(withVectors, options);
  const withRelated = routes.filter((route) => route.related !== undefined);
  const words = neighbors.words.map(({ word, lists }) => ({
    word,
    lists: [
      ...lists.map((list, at) => ({ route: withVectors[at].name, neighbors: list })),
      ...withRelated.map(({ name, related }) => ({
        route: name,
        neighbors: related!(word)
          .slice(0, neighbors.overlap.k)
          .map((other) => ({ word: other })),
      })),
    ],
  }));
  step(2);
  const randomPairs = randomWordPairs(shared.slice(0, RANDOM_WORDS), RANDOM_PAIRS, options.seed);
  const agreement = {
    testPairs: yield* agreements(routes, testPairs(sets), options),
    randomPairs: yield* agreements(routes, randomPairs, options),
  };
  step(3);
  const mapped = options.mapped ?? [];
  const map = mapped.length < 3 ? undefined : yield* mapWords(routes, mapped);
  step(4);
  const { overlap, disagreements } = neighbors;
  const facts = routes.map((route) => ({ name: route.name, facts: route.facts }));
  const spread = scores.flatMap(spreadOf);
  return { routes: facts, scores, differences, spread, overlap, agreement, disagreements, words, map };
}

/** The spread of a route's scores over seeds; empty for a route with one seed. */
function spreadOf({ name, pairs, analogies }: SystemScores): SeedSpread[] {
  const spread = (set: string, measure: SeedSpread['measure'], values: readonly number[]): SeedSpread[] =>
    values.length < 2 || values.some(Number.isNaN)
      ? []
      : [
          {
            route: name,
            set,
            measure,
            seeds: values.length,
            values: [...values],
            mean: mean(values),
            deviation: deviation(values)!,
          },
        ];
  return [
    ...pairs.flatMap(({ set, values }) => spread(set, 'spearman', values)),
    ...analogies.flatMap(({ set, method, values }) => spread(set, method, values)),
  ];
}

function* agreements(
  routes: readonly Route[],
  pairs: readonly (readonly [string, string])[],
  options: CompareOptions,
): Steps<RouteAgreement[]> {
  const found: RouteAgreement[] = [];
  if (pairs.length === 0) return found;
  for (const [one, first] of routes.entries()) {
    for (const second of routes.slice(one + 1)) {
      const agreement = yield* rankingAgreement(first.similarityOf, second.similarityOf, pairs, options);
      found.push({ first: first.name, second: second.name, ...agreement });
    }
  }
  return found;
}

function testPairs({ pairs = [] }: TestSets): [string, string][] {
  return pairs.flatMap((set) => set.pairs.map(({ first, second }): [string, string] => [first, second]));
}
