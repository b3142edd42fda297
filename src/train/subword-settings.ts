// The settings of subwords (Bojanowski et al. 2017): which n-grams a word's vector is made of.
import { trainDefaults, trainRanges } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { quotable, shortened } from '../base/printable.ts';
import { checkRanges } from '../base/ranges.ts';
import type { SubwordRules, SubwordUnits } from '../vectors/subwords.ts';

export interface SubwordSettings {
  /** 'MIN..MAX', the lengths of n-grams in units, 1 .. 30; left out: a word has a vector of its own alone. */
  subwords?: string;
  /** Hash buckets that the n-grams share, 1 .. 100,000,000; with subwords alone. */
  buckets?: number;
  /** What n-grams are made of; with subwords alone. */
  subwordUnits?: SubwordUnits;
}

const LONGEST = 30;

/** Subword settings with defaults filled in; empty without subwords. Throws `usage`. */
export function subwordSettings({ subwords, buckets, subwordUnits }: SubwordSettings): SubwordSettings {
  if (subwords === undefined) {
    if (buckets === undefined && subwordUnits === undefined) return {};
    const name = buckets === undefined ? 'subwordUnits' : 'buckets';
    throw usage(`${name} is given without subwords`, "give { subwords: '3..6' } too, or leave it out");
  }
  const filled = {
    subwords,
    buckets: buckets ?? trainDefaults.buckets,
    subwordUnits: subwordUnits ?? trainDefaults.subwordUnits,
  };
  subwordRules(filled);
  const { buckets: range, subwordUnits: units } = trainRanges;
  checkRanges({ buckets: range, subwordUnits: units }, filled);
  return filled;
}

/** Undefined without subwords. Throws `usage` for a text that is not MIN..MAX. */
export function subwordRules({
  subwords,
  buckets = trainDefaults.buckets,
  subwordUnits,
}: SubwordSettings): SubwordRules | undefined {
  if (subwords === undefined) return undefined;
  const [, min, max] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(String(subwords)) ?? [];
  const [minn, maxn] = [Number(min), Number(max)];
  if (minn >= 1 && minn <= maxn && maxn <= LONGEST) return { minn, maxn, bucket: buckets, units: subwordUnits };
  const observed = `subwords is '${quotable(shortened(String(subwords)))}'`;
  const expected = `MIN..MAX, the lengths of n-grams, from 1 to ${LONGEST}, the shortest first`;
  throw usage(`${observed}: expected ${expected}`, "set { subwords: '3..6' }");
}
