// How many words the full softmax may have: each center costs 6 V D operations, where negative sampling costs a few
// hundred rows. At 20,000 words of 100 dimensions a core trains on about 4,000 words of text a second (AMD EPYC): a
// million words, five times, take 20 minutes.
import { usage } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import type { TrainSettings } from './settings.ts';

export const SOFTMAX_WORDS = 20_000;

/** @param V words of the vocabulary; @throws W2vError 'usage' where the softmax over them would take for ever */
export function requireLossFits({ loss }: Pick<TrainSettings, 'loss'>, V: number): void {
  if (loss !== 'softmax' || V <= SOFTMAX_WORDS) return;
  throw usage(
    `the softmax over all words takes at most ${thousands(SOFTMAX_WORDS)} words: the vocabulary has ${thousands(V)}`,
    "give { loss: 'hs' } or { loss: 'ns' }, which do not compute all scores, or keep fewer words ({ maxVocab, minCount })",
  );
}
