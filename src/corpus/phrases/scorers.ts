// How strongly two words belong together, from how often they occur and follow each other. With the connector words
// `in between`, n(ab) counts `a in between b`. The formulas and their arithmetic are those of gensim's Phrases, so that
// the scores are the same numbers.
import type { Scorer } from './phrases.ts';

export interface TextCounts {
  /** Different words (connector words excluded) and different pairs together. */
  entries: number;
  /** Tokens of the text, connector words included. */
  tokens: number;
  minCount: number;
}

type Score = (a: number, b: number, ab: number, text: TextCounts) => number;

export const scoreBy: Record<Scorer, Score> = {
  /** (n(ab) - minCount) / (n(a) n(b)) * entries; Mikolov et al. 2013b, eq. 6, times `entries`. */
  default: (a, b, ab, { minCount, entries }) => ((ab - minCount) / (a * b)) * entries,
  /** ln(p(ab) / (p(a) p(b))) / -ln p(ab), p(x) = n(x) / tokens; from -1 to 1 (Bouma 2009). */
  npmi(a, b, ab, { minCount, tokens }) {
    if (ab < minCount) return Number.NEGATIVE_INFINITY;
    const joint = ab / tokens;
    return Math.log(joint / ((a / tokens) * (b / tokens))) / -Math.log(joint);
  },
};
