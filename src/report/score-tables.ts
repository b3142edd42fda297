// Makes the tables of scores: word pairs, analogies, differences, spread over seeds.

import { thousands } from '../base/format-numbers.ts';
import type { ReportTable } from '../page/report-table.ts';
import type { ComparisonDocument, RouteDocument } from './comparison-document.ts';
import { interval, isScored, measureTitles, probability, score, signed } from './figures.ts';

/** Input of the score tables: a comparison, or the part of one that `w2v evaluate` has. */
export interface ScoredRoutes {
  routes: (Pick<RouteDocument, 'name' | 'pairs' | 'analogies'> & Partial<Pick<RouteDocument, 'kind'>>)[];
  differences: ComparisonDocument['differences'];
  settings: Record<string, unknown>;
  /** Whether to show sets without any score. */
  unscored?: boolean;
}

export function pairsTable(scored: ScoredRoutes): ReportTable {
  const policy =
    scored.settings.missing === 'zero'
      ? 'Pairs without an answer count as similarity 0.'
      : 'Pairs without an answer are left out.';
  return {
    id: 'pairs',
    title: 'Word pairs',
    caption: `Spearman’s correlation with people’s ratings, ${means(scored)}; 95 % intervals by resampling the pairs${andSeeds(scored)}. ${policy}`,
    columns: [
      { title: 'set' },
      { title: 'route' },
      { title: 'Spearman', align: 'right' },
      { title: '95 % interval' },
      { title: 'seeds', align: 'right' },
      { title: 'answered', align: 'right' },
    ],
    rows: bySet(scored, 'pairs').map(({ route, result }) => [
      result.set,
      route.name,
      score(result.spearman),
      interval(result.low, result.high),
      thousands(result.seeds),
      `${thousands(result.answered)} of ${thousands(result.total)}`,
    ]),
  };
}

export function analogiesTable(scored: ScoredRoutes): ReportTable {
  const restricted = Number(scored.settings.restrictVocab);
  const among = restricted === 0 ? 'all words' : `the ${thousands(restricted)} most frequent words`;
  return {
    id: 'analogies',
    title: 'Analogies',
    caption: `Share of questions answered correctly (a is to b as c is to ?), questions and answers among ${among}, ${means(scored)}; 95 % intervals by resampling the word pairs that the questions are made of${andSeeds(scored)}.`,
    columns: [
      { title: 'set' },
      { title: 'route' },
      { title: '3CosAdd', align: 'right' },
      { title: '95 % interval' },
      { title: '3CosMul', align: 'right' },
      { title: '95 % interval' },
      { title: 'seeds', align: 'right' },
      { title: 'asked', align: 'right' },
    ],
    rows: bySet(scored, 'analogies').map(({ route, result }) => [
      result.set,
      route.name,
      score(result.accuracy),
      interval(result.low, result.high),
      score(result.mul?.accuracy),
      interval(result.mul?.low, result.mul?.high),
      thousands(result.seeds),
      `${thousands(result.used)} of ${thousands(result.total)}`,
    ]),
  };
}

/** Sections with at least one used question. */
export function sectionsTable(scored: ScoredRoutes): ReportTable {
  const answering = scored.routes.filter(({ analogies }) => analogies.length > 0);
  const rows = (answering[0]?.analogies ?? []).flatMap(({ set, sections }, at) =>
    sections.flatMap(({ section }, number) => {
      const results = answering.map(({ analogies }) => analogies[at].sections[number]);
      const asked = Math.max(...results.map(({ used }) => used));
      return asked === 0 ? [] : [[section || set, ...results.map(({ accuracy }) => score(accuracy)), thousands(asked)]];
    }),
  );
  return {
    id: 'sections',
    title: 'Analogies by section',
    caption: `Accuracy with 3CosAdd, ${means(scored)}.`,
    columns: [
      { title: 'section' },
      ...answering.map(({ name }) => ({ title: name, align: 'right' as const })),
      { title: 'asked', align: 'right' },
    ],
    rows,
  };
}

export function differencesTable(scored: ScoredRoutes): ReportTable {
  return {
    id: 'differences',
    title: 'Differences',
    caption: `Difference (first minus second) on the items that both answered, ${means(scored)}. The interval is that of a paired bootstrap; p is the p-value of no difference, and the last column the p-value corrected for the number of differences on the same set and measure (Holm).`,
    columns: [
      { title: 'set' },
      { title: 'measure' },
      { title: 'first' },
      { title: 'second' },
      { title: 'difference', align: 'right' },
      { title: '95 % interval' },
      { title: 'items', align: 'right' },
      { title: 'p', align: 'right' },
      { title: 'p, corrected', align: 'right' },
    ],
    rows: scored.differences.map((one) => [
      one.set,
      measureTitles[one.measure],
      one.first,
      one.second,
      signed(one.difference),
      `${signed(one.low)} to ${signed(one.high)}`,
      thousands(one.used),
      probability(one.pValue),
      probability(one.pCorrected),
    ]),
  };
}

function seedsOf({ routes }: ScoredRoutes): number {
  return Math.max(1, ...routes.flatMap(({ pairs, analogies }) => [...pairs, ...analogies].map(({ seeds }) => seeds)));
}

function means(scored: ScoredRoutes): string {
  return seedsOf(scored) > 1 ? 'mean over the seeds' : 'of one seed';
}

function andSeeds(scored: ScoredRoutes): string {
  return seedsOf(scored) > 1 ? ' and the seeds' : '; scores would differ with another seed';
}

export function spreadTable({ spread }: ComparisonDocument): ReportTable {
  return {
    id: 'spread',
    title: 'Spread over seeds',
    caption: 'The same route repeated with other seeds: mean, standard deviation, minimum and maximum.',
    columns: [
      { title: 'set' },
      { title: 'measure' },
      { title: 'route' },
      { title: 'mean', align: 'right' },
      { title: 'deviation', align: 'right' },
      { title: 'minimum to maximum' },
      { title: 'seeds', align: 'right' },
    ],
    rows: spread.map(({ set, measure, route, mean, deviation, values, seeds }) => [
      set,
      measureTitles[measure],
      route,
      score(mean),
      score(deviation),
      interval(Math.min(...values), Math.max(...values)),
      thousands(seeds),
    ]),
  };
}

/** Rows by set, then route; without the sets on which no vectors have a score. */
function bySet<Kind extends 'pairs' | 'analogies'>(
  { routes, unscored = false }: ScoredRoutes,
  kind: Kind,
): { route: ScoredRoutes['routes'][number]; result: ScoredRoutes['routes'][number][Kind][number] }[] {
  const all = routes.flatMap((route) => route[kind].map((result) => ({ route, result })));
  const sets = [...new Set(all.map(({ result }) => result.set))];
  const groups = sets.map((set) => all.filter(({ result }) => result.set === set));
  return groups.filter((group) => unscored || group.some(({ route, result }) => isScored(route, result))).flat();
}
