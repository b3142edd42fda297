// The tables of scores: word pairs, analogies, differences, spread over seeds.
import type { ComparisonDocument, RouteDocument } from './comparison-document.ts';
import { interval, measureTitles, score, signed } from './figures.ts';
import { thousands } from './format-numbers.ts';
import type { ReportTable } from './tables.ts';

export function pairsTable({ routes, settings }: ComparisonDocument): ReportTable {
  const policy =
    settings.missing === 'zero'
      ? 'Pairs without an answer count as similarity 0.'
      : 'Pairs without an answer are left out.';
  return {
    id: 'pairs',
    title: 'Word pairs',
    caption: `Spearman’s correlation with what people said, and its 95 % interval over pairs drawn anew. ${policy}`,
    columns: [
      { title: 'set' },
      { title: 'route' },
      { title: 'Spearman', align: 'right' },
      { title: '95 % interval' },
      { title: 'answered', align: 'right' },
    ],
    rows: bySet(routes, ({ pairs }) => pairs).map(({ route, result }) => [
      result.set,
      route.name,
      score(result.spearman),
      interval(result.low, result.high),
      `${thousands(result.answered)} of ${thousands(result.total)}`,
    ]),
  };
}

export function analogiesTable({ routes, settings }: ComparisonDocument): ReportTable {
  const among =
    settings.restrictVocab === 0 ? 'all words' : `the ${thousands(Number(settings.restrictVocab))} most frequent words`;
  return {
    id: 'analogies',
    title: 'Analogies',
    caption: `Share of questions answered right (a is to b as c is to ?), questions and answers among ${among}, with 95 % intervals.`,
    columns: [
      { title: 'set' },
      { title: 'route' },
      { title: '3CosAdd', align: 'right' },
      { title: '95 % interval' },
      { title: '3CosMul', align: 'right' },
      { title: '95 % interval' },
      { title: 'asked', align: 'right' },
    ],
    rows: bySet(routes, ({ analogies }) => analogies).map(({ route, result }) => [
      result.set,
      route.name,
      score(result.accuracy),
      interval(result.low, result.high),
      score(result.mul?.accuracy),
      interval(result.mul?.low, result.mul?.high),
      `${thousands(result.used)} of ${thousands(result.total)}`,
    ]),
  };
}

export function sectionsTable({ routes }: ComparisonDocument): ReportTable {
  const answering = routes.filter(({ analogies }) => analogies.length > 0);
  const rows = (answering[0]?.analogies ?? []).flatMap(({ set, sections }, at) =>
    sections.map(({ section, used }, number) => [
      section || set,
      ...answering.map(({ analogies }) => score(analogies[at]!.sections[number]!.accuracy)),
      thousands(used),
    ]),
  );
  return {
    id: 'sections',
    title: 'Analogies by section',
    caption: 'Share answered right by 3CosAdd.',
    columns: [
      { title: 'section' },
      ...answering.map(({ name }) => ({ title: name, align: 'right' as const })),
      { title: 'asked', align: 'right' },
    ],
    rows,
  };
}

export function differencesTable({ differences }: ComparisonDocument): ReportTable {
  return {
    id: 'differences',
    title: 'Differences',
    caption:
      'First less second, over what both answered. The interval is a paired bootstrap, p that of a permutation test of no difference, not corrected for the number of comparisons.',
    columns: [
      { title: 'set' },
      { title: 'measure' },
      { title: 'first' },
      { title: 'second' },
      { title: 'difference', align: 'right' },
      { title: '95 % interval' },
      { title: 'p', align: 'right' },
      { title: 'items', align: 'right' },
    ],
    rows: differences.map(({ set, measure, first, second, difference, low, high, pValue, used }) => [
      set,
      measureTitles[measure],
      first,
      second,
      signed(difference),
      `${signed(low)} to ${signed(high)}`,
      pValue < 0.001 ? '< 0.001' : pValue.toFixed(3),
      thousands(used),
    ]),
  };
}

export function spreadTable({ spread }: ComparisonDocument): ReportTable {
  return {
    id: 'spread',
    title: 'Spread over seeds',
    caption: 'The same route made again from other seeds: mean, standard deviation, least and most.',
    columns: [
      { title: 'set' },
      { title: 'measure' },
      { title: 'route' },
      { title: 'mean', align: 'right' },
      { title: 'deviation', align: 'right' },
      { title: 'least to most' },
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

/** Set by set, the routes within it. */
function bySet<T extends { set: string }>(
  routes: readonly RouteDocument[],
  of: (route: RouteDocument) => T[],
): { route: RouteDocument; result: T }[] {
  const all = routes.flatMap((route) => of(route).map((result) => ({ route, result })));
  const sets = [...new Set(all.map(({ result }) => result.set))];
  return sets.flatMap((set) => all.filter(({ result }) => result.set === set));
}
