// Answers analogy questions, a is to b as c is to ?, by 3CosAdd (Mikolov, Yih & Zweig 2013; Levy & Goldberg 2014, eq.
// 1): argmax_d cos(d, b - a + c) over unit vectors, without a, b and c; or by 3CosMul (analogy-mul.ts).
import { queryDefaults } from '../defaults.ts';
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { inverseNorm, inverseNormSteps } from '../vectors/norms.ts';
import { withNorms } from '../vectors/row-norms.ts';
import { rowsOf, vectorOf, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import { analogiesByProduct } from './analogy-mul.ts';
import { type AnalogyOptions, type AnalogyQuestion, type Answer, checkAnalogies } from './answers.ts';
import { nearestSteps } from './nearest.ts';
import { type Interruptible, inSlices, searchOf } from './search.ts';

/**
 * The k best answers to each question, best first, as gensim's most_similar(positive=[b, c], negative=[a]), or with
 * 'mul' as most_similar_cosmul. A question with a vector that contains NaN or infinity, or whose sum is zero, has no
 * answers.
 *
 * Throws `word-unknown`, and `usage` for k below 1 or questions without three words.
 */
export function analogies(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions = {},
): Answer[][] {
  return finish(analogiesSteps(vectors, questions, options));
}

/** `analogies` that yields to the event loop every 20 ms. Rejects as `analogies` throws, and with `interrupted`. */
export async function analogiesAsync(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions & Interruptible = {},
): Promise<Answer[][]> {
  return finishInTurns(analogiesSteps(vectors, questions, options), options.signal);
}

/** The answers to one question. Throws `word-unknown`. */
export function analogy(vectors: WordVectors, a: string, b: string, c: string, options: AnalogyOptions = {}): Answer[] {
  return analogies(vectors, [[a, b, c]], options)[0]!;
}

export function* analogiesSteps(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  options: AnalogyOptions,
): Steps<Answer[][]> {
  checkAnalogies(questions, options);
  const k = options.k ?? queryDefaults.answers;
  const search = searchOf(vectors.words.length, { ...options, k });
  const rows = questions.map((question) => rowsOf(vectors, question));
  if (options.method === 'mul') return yield* analogiesByProduct(vectors, questions, rows, search);
  const held = withNorms(vectors);
  const inverse = yield* inverseNormSteps(held);
  const { restrictVocab } = options;
  const found = yield* inSlices(rows.length, (first, end) => {
    const exclude = rows.slice(first, end);
    const queries = questions.slice(first, end).map((question) => offset(vectors, inverse, question));
    return nearestSteps(held, queries, { k, restrictVocab, exclude });
  });
  return found.map((answers) => answers.map(({ word, similarity }) => ({ word, score: similarity })));
}

/** (D) b - a + c of unit vectors. A zero row adds nothing. */
function offset(vectors: WordVectors, inverse: Float64Array, question: AnalogyQuestion): Float64Array {
  const { dimensions } = vectors;
  const [a, b, c] = question.map((word) => vectorOf(vectors, word)) as [Float32Array, Float32Array, Float32Array];
  const [ofA, ofB, ofC] = question.map((word, at) => {
    const row = wordIndex(vectors).get(word);
    return row === undefined ? inverseNorm([a, b, c][at]!, 0, dimensions) : inverse[row]!;
  }) as [number, number, number];
  const sum = new Float64Array(dimensions);
  for (let column = 0; column < dimensions; column++) {
    sum[column] = b[column]! * ofB - a[column]! * ofA + c[column]! * ofC;
  }
  return sum;
}
