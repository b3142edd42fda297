// Makes the tables without scores: costs, agreement, neighbors, classes.

import { byteSize, duration, percentage, thousands } from '../base/format-numbers.ts';
import type { ListedWord } from '../compare/routes-comparison.ts';
import type { ReportTable } from '../page/report-table.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import { interval, score } from './figures.ts';

export function costTable({ routes, corpus }: ComparisonDocument): ReportTable {
  const shared =
    corpus === null ? '' : ` Reading the text (${duration(corpus.seconds)}) is shared by all and not included.`;
  const cached = routes.some((route) => route.cached)
    ? ' * marks vectors from an earlier run, with the figures of that run.'
    : '';
  return {
    id: 'cost',
    title: 'Time and memory',
    caption: `Time to build, peak memory of the process, and size of the files.${shared}${cached}`,
    columns: [
      { title: 'route' },
      { title: 'words', align: 'right' },
      { title: 'dimensions', align: 'right' },
      { title: 'time', align: 'right' },
      { title: 'memory', align: 'right' },
      { title: 'files', align: 'right' },
    ],
    rows: routes.map((route) => [
      route.name,
      thousands(route.words),
      route.dimensions === undefined ? '–' : thousands(route.dimensions),
      route.seconds === undefined ? '–' : `${duration(route.seconds)}${route.cached ? '*' : ''}`,
      route.memory === undefined ? '–' : byteSize(route.memory),
      route.bytes === undefined ? '–' : byteSize(route.bytes),
    ]),
  };
}

export function agreementTable({ agreement: { testPairs, randomPairs } }: ComparisonDocument): ReportTable {
  return {
    id: 'agreement',
    title: 'Do they rank pairs the same way?',
    caption:
      'Spearman’s correlation between the similarities of two routes: over the pairs of the test sets, and over random pairs of frequent words.',
    columns: [
      { title: 'first' },
      { title: 'second' },
      { title: 'test pairs', align: 'right' },
      { title: '95 % interval' },
      { title: 'random pairs', align: 'right' },
      { title: '95 % interval' },
    ],
    rows: randomPairs.map((random, at) => {
      const tested = testPairs[at];
      return [
        random.first,
        random.second,
        score(tested?.spearman),
        interval(tested?.low, tested?.high),
        score(random.spearman),
        interval(random.low, random.high),
      ];
    }),
  };
}

export function overlapTable({ overlap: { k, shared, pairs } }: ComparisonDocument): ReportTable {
  const bands = pairs[0]?.bands ?? [];
  return {
    id: 'overlap',
    title: 'Do they find the same neighbors?',
    caption: `Share of the ${k} nearest words that two routes have in common, by frequency: ranks among the ${thousands(shared)} words they share.`,
    columns: [
      { title: 'first' },
      { title: 'second' },
      ...bands.map(({ from, end }) => ({ title: `${thousands(from + 1)}–${thousands(end)}`, align: 'right' as const })),
    ],
    rows: pairs.map((pair) => [pair.first, pair.second, ...pair.bands.map(({ overlap }) => overlap.toFixed(2))]),
  };
}

export function mapTable({ map }: ComparisonDocument): ReportTable {
  const chance = map?.purityByChance;
  const by = chance === undefined ? '' : ` Chance would give ${chance.toFixed(2)}.`;
  return {
    id: 'classes',
    title: 'Do they find the classes of the thesaurus?',
    caption: `Share of a word’s five nearest words that are in its own class, among the ${map?.words.length ?? 0} words of the map.${by}`,
    columns: [
      { title: 'route' },
      { title: 'of its class', align: 'right' },
      { title: 'kept by the map', align: 'right' },
    ],
    rows: (map?.maps ?? []).map(({ route, purity, kept }) => [
      route,
      purity === undefined ? '–' : purity.toFixed(2),
      percentage(kept, 0),
    ]),
  };
}

export function disagreementTable({ disagreements, overlap: { k } }: ComparisonDocument): ReportTable {
  const list = (words: readonly ListedWord[]) => words.map(({ word }) => word).join(', ');
  return {
    id: 'disagreements',
    title: 'Where they disagree most',
    caption: `Frequent words for which two routes share the fewest of the ${k} nearest words, with both lists.`,
    columns: [{ title: 'word' }, { title: 'route' }, { title: 'nearest words' }],
    rows: disagreements.flatMap(({ first, second, words }) =>
      words.slice(0, 3).flatMap((one) => [
        [one.word, first, list(one.first)],
        ['', second, list(one.second)],
      ]),
    ),
  };
}

export function wordTable({ word, lists }: ComparisonDocument['words'][number], at: number): ReportTable {
  const longest = Math.max(0, ...lists.map(({ neighbors }) => neighbors.length));
  return {
    id: `word-${at}`,
    title: word,
    caption: `The nearest words of “${word}”, route by route.`,
    columns: lists.map(({ route }) => ({ title: route })),
    rows: Array.from({ length: longest }, (_, rank) => lists.map(({ neighbors }) => neighbors[rank]?.word ?? '')),
  };
}
