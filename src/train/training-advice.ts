// Whether a text, read `epochs` times, is enough to learn from. After too short a training all vectors are alike: the
// common direction of all words is learned first, and the differences between words much later.
//
// The rule is measured on planted texts (words of 5 to 200 categories in sentence patterns, vocabularies V of 83 to
// 3,215 words, defaults of `w2v train`). Of a word's 5 nearest, the share from its own category passes 0.95 at N words
// seen:
//   V     83            157           175           599            655           3,013          3,215
//   N     33 .. 67 k    31 .. 62 k    38 .. 76 k    62 .. 124 k    56 .. 112 k   277 .. 624 k   418 .. 837 k
// for both models: between 15,000 + 100 V and 30,000 + 200 V. The loss goes on falling to about 1,600 V. Natural text,
// where most words are rare, needs more: Moby-Dick five times (V = 4,300, 950,000 words) still has random neighbors.
// The rule is of a training that starts from nothing: where most words start from vectors that are trained already, a
// short text is enough to move them.
// So
//   too few:      N < 30,000 + 400 V
//   suggested:    epochs that come to four times as much, where the loss no longer falls.

/** How much more a text should be read for useful vectors. */
import { checkFields } from '../base/check.ts';
export interface TrainingAdvice {
  /** Words seen: tokens times epochs. */
  seen: number;
  /** Words to be seen for useful vectors. */
  needed: number;
  /** Epochs to train instead, rounded up to 1, 2 or 5 times a power of ten; undefined where more than 10,000. */
  epochs: number | undefined;
}

/**
 * @param training tokens of the text (kept words), epochs, the vocabulary's size in words, and how many of them started
 *   from given vectors (`initWords` of the result)
 * @returns undefined where the training is long enough, or where it went on from given vectors
 */
export function trainingAdvice(training: {
  tokens: number;
  epochs: number;
  vocabulary: number;
  initWords?: number | undefined;
}): TrainingAdvice | undefined {
  const hint = 'give { tokens, epochs, vocabulary }';
  checkFields(training, 'the training', { tokens: 'number', epochs: 'number', vocabulary: 'number' }, hint);
  const { tokens, vocabulary, initWords = 0 } = training;
  if (2 * initWords > vocabulary) return undefined;
  const seen = tokens * training.epochs;
  const needed = 30_000 + 400 * vocabulary;
  if (seen >= needed) return undefined;
  const epochs = roundUp((4 * needed) / tokens);
  return { seen, needed, epochs: epochs <= 10_000 ? epochs : undefined };
}

/** The least of 1, 2, 5, 10, 20, 50 ... that is not below `value`. */
function roundUp(value: number): number {
  for (let power = 1; ; power *= 10) for (const step of [1, 2, 5]) if (step * power >= value) return step * power;
}
