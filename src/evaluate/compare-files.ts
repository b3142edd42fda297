// Scores several systems on the same test sets and tests the difference of each two, with interval and p-value. A
// system has a similarity measure; a system with vectors also answers analogies.
import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { type AnalogyAnswers, type AnalogyMethod, answerAnalogies } from './analogies.ts';
import { type AnalogiesResult, type AnalogyScorer, analogyScorer } from './analogy-scores.ts';
import type { LookupOptions } from './lookup.ts';
import type { AnalogySet } from './read-analogies.ts';
import type { PairSet } from './read-pairs.ts';
import type { Difference, ResamplingOptions } from './resampling.ts';
import { type SimilarityMeasure, type Vectors, vectorSimilarity } from './similarity-measure.ts';
import { holm } from './statistics.ts';
import { answerPairs, type PairScorer, pairScorer, type WordPairsResult } from './word-pairs.ts';

export interface System {
  /** A unique name, such as the path of a file. */
  name: string;
  similarityOf: SimilarityMeasure;
  /** Undefined for a system without vectors (a thesaurus), which answers no analogies. */
  vectors?: Vectors | undefined;
  /** Answers of the same system trained with other seeds (`answersOf`); scores are means over all seeds. */
  reruns?: readonly Answers[] | undefined;
}

/** Answers to test sets, one entry per set in order; for analogies, grouped by set, then method. */
export interface Answers {
  pairs: Float64Array[];
  analogies: AnalogyAnswers[];
}

export interface TestSets {
  pairs?: readonly PairSet[] | undefined;
  analogies?: readonly AnalogySet[] | undefined;
}

export interface CompareOptions extends LookupOptions, ResamplingOptions {
  methods?: readonly AnalogyMethod[] | undefined;
  /** Pairs and questions with a missing word: skip them, or count them as similarity 0 and as wrong. */
  missing?: 'skip' | 'zero' | undefined;
  onProgress?: OnProgress | undefined;
}

export interface SystemScores {
  name: string;
  /** In the order of the sets. */
  pairs: WordPairsResult[];
  /** In the order of the sets, grouped by set, then method; empty without vectors. */
  analogies: AnalogiesResult[];
}

export interface ScoreDifference extends Difference {
  /** The p-value corrected for all differences of the same set and measure (Holm 1979). */
  pCorrected: number;
  first: string;
  second: string;
  set: string;
  /** 'spearman' for word pairs. */
  measure: 'spearman' | AnalogyMethod;
}

export interface Comparison {
  scores: SystemScores[];
  /**
   * first - second for each two systems and each set, over the items both answered; omits undefined differences (no
   * item in common, a constant similarity).
   */
  differences: ScoreDifference[];
}

/** A system from vectors. */
export function vectorSystem(name: string, vectors: Vectors, options: LookupOptions = {}): System {
  return { name, similarityOf: vectorSimilarity(vectors, { ...options, restrictVocab: 0 }), vectors };
}

/** Scores each system on each set and compares them in pairs. Throws `usage` for a duplicate name. */
export function* compareSystems(
  systems: readonly System[],
  sets: TestSets,
  options: CompareOptions = {},
): Steps<Comparison> {
  const names = systems.map((system) => system.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw usage(`${quotable(twice)} is given twice`, 'give each file once');
  }
  const scorers = {
    pairs: (sets.pairs ?? []).map((set) => pairScorer(set, options)),
    analogies: (sets.analogies ?? []).map((set) => analogyScorer(set, options)),
  };
  const scores: SystemScores[] = [];
  for (const system of systems) scores.push(yield* scoresOf(system, sets, scorers, options));
  const found: FoundDifference[] = [];
  for (let one = 0; one < scores.length; one++) {
    for (let other = one + 1; other < scores.length; other++) {
      found.push(...(yield* differencesOf(scores[one], scores[other], scorers)));
    }
  }
  return { scores, differences: corrected(found) };
}

/** `family`: the number of the set and the measure, because two sets may have one name. */
type FoundDifference = Omit<ScoreDifference, 'pCorrected'> & { family: string };

/** The answers of a system to the sets, without scores. */
export function* answersOf(
  { similarityOf, vectors }: Pick<System, 'similarityOf' | 'vectors'>,
  sets: TestSets,
  options: CompareOptions = {},
): Steps<Answers> {
  const { methods, restrictVocab, caseInsensitive, onProgress } = options;
  const missing = options.missing === 'zero' ? 'wrong' : 'skip';
  const answers: Answers = { pairs: [], analogies: [] };
  for (const set of sets.pairs ?? []) answers.pairs.push(yield* answerPairs(similarityOf, set));
  if (vectors === undefined) return answers;
  const asking = { methods, restrictVocab, caseInsensitive, missing, onProgress } as const;
  for (const set of sets.analogies ?? []) answers.analogies.push(...(yield* answerAnalogies(vectors, set, asking)));
  return answers;
}

/** One for each set. */
interface Scorers {
  pairs: PairScorer[];
  analogies: AnalogyScorer[];
}

function* scoresOf(
  system: System,
  sets: TestSets,
  { pairs, analogies }: Scorers,
  options: CompareOptions,
): Steps<SystemScores> {
  const runs = [yield* answersOf(system, sets, options), ...(system.reruns ?? [])];
  const scores: SystemScores = { name: system.name, pairs: [], analogies: [] };
  for (const [at, { score }] of pairs.entries()) scores.pairs.push(yield* score(runs.map((run) => run.pairs[at])));
  for (const at of runs[0].analogies.keys()) {
    const { score } = analogies[setOf(at, runs[0].analogies, analogies)];
    scores.analogies.push(yield* score(runs.map((run) => run.analogies[at])));
  }
  return scores;
}

/** The number of the set that the entry `at` of answers or scores belongs to: each set has one entry for each method. */
function setOf(at: number, entries: readonly unknown[], sets: readonly unknown[]): number {
  return Math.floor((at * sets.length) / entries.length);
}

function* differencesOf(
  first: SystemScores,
  second: SystemScores,
  { pairs, analogies }: Scorers,
): Steps<FoundDifference[]> {
  const found: FoundDifference[] = [];
  const add = (at: number, set: string, measure: ScoreDifference['measure'], difference: Difference | undefined) => {
    if (difference === undefined) return;
    found.push({ first: first.name, second: second.name, set, measure, ...difference, family: `${at} ${measure}` });
  };
  for (const [at, one] of first.pairs.entries()) {
    add(at, one.set, 'spearman', yield* pairs[at].difference(one, second.pairs[at]));
  }
  for (const [at, one] of first.analogies.entries()) {
    const other = second.analogies[at];
    if (other === undefined) continue;
    const number = setOf(at, first.analogies, analogies);
    add(number, one.set, one.method, yield* analogies[number].difference(one, other));
  }
  return found;
}

/** Corrects p-values for multiple comparisons within each set and measure. */
function corrected(differences: readonly FoundDifference[]): ScoreDifference[] {
  const pCorrected = differences.map(({ pValue }) => pValue);
  for (const family of new Set(differences.map((one) => one.family))) {
    const members = [...differences.keys()].filter((at) => differences[at].family === family);
    const pValues = holm(members.map((at) => differences[at].pValue));
    for (const [place, at] of members.entries()) pCorrected[at] = pValues[place];
  }
  return differences.map(({ family: _, ...one }, at) => ({ ...one, pCorrected: pCorrected[at] }));
}
