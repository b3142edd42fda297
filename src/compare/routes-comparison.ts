// The types of a comparison's result, from which the text, the Markdown, the JSON and the report are made.

import type { Answers, ScoreDifference, SystemScores } from '../evaluate/compare-files.ts';
import type { SimilarityMeasure, Vectors } from '../evaluate/similarity-measure.ts';
import type { Agreement } from './agreement.ts';
import type { OverlapBand } from './neighbor-overlap.ts';
import type { WordMap } from './word-map.ts';

/** How a route was made and its cost; undefined if unknown. */
export interface RouteFacts {
  kind: 'count' | 'predict' | 'combined' | 'thesaurus' | 'file';
  /** One-line description: 'PPMI, then SVD to 100 dimensions'. */
  title: string;
  words: number;
  dimensions?: number | undefined;
  settings: Record<string, unknown>;
  /** Wall-clock seconds to make it, without reading the corpus. */
  seconds?: number | undefined;
  /** Peak resident memory of the process meanwhile, in bytes. */
  memory?: number | undefined;
  /** Size of its files in bytes. */
  bytes?: number | undefined;
  /** Whether it comes from an earlier run; seconds and memory are of that run. */
  cached?: boolean | undefined;
  file?: string | undefined;
  engine?: string | undefined;
  /** Whether the same text, settings and seed give the same vectors again. */
  repeatable?: boolean | undefined;
  /** Of a file with a manifest: the version that made it and the text it was made from. */
  madeFrom?: MadeFrom | undefined;
  /** Mean loss per epoch in nats; empty without training. */
  lossByEpoch: number[];
}

export interface MadeFrom {
  version: string;
  /** 'train', 'count' ... */
  command: string;
  files: string[];
  bytes: number;
  sha256: string;
  tokens: number;
  /** Of combined vectors: the files, or the parts made for them, and their weights. */
  parts?: { file?: string; part?: string; weight: number }[];
}

/** A route: a way to represent word meaning, with vectors (counted or trained) or as a thesaurus. */
export interface Route {
  name: string;
  facts: RouteFacts;
  similarityOf: SimilarityMeasure;
  vectors?: Vectors | undefined;
  /** Answers of the same route with other seeds; scores are means over all seeds. */
  reruns?: { seed: number; answers: Answers }[] | undefined;
  /** Neighbors of a word, for a route without vectors. */
  related?: ((word: string) => string[]) | undefined;
}

export interface ListedWord {
  word: string;
  /** Undefined for a route with lists without similarities (a thesaurus). */
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

/** Spread of one route on one set over all seeds. */
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

/** Routes side by side: scores with intervals, differences, spread over seeds, overlap of neighbors, costs. */
export interface RoutesComparison {
  routes: { name: string; facts: RouteFacts }[];
  scores: SystemScores[];
  differences: ScoreDifference[];
  spread: SeedSpread[];
  /** overlap@k among the words that all routes with vectors share. */
  overlap: { k: number; shared: number; pairs: RouteOverlap[] };
  /** Over the pairs of the test sets, and over random pairs of frequent shared words. */
  agreement: { testPairs: RouteAgreement[]; randomPairs: RouteAgreement[] };
  disagreements: RouteDisagreement[];
  words: { word: string; lists: { route: string; neighbors: ListedWord[] }[] }[];
  map: WordMap | undefined;
}
