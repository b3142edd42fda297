// Scores all pairs of a text and keeps those above the threshold.
import type { Steps } from '../../base/steps.ts';
import { LONGEST_TOKEN } from '../token-rules.ts';
import { eachPair, type PairText } from './count-pairs.ts';
import type { Phrase, Phrases, Scorer } from './phrases.ts';
import type { StringCounts } from './string-counts.ts';

export interface Scoring extends Pick<Phrases, 'scorer' | 'threshold' | 'minCount' | 'delimiter'> {
  counts: StringCounts;
  /** Tokens of the text. */
  tokens: number;
  wordOf(id: number): string;
}

/** The phrases by falling score, then by falling count, then by their words. Leaves out what is too long for a word. */
export function* scorePairs(text: PairText, scoring: Scoring): Steps<Phrase[]> {
  const { counts, tokens, minCount, threshold, delimiter, wordOf } = scoring;
  const { low, high } = text.hashes;
  const score = scoreBy[scoring.scorer];
  const facts = { tokens, minCount, entries: counts.size() };
  const found = new Map<string, Phrase>();
  const countOf = new Float64Array(low.length).fill(-1); // of each word, when it is first asked for
  const countOfWord = (id: number) => {
    if (countOf[id] === -1) countOf[id] = counts.count(low[id], high[id]);
    return countOf[id];
  };
  yield* eachPair(text, {
    pair(ids, pairLow, pairHigh) {
      const count = counts.count(pairLow, pairHigh);
      if (count < minCount) return; // by either formula no phrase
      const [first, last] = [countOfWord(ids[0]), countOfWord(ids.at(-1)!)];
      if (first === 0 || last === 0) return; // pruned
      const value = score(first, last, count, facts);
      if (!(value > threshold)) return;
      const key = ids.join(' ');
      if (!found.has(key)) found.set(key, { words: ids.map(wordOf), count, score: value });
    },
  });
  const joined = (phrase: Phrase) => phrase.words.join(delimiter);
  return [...found.values()]
    .filter((phrase) => Buffer.byteLength(joined(phrase)) <= LONGEST_TOKEN)
    .sort((a, b) => b.score - a.score || b.count - a.count || compare(a.words.join(' '), b.words.join(' ')));
}

/** By code units: the same order everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// How strongly two words belong together, from how often they occur and follow each other. With the connector words
// `in between`, n(ab) counts `a in between b`. The formulas and their arithmetic are those of gensim's Phrases, so that
// the scores are the same numbers.

interface TextCounts {
  /** Different words (connector words excluded) and different pairs together. */
  entries: number;
  /** Tokens of the text, connector words included. */
  tokens: number;
  minCount: number;
}

type Score = (a: number, b: number, ab: number, text: TextCounts) => number;

const scoreBy: Record<Scorer, Score> = {
  /** (n(ab) - minCount) / (n(a) n(b)) * entries; Mikolov et al. 2013b, eq. 6, times `entries`. */
  default: (a, b, ab, { minCount, entries }) => ((ab - minCount) / (a * b)) * entries,
  /** ln(p(ab) / (p(a) p(b))) / -ln p(ab), p(x) = n(x) / tokens; from -1 to 1 (Bouma 2009). */
  npmi(a, b, ab, { minCount, tokens }) {
    if (ab < minCount) return Number.NEGATIVE_INFINITY;
    const joint = ab / tokens;
    return Math.log(joint / ((a / tokens) * (b / tokens))) / -Math.log(joint);
  },
};
