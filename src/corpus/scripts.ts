// Which scripts the words of a text are in, and how many of its "words" are phrases: text in a script without spaces
// has to be split by a tokenizer that knows its language.
import type { CountedTypes } from './vocabulary.ts';

const scripts = {
  hangul: /\p{Script=Hangul}/u,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  han: /\p{Script=Han}/u,
  thai: /\p{Script=Thai}/u,
  lao: /\p{Script=Lao}/u,
  khmer: /\p{Script=Khmer}/u,
  myanmar: /\p{Script=Myanmar}/u,
} as const;

/** Scripts whose languages need a tokenizer of their own. */
export type KnownScript = keyof typeof scripts;

/** Shares of the tokens, 0 to 1, estimated from a sample of the types. */
export interface ScriptShares {
  /** Tokens with at least one letter of the script; scripts that the text lacks are absent. */
  scripts: Partial<Record<KnownScript, number>>;
  /** Tokens that hold eight or more letters in a row of a script without spaces: phrases, not words. */
  unsegmented: number;
}

// Few words of Japanese, Chinese, Thai, Lao, Khmer or Burmese are longer. Korean is written with spaces.
const phrase =
  /[\p{Script=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{8}/u;
const beyondAscii = /[^\0-\x7f]/;
const SAMPLE = 10_000; // types

/**
 * Inspects every type that makes up more than 1 / SAMPLE of the text, of which there are fewer than SAMPLE, and about as
 * many of the rare ones, evenly spaced, each for those between them.
 */
export function scriptShares({ size, counts: occurrences, word: wordOf }: CountedTypes): ScriptShares {
  let total = 0;
  for (let id = 0; id < size; id++) total += occurrences[id];
  const frequent = total / SAMPLE;
  const step = Math.max(1, Math.floor(size / SAMPLE));
  const names = Object.keys(scripts) as KnownScript[];
  const counts = new Map<KnownScript, number>();
  let all = 0;
  let phrases = 0;
  for (let id = 0; id < size; id++) {
    const isFrequent = occurrences[id] > frequent;
    if (occurrences[id] === 0 || (!isFrequent && id % step !== 0)) continue;
    const count = occurrences[id] * (isFrequent ? 1 : step);
    all += count;
    const word = wordOf(id);
    if (!beyondAscii.test(word)) continue;
    for (const name of names) if (scripts[name].test(word)) counts.set(name, (counts.get(name) ?? 0) + count);
    if (phrase.test(word)) phrases += count;
  }
  const shares = [...counts].map(([name, count]) => [name, count / all]);
  return { scripts: Object.fromEntries(shares), unsegmented: all === 0 ? 0 : phrases / all };
}
