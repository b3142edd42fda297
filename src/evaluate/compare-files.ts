// Several contestants over the same test sets: a table of scores, and for each two of them the difference with its interval
// and p-value. A contestant is a judge of similarity, and answers analogies too where it has vectors.
import { W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { type AnalogiesResult, type AnalogyMethod, evaluateAnalogies } from './analogies.ts';
import { type Judge, type Vectors, vectorJudge } from './judge.ts';
import type { LookupOptions } from './lookup.ts';
import type { AnalogySet } from './read-analogies.ts';
import type { PairSet } from './read-pairs.ts';
import { type Difference, type ResamplingOptions, shareDifference, spearmanDifference } from './resampling.ts';
import { evaluateWordPairs, usedPairs, type WordPairsResult } from './word-pairs.ts';

export interface Contestant {
  /** A file's path, or what else tells it apart; each once. */
  name: string;
  judge: Judge;
  /** Undefined for a judge without vectors (a thesaurus), which answers no analogies. */
  vectors?: Vectors | undefined;
}

export interface TestSets {
  pairs?: readonly PairSet[] | undefined;
  analogies?: readonly AnalogySet[] | undefined;
}

export interface CompareOptions extends LookupOptions, ResamplingOptions {
  methods?: readonly AnalogyMethod[] | undefined;
  /** Pairs and questions with a missing word: left out, or counted as similarity 0 and as wrong. */
  missing?: 'skip' | 'zero' | undefined;
  onProgress?: OnProgress | undefined;
}

export interface ContestantScores {
  name: string;
  /** In the order of the sets given. */
  pairs: WordPairsResult[];
  /** In the order of the sets given, the methods within a set together; empty without vectors. */
  analogies: AnalogiesResult[];
}

export interface ScoreDifference extends Difference {
  first: string;
  second: string;
  set: string;
  /** 'spearman' for word pairs. */
  measure: 'spearman' | AnalogyMethod;
}

export interface Comparison {
  scores: ContestantScores[];
  /**
   * first - second for each two contestants and each set, over the items both answered; a comparison that has no value
   * (no item in common, a constant similarity) is left out. The p-values are not corrected for the number of comparisons.
   */
  differences: ScoreDifference[];
}

/** A file of vectors as a contestant. */
export function vectorContestant(name: string, vectors: Vectors, options: LookupOptions = {}): Contestant {
  return { name, judge: vectorJudge(vectors, options), vectors };
}

/** Scores each contestant on each set and compares them two by two. Throws `usage` on a name given twice, `interrupted`. */
export function compareContestants(
  contestants: readonly Contestant[],
  sets: TestSets,
  options: CompareOptions = {},
): Comparison {
  const names = contestants.map((contestant) => contestant.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new W2vError('usage', `${twice} is given twice`, 'give each file once');
  }
  const scores = contestants.map((contestant) => scoresOf(contestant, sets, options));
  const differences: ScoreDifference[] = [];
  for (let one = 0; one < scores.length; one++) {
    for (let other = one + 1; other < scores.length; other++) {
      differences.push(...differencesOf(scores[one]!, scores[other]!, sets, options));
    }
  }
  return { scores, differences };
}

function scoresOf({ name, judge, vectors }: Contestant, sets: TestSets, options: CompareOptions): ContestantScores {
  const pairs = (sets.pairs ?? []).map((set) => evaluateWordPairs(judge, set, options));
  const missing = options.missing === 'zero' ? 'wrong' : 'skip';
  const analogies =
    vectors === undefined
      ? []
      : (sets.analogies ?? []).flatMap((set) => evaluateAnalogies(vectors, set, { ...options, missing }));
  return { name, pairs, analogies };
}

function differencesOf(
  first: ContestantScores,
  second: ContestantScores,
  sets: TestSets,
  options: CompareOptions,
): ScoreDifference[] {
  const found: ScoreDifference[] = [];
  const add = (set: string, measure: ScoreDifference['measure'], difference: Difference | undefined) => {
    if (difference !== undefined) found.push({ first: first.name, second: second.name, set, measure, ...difference });
  };
  for (const [at, set] of (sets.pairs ?? []).entries()) {
    add(set.name, 'spearman', pairsDifference(set, first.pairs[at]!, second.pairs[at]!, options));
  }
  for (const [at, one] of first.analogies.entries()) {
    const other = second.analogies[at];
    if (other === undefined) continue;
    const both = one.asked.map((bit, question) => bit & other.asked[question]!);
    const common = (bits: Uint8Array) => bits.filter((_, question) => both[question] === 1);
    add(one.set, one.method, shareDifference(common(one.right), common(other.right), options));
  }
  return found;
}

function pairsDifference(
  set: PairSet,
  first: WordPairsResult,
  second: WordPairsResult,
  options: CompareOptions,
): Difference | undefined {
  const one = usedPairs(set, first.similarities, options.missing);
  const other = usedPairs(set, second.similarities, options.missing);
  const inOther = new Set(other.places);
  const places = one.places.filter((place) => inOther.has(place));
  const pick = (from: (place: number) => number) => Float64Array.from(places, from);
  return spearmanDifference(
    pick((place) => set.pairs[place]!.score),
    pick((place) => first.similarities[place]! || 0),
    pick((place) => second.similarities[place]! || 0),
    options,
  );
}
