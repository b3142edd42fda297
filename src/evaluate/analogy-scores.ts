// Scores the answers to a set of analogies, with intervals, and compares systems (analogies.ts answers).
import type { Steps } from '../base/steps.ts';
import { type AnalogyAnswers, type AnalogyMethod, type AnswerAnalogiesOptions, answerAnalogies } from './analogies.ts';
import { wordPairClusters } from './analogy-clusters.ts';
import { bySubset, keptFor } from './kept.ts';
import type { AnalogySet } from './read-analogies.ts';
import type { Difference, ResamplingOptions } from './resampling.ts';
import { shareStatistics } from './share-resampling.ts';
import type { Vectors } from './similarity-measure.ts';
import { deviation, mean } from './statistics.ts';

export interface EvaluateAnalogiesOptions extends AnswerAnalogiesOptions, ResamplingOptions {}

export interface AnalogyScore {
  /** correct / used; undefined if no question was used. */
  accuracy: number | undefined;
  /** A mean over seeds, if there are several. */
  correct: number;
  used: number;
  total: number;
}

/** The score of one analogy set by one method, with its interval. */
export interface AnalogiesResult extends AnalogyScore {
  set: string;
  method: AnalogyMethod;
  /**
   * Percentile bootstrap interval of `accuracy`, over the word pairs in the questions and over the seeds; undefined for
   * fewer than two word pairs.
   */
  low: number | undefined;
  high: number | undefined;
  /** Number of seeds in the means, and the standard deviation of `accuracy` over seeds; undefined for one. */
  seeds: number;
  deviation: number | undefined;
  /** (seeds) `accuracy` of each seed; NaN if undefined. */
  values: number[];
  sections: (AnalogyScore & { section: string })[];
  /** (total) 1 for each question used with every seed, in the order of the set. */
  asked: Uint8Array;
  /** (seeds, total) 1 for each correctly answered question. */
  runs: Uint8Array[];
}

/** Answers all questions of a set (`answerAnalogies`) and scores the answers, one result per method. */
export function* evaluateAnalogies(
  vectors: Vectors,
  set: AnalogySet,
  options: EvaluateAnalogiesOptions = {},
): Steps<AnalogiesResult[]> {
  const { score } = analogyScorer(set, options);
  const results: AnalogiesResult[] = [];
  for (const answers of yield* answerAnalogies(vectors, set, options)) results.push(yield* score([answers]));
  return results;
}

/** Scores systems on a set of analogies, and compares them. */
export interface AnalogyScorer {
  /** The score of one method's answers; with several runs (seeds), of their mean. */
  score(runs: readonly AnalogyAnswers[]): Steps<AnalogiesResult>;
  /** Of two results of `score`, over the questions used for both. */
  difference(first: AnalogiesResult, second: AnalogiesResult): Steps<Difference | undefined>;
}

export function analogyScorer(set: AnalogySet, options: ResamplingOptions = {}): AnalogyScorer {
  const over = bySubset((asked) => {
    const among = keptFor((bits: Uint8Array) => bits.filter((_, at) => asked[at] === 1));
    const statistics = shareStatistics(wordPairClusters(set, asked), options);
    return { used: (runs: readonly Uint8Array[]) => runs.map(among), statistics };
  });
  return {
    *score(runs) {
      const asked = runs[0].asked.map((_, at) => (runs.every((run) => run.asked[at] === 1) ? 1 : 0));
      const right = runs.map((run) => run.right);
      const { used, statistics } = over(asked);
      const interval = yield* statistics.interval(used(right));
      const whole = scoreOf(asked, right);
      const values = used(right).map((bits) => sum(bits) / whole.used);
      return {
        set: set.name,
        method: runs[0].method,
        ...whole,
        low: interval?.low,
        high: interval?.high,
        seeds: runs.length,
        deviation: whole.used === 0 ? undefined : deviation(values),
        values,
        sections: sectionScores(set, asked, right),
        asked,
        runs: right,
      };
    },
    *difference(first, second) {
      const { used, statistics } = over(first.asked.map((bit, at) => bit & second.asked[at]));
      return yield* statistics.difference(used(first.runs), used(second.runs));
    },
  };
}

function scoreOf(asked: Uint8Array, runs: readonly Uint8Array[]): AnalogyScore {
  const used = sum(asked);
  const correct = mean(runs.map((right) => sum(right.filter((_, at) => asked[at] === 1))));
  return { accuracy: used === 0 ? undefined : correct / used, correct, used, total: asked.length };
}

function sectionScores(set: AnalogySet, asked: Uint8Array, runs: readonly Uint8Array[]) {
  let from = 0;
  return set.sections.map(({ name, questions }) => {
    const end = from + questions.length;
    const part = (bits: Uint8Array) => bits.subarray(from, end);
    const counts = scoreOf(part(asked), runs.map(part));
    from = end;
    return { section: name, ...counts };
  });
}

function sum(bits: Uint8Array): number {
  return bits.reduce((total, bit) => total + bit, 0);
}
