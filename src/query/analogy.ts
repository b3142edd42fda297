// Answers analogy questions, a is to b as c is to ?, by 3CosAdd (Mikolov, Yih & Zweig 2013; Levy & Goldberg 2014, eq.
// 1): argmax_d cos(d, b - a + c) over unit vectors, without a, b and c; or by 3CosMul (analogy-mul.ts).
import { queryDefaults } from '../defaults.ts';
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { inverseNormSteps } from '../vectors/norms.ts';
import { rowOf, type WordVectors } from '../vectors/word-vectors.ts';
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
  const rows = questions.map((question) => question.map((word) => rowOf(vectors, word)));
  if (options.method === 'mul') return yield* analogiesByProduct(vectors, rows, search);
  const inverse = yield* inverseNormSteps(vectors);
  const { restrictVocab } = options;
  const found = yield* inSlices(rows.length, (first, end) => {
    const exclude = rows.slice(first, end);
    const queries = exclude.map(([a, b, c]) => offset(vectors, inverse, a!, b!, c!));
    return nearestSteps(vectors, queries, { k, restrictVocab, exclude });
  });
  return found.map((answers) => answers.map(({ word, similarity }) => ({ word, score: similarity })));
}

/** (D) b - a + c of unit vectors. A zero row adds nothing. */
function offset(
  { matrix, dimensions }: WordVectors,
  inverse: Float64Array,
  a: number,
  b: number,
  c: number,
): Float64Array {
  const sum = new Float64Array(dimensions);
  for (let column = 0; column < dimensions; column++) {
    const from = matrix[a * dimensions + column]! * inverse[a]!;
    const to = matrix[b * dimensions + column]! * inverse[b]!;
    sum[column] = to - from + matrix[c * dimensions + column]! * inverse[c]!;
  }
  return sum;
}
