// Compares thesaurus, counting and prediction in one call, from a corpus or from existing files of vectors.

import { availableParallelism } from 'node:os';
import { checkList, checkText } from '../base/check.ts';
import { countDefaults, trainDefaults } from '../base/defaults.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { finishInTurns } from '../base/steps.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { checkCorpus } from '../corpus/encoded-corpus.ts';
import { answersOf, type TestSets } from '../evaluate/compare-files.ts';
import type { WordNet } from '../thesaurus/open-wordnet.ts';
import type { ThesaurusMeasure } from '../thesaurus/thesaurus-similarity.ts';
import { type CompareRoutesOptions, compareRoutes } from './compare-routes.ts';
import { makeRoutes, type RouteRun, type RouteSettings } from './make-routes.ts';
import { wordsOfMap } from './map-words.ts';
import type { Route, RoutesComparison } from './routes-comparison.ts';
import { type RoutesOfFilesOptions, routesOfFiles } from './routes-of-files.ts';
import { thesaurusRoute } from './thesaurus-route.ts';

/** What both comparisons take: test sets, WordNet, and how to score and report. */
export interface ComparisonOptions extends Omit<CompareRoutesOptions, 'mapped'> {
  /** Test sets for the scores; without sets there are no scores. */
  sets?: TestSets | undefined;
  /** Adds WordNet as a further route, and its classes of words to the map. */
  wordnet?: WordNet | undefined;
  /** Similarity measure of WordNet; default 'path'. Lin and Resnik need a corpus. */
  thesaurus?: ThesaurusMeasure | undefined;
  signal?: AbortSignal | undefined;
}

/** The settings of the routes with the defaults of training and counting, and how to run and score them. */
export interface CompareCorpusOptions
  extends ComparisonOptions,
    Partial<RouteSettings>,
    Partial<Omit<RouteRun, 'answer' | 'onProgress' | 'signal'>> {}

const ofComparison = {
  sets: true,
  wordnet: true,
  thesaurus: true,
  signal: true,
  k: true,
  words: true,
  methods: true,
  missing: true,
  restrictVocab: true,
  caseInsensitive: true,
  resamples: true,
  permutations: true,
  level: true,
  seed: true,
  onProgress: true,
} as const;
const corpusNames = namesOf<CompareCorpusOptions>({
  ...ofComparison,
  dim: true,
  window: true,
  negative: true,
  epochs: true,
  learningRate: true,
  sample: true,
  seeds: true,
  engine: true,
  modulePath: true,
  threads: true,
  memory: true,
  temporaryDirectory: true,
  cache: true,
  deciding: true,
  fresh: true,
  onMade: true,
  onNotKept: true,
});
const fileNames = namesOf<ComparisonOptions & RoutesOfFilesOptions>({ ...ofComparison, load: true });

/**
 * Makes the routes of a corpus (PPMI, PPMI-SVD, CBOW, skip-gram, combined) with matched settings and compares them. Defaults
 * are those of the command line. Throws as counting, training and `compareRoutes` do.
 */
export async function compareCorpus(
  corpus: EncodedCorpus,
  options: CompareCorpusOptions = {},
): Promise<RoutesComparison> {
  checkOptionNames('compareCorpus', options, corpusNames);
  checkCorpus(corpus);
  const { dim, window, negative, epochs, learningRate, sample, seed } = trainDefaults;
  const { memory } = countDefaults;
  const threads = availableParallelism();
  const { sets = {}, signal } = options;
  const settings = { dim, window, negative, epochs, learningRate, sample, seed, seeds: 1, ...options };
  const answer: RouteRun['answer'] = (route) => finishInTurns(answersOf(route, sets, options), signal);
  const routes = await makeRoutes(corpus, settings, { engine: 'auto', threads, memory, ...options, answer });
  return compareWithThesaurus(routes, options, corpus.vocabulary);
}

/** Compares two or more files or folders of vectors. Throws as reading them and `compareRoutes` do. */
export async function compareFiles(
  files: readonly string[],
  options: ComparisonOptions & RoutesOfFilesOptions = {},
): Promise<RoutesComparison> {
  checkOptionNames('compareFiles', options, fileNames);
  checkList(files, 'files', 'paths');
  for (const file of files) checkText(file, 'a path');
  const routes = await routesOfFiles(files, options);
  return compareWithThesaurus(routes, options, { words: routes[0]?.vectors?.words ?? [] });
}

/** Compares existing routes; with WordNet, the map shows words of its classes. */
export async function compareMade(routes: readonly Route[], options: ComparisonOptions): Promise<RoutesComparison> {
  const mapped = wordsOfMap(routes, options.wordnet);
  return finishInTurns(compareRoutes(routes, options.sets ?? {}, { ...options, mapped }), options.signal);
}

async function compareWithThesaurus(
  routes: Route[],
  options: ComparisonOptions,
  vocabulary: { words: string[]; counts?: Float64Array },
): Promise<RoutesComparison> {
  const { wordnet, thesaurus = 'path' } = options;
  const others = wordnet === undefined ? [] : [await thesaurusRoute(wordnet, thesaurus, vocabulary)];
  return compareMade([...routes, ...others], options);
}
