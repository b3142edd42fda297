// Starting weights of a small model, and its distribution over a missing word.
import { createRandom } from '../../base/random.ts';
import { edited } from '../edits.ts';
import type { Lesson } from '../lesson.ts';
import { filled, generated, type Matrix, mapped, product, rowsSummed, transposed } from '../matrix.ts';
import { embedding } from '../nodes/embedding.ts';
import { softmax } from '../nodes/softmax-with-loss.ts';

export interface Weights {
  /** Both (V, D): the words' vectors, and the vectors that scores are computed with. */
  input: Matrix;
  output: Matrix;
}

/**
 * With the numbers that the reader has set. As in the book: both normal with deviation 0.01 (its 0.01 * randn). As in
 * word2vec.c: the first uniform over (-0.5, 0.5) / D, the second 0.
 */
export function startingWeights(lesson: Lesson): Weights {
  const { input, output } = drawnWeights(lesson);
  return { input: edited('W_in', input, lesson.edits), output: edited('W_out', output, lesson.edits) };
}

function drawnWeights({ words, settings }: Lesson): Weights {
  const random = createRandom(settings.seed);
  const [V, D] = [words.length, settings.dimensions];
  if (settings.as === 'book') {
    const normal = () => generated(V, D, () => 0.01 * random.normal());
    return { input: normal(), output: normal() };
  }
  return { input: generated(V, D, () => (random.float() - 0.5) / D), output: filled(V, D) };
}

/** (1, D): the mean of the contexts' vectors. */
export function hiddenOf({ input }: Weights, contexts: readonly number[]): Matrix {
  const [rows] = embedding(contexts).forward([input]);
  return mapped(rowsSummed(rows), (value) => value / contexts.length);
}

/** (V) probabilities of the word amid `contexts` (CBOW) or beside a single one (skip-gram): softmax over all words. */
export function wordChances(weights: Weights, contexts: readonly number[]): Float64Array {
  return softmax(product(hiddenOf(weights, contexts), transposed(weights.output))).values;
}
