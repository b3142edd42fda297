// Makes one JSON document from a comparison. --json prints it, and the text, the Markdown and the report are made from
// it, so that all show the same numbers.

import { checkFields } from '../base/check.ts';
import { thousands } from '../base/format-numbers.ts';
import type { RouteFacts, RoutesComparison } from '../compare/routes-comparison.ts';
import type { ScoreDifference } from '../evaluate/compare-files.ts';
import { isScored } from './figures.ts';
import { type AnalogiesScore, analogiesDocument, type PairsScore, pairsDocument } from './scores-document.ts';

/** The text that the routes were made from. */
export interface ComparedCorpus {
  files: string[];
  sha256: string;
  bytes: number;
  lines: number;
  tokens: number;
  vocabulary: number;
  /** Seconds to read it, shared by all routes. */
  seconds: number;
}

export interface RouteDocument extends RouteFacts {
  name: string;
  /** V, which `words` has too, as 1.0.0 named it. */
  vocabulary: number;
  pairs: PairsScore[];
  analogies: AnalogiesScore[];
}

/** A comparison as `w2v compare --json` prints it. */
export interface ComparisonDocument
  extends Pick<RoutesComparison, 'spread' | 'overlap' | 'agreement' | 'disagreements' | 'words'> {
  command: 'compare';
  version: string;
  createdAt: string;
  /** Null for a comparison of vector files. */
  corpus: ComparedCorpus | null;
  settings: Record<string, unknown>;
  routes: RouteDocument[];
  differences: ScoreDifference[];
  map: RoutesComparison['map'] | null;
  /** Omitted results, and limitations of the comparison. */
  notes: string[];
  /** The page that shows two of the routes word by word, if there is one. */
  explorer?: ExplorerLink;
}

/** A page of w2v map for two routes. */
export interface ExplorerLink {
  /** Its address, from the folder of the report. */
  page: string;
  routes: [string, string];
}

export interface DocumentFrame {
  version: string;
  createdAt: string;
  corpus: ComparedCorpus | null;
  settings: Record<string, unknown>;
  notes: string[];
  explorer?: ExplorerLink | undefined;
}

/** Throws `usage` unless this is a document of `comparisonDocument`. */
export function checkDocument(document: ComparisonDocument): void {
  const hint = 'give what comparisonDocument returns';
  checkFields(document, 'the document', { routes: 'list', notes: 'list', settings: 'object' }, hint);
}

/** Puts a comparison into its frame: version, date, corpus and settings. */
export function comparisonDocument(comparison: RoutesComparison, frame: DocumentFrame): ComparisonDocument {
  checkFields(
    comparison,
    'the comparison',
    { routes: 'list', scores: 'list' },
    'give what compareCorpus or compareFiles returns',
  );
  checkFields(
    frame,
    'the frame',
    { settings: 'object', notes: 'list' },
    'give { version, createdAt, corpus, settings, notes }',
  );
  const { scores, differences, spread, overlap, agreement, disagreements, words, map } = comparison;
  const routes = comparison.routes.map(({ name, facts }, at) => ({
    name,
    ...facts,
    vocabulary: facts.words,
    pairs: pairsDocument(scores[at]),
    analogies: analogiesDocument(scores[at]),
  }));
  return {
    command: 'compare',
    version: frame.version,
    createdAt: frame.createdAt,
    corpus: frame.corpus,
    settings: frame.settings,
    routes,
    ...{ differences, spread, overlap, agreement, disagreements, words },
    map: map ?? null,
    notes: [...frame.notes, ...leftOutSets(routes)],
    ...(frame.explorer && { explorer: frame.explorer }),
  };
}

/** The test sets that the tables omit. */
function leftOutSets(routes: readonly RouteDocument[]): string[] {
  const results = routes.flatMap((route) =>
    [...route.pairs, ...route.analogies].map((result) => ({ result, scored: isScored(route, result) })),
  );
  const sets = new Map(results.map(({ result }) => [result.set, result.total]));
  for (const { result, scored } of results) if (scored) sets.delete(result.set);
  if (sets.size === 0) return [];
  const named = [...sets].map(([set, total]) => `${set} (${thousands(total)} items)`).join(', ');
  return [`Not in the tables, because the vectors have too few of their words: ${named}`];
}
