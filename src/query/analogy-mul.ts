// Answers analogy questions by 3CosMul (cos-mul.ts) with dense vectors.
import { STEP_WORK, type Steps } from '../steps.ts';
import { BestRows } from '../vectors/best-rows.ts';
import { cosMul, cosMulOf } from '../vectors/cos-mul.ts';
import { dotProducts, GROUP, packGroup } from '../vectors/dot-products.ts';
import { inverseNorm, inverseNormSteps } from '../vectors/norms.ts';
import { vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import type { AnalogyQuestion, Answer } from './answers.ts';
import type { Search } from './search.ts';

const BLOCK = 256;

/**
 * The k best answers to each question [a, b, c], as gensim's most_similar_cosmul(positive=[b, c], negative=[a]).
 * `exclude`: the rows of its words.
 */
export function* analogiesByProduct(
  vectors: WordVectors,
  questions: readonly AnalogyQuestion[],
  exclude: readonly (readonly number[])[],
  { limit, k }: Search,
): Steps<Answer[][]> {
  const { matrix, dimensions, words } = vectors;
  const inverse = yield* inverseNormSteps(vectors);
  const definition = cosMulOf(vectors);
  const scores = new Float64Array(BLOCK * GROUP);
  const found: Answer[][] = [];
  let work = 0;
  for (const [number, question] of questions.entries()) {
    const asked = question.map((word) => vectorOf(vectors, word));
    const [a, b, c] = asked.map((vector) => inverseNorm(vector, 0, dimensions)) as [number, number, number];
    const group = packGroup(asked, dimensions);
    const rows = exclude[number]!;
    const best = new BestRows(k);
    // A separate function, because engines compile loops in plain functions better than in generators.
    const scoreBlock = (first: number, last: number) => {
      dotProducts(matrix, dimensions, first, last, group, asked.length, scores);
      for (let row = first, at = 0; row < last; row++, at += GROUP) {
        const norm = inverse[row]!;
        const cosine = (place: number, length: number) => (norm === 0 ? 0 : scores[at + place]! * norm * length);
        const score = cosMul(definition, cosine(0, a), cosine(1, b), cosine(2, c));
        // NaN fails the comparison, which skips such rows.
        if (score > best.worst && !rows.includes(row)) best.add(row, score);
      }
    };
    for (let first = 0; first < limit; first += BLOCK) {
      const last = Math.min(first + BLOCK, limit);
      scoreBlock(first, last);
      work += (last - first) * dimensions * GROUP;
      if (work < STEP_WORK) continue;
      work = 0;
      yield;
    }
    found.push(best.sorted().map(([row, score]) => ({ word: words[row]!, score })));
  }
  return found;
}
