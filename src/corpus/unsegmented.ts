// Detects text in a script written without spaces. There a "word" between spaces is a phrase or a sentence, so the text
// must be segmented first.
import type { CountedTypes } from './vocabulary.ts';

// Few words of Japanese, Chinese, Thai, Lao, Khmer or Burmese are longer. Korean is written with spaces.
const phrase =
  /[\p{Script=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{8}/u;
const SAMPLE = 10_000; // types to inspect, evenly spaced

/**
 * Share of the tokens that hold eight or more such characters in a row, estimated from a sample of the types; 0 to 1.
 */
export function unsegmentedShare(types: CountedTypes): number {
  const step = Math.max(1, Math.floor(types.size / SAMPLE));
  let all = 0;
  let phrases = 0;
  for (let id = 0; id < types.size; id += step) {
    const count = types.counts[id]!;
    if (count === 0) continue;
    all += count;
    if (phrase.test(types.word(id))) phrases += count;
  }
  return all === 0 ? 0 : phrases / all;
}
