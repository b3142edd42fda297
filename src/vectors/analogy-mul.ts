// 3CosMul (Levy & Goldberg 2014, eq. 4): argmax_d cos'(d, b) cos'(d, c) / (cos'(d, a) + 1e-6), cos' = (1 + cos) / 2, which is
// never negative.
import { queryDefaults } from '../defaults.ts';
import { throwIfAborted } from '../errors.ts';
import type { AnalogyOptions, Answer } from './analogy.ts';
import { BestRows } from './best-rows.ts';
import { dotProducts, GROUP, packGroup } from './dot-products.ts';
import { inverseNorms } from './norms.ts';
import type { WordVectors } from './word-vectors.ts';

export const TINY = 1e-6;
const BLOCK = 256;

/** The k best answers to each question of rows [a, b, c]; the same as gensim's most_similar_cosmul(positive=[b, c], negative=[a]). */
export function analogiesByProduct(
  vectors: WordVectors,
  questions: readonly (readonly number[])[],
  options: AnalogyOptions,
): Answer[][] {
  const { matrix, dimensions, words } = vectors;
  const inverse = inverseNorms(vectors);
  const limit = options.restrictVocab ? Math.min(options.restrictVocab, words.length) : words.length;
  const k = options.k ?? queryDefaults.answers;
  const scores = new Float64Array(BLOCK * GROUP);
  return questions.map((rows) => {
    throwIfAborted(options.signal);
    const [a, b, c] = rows.map((row) => inverse[row]!) as [number, number, number];
    const group = packGroup(
      rows.map((row) => matrix.subarray(row * dimensions, (row + 1) * dimensions)),
      dimensions,
    );
    const best = new BestRows(k);
    for (let first = 0; first < limit; first += BLOCK) {
      const last = Math.min(first + BLOCK, limit);
      dotProducts(matrix, dimensions, first, last, group, rows.length, scores);
      for (let row = first, at = 0; row < last; row++, at += GROUP) {
        const norm = inverse[row]!;
        const shifted = (place: number, length: number) =>
          (1 + (norm === 0 ? 0 : scores[at + place]! * norm * length)) / 2;
        const score = (shifted(1, b) * shifted(2, c)) / (shifted(0, a) + TINY);
        // NaN fails the comparison, which leaves such rows out.
        if (score > best.worst && !rows.includes(row)) best.add(row, score);
      }
    }
    return best.sorted().map(([row, score]) => ({ word: words[row]!, score }));
  });
}
