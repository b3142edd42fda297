// What a comparison of routes holds: the figures of the text, the Markdown, the JSON and the report alike.

import type { Answers, ContestantScores, ScoreDifference } from '../evaluate/compare-files.ts';
import type { Judge, Vectors } from '../evaluate/judge.ts';
import type { Agreement } from './agreement.ts';
import type { OverlapBand } from './neighbor-overlap.ts';
import type { WordMap } from './word-map.ts';

/** What is known of how a route's answers came to be, and what they cost; undefined where nobody knows. */
export interface RouteFacts {
  kind: 'count' | 'predict' | 'thesaurus' | 'file';
  /** One line for people: 'PPMI, then SVD to 100 dimensions'. */
  title: string;
  words: number;
  dimensions?: number | undefined;
  settings: Record<string, unknown>;
  /** Wall-clock seconds of making it, without the reading that all share. */
  seconds?: number | undefined;
  /** Peak resident memory of the process while it was made, in bytes. */
  memory?: number | undefined;
  /** Size of its files. */
  bytes?: number | undefined;
  /** Made in an earlier run; seconds and memory are those of that run. */
  cached?: boolean | undefined;
  file?: string | undefined;
  engine?: string | undefined;
  /** Mean loss an epoch (nats); empty where nothing is trained. */
  lossByEpoch: number[];
}

/** A contestant of the comparison: vectors of a route, or a thesaurus. */
export interface Route {
  name: string;
  facts: RouteFacts;
  judge: Judge;
  vectors?: Vectors | undefined;
  /** What the same route answers to the test sets when it is made from other seeds: its scores are means over all seeds. */
  reruns?: { seed: number; answers: Answers }[] | undefined;
  /** What a route without vectors has for neighbours of a word. */
  related?: ((word: string) => string[]) | undefined;
}

export interface ListedWord {
  word: string;
  /** Undefined where the route has lists but no figures (a thesaurus). */
  similarity?: number | undefined;
}

export interface RouteOverlap {
  first: string;
  second: string;
  bands: OverlapBand[];
}

export interface RouteDisagreement {
  first: string;
  second: string;
  words: { word: string; overlap: number; first: ListedWord[]; second: ListedWord[] }[];
}

export interface RouteAgreement extends Agreement {
  first: string;
  second: string;
}

/** Of one route on one set over all seeds. */
export interface SeedSpread {
  route: string;
  set: string;
  measure: 'spearman' | 'add' | 'mul';
  seeds: number;
  values: number[];
  mean: number;
  /** Standard deviation of the sample (n - 1). */
  deviation: number;
}

export interface RoutesComparison {
  routes: { name: string; facts: RouteFacts }[];
  scores: ContestantScores[];
  differences: ScoreDifference[];
  spread: SeedSpread[];
  /** overlap@k among the words all routes with vectors share. */
  overlap: { k: number; shared: number; pairs: RouteOverlap[] };
  /** Over the pairs of the test sets, and over random pairs of frequent shared words. */
  agreement: { testPairs: RouteAgreement[]; randomPairs: RouteAgreement[] };
  disagreements: RouteDisagreement[];
  words: { word: string; lists: { route: string; neighbors: ListedWord[] }[] }[];
  map: WordMap | undefined;
}
