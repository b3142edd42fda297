// 3CosMul, the odd one out and sums of words against gensim (tests/golden/make-questions.py).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadedVectors } from '../../src/formats/format.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { type AnalogyQuestion, analogies } from '../../src/query/analogy.ts';
import { parseExpression } from '../../src/query/expression.ts';
import { nearestExpressions } from '../../src/query/nearest.ts';
import { oddOneOut } from '../../src/query/odd-one-out.ts';

const golden = new URL('../golden/questions.json', import.meta.url);
const gensim = JSON.parse(readFileSync(golden, 'utf8')) as {
  mul: { question: AnalogyQuestion; restrictVocab: number | null; answers: [string, number][] }[];
  odd: { words: string[]; ranks: [string, number][]; odd: string }[];
  sums: { query: string; neighbors: [string, number][] }[];
};
let vectors: LoadedVectors;
beforeAll(async () => {
  vectors = await loadVectors(fileURLToPath(new URL('../golden/vectors.bin', import.meta.url)));
});

test.each(gensim.mul)('3CosMul: $question within $restrictVocab', ({ question, restrictVocab, answers }) => {
  const found = analogies(vectors, [question], { method: 'mul', k: 6, restrictVocab: restrictVocab ?? 0 })[0];
  expect(found.map(({ word }) => word)).toEqual(answers.map(([word]) => word));
  found.forEach(({ score }, at) => {
    expect(score).toBeCloseTo(answers[at][1], 5);
  });
});

test.each(gensim.odd)('odd one of $words', ({ words, ranks, odd }) => {
  const found = oddOneOut(vectors, words);
  expect(found[0].word).toBe(odd);
  expect(found.map(({ word }) => word)).toEqual(ranks.map(([word]) => word));
  found.forEach(({ similarity }, at) => {
    expect(similarity).toBeCloseTo(ranks[at][1], 5);
  });
});

test('an odd one needs three words that have a direction', () => {
  expect(() => oddOneOut(vectors, ['king', 'queen'])).toThrow('2 words, expected at least three');
  const broken = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, Number.NaN, 2), dimensions: 1 };
  expect(() => oddOneOut(broken, ['a', 'b', 'c'])).toThrow('a vector of these words contains NaN or infinity');
});

test.each(gensim.sums)('nearest to $query', ({ query, neighbors }) => {
  const found = nearestExpressions(vectors, [parseExpression(query)], { k: 7 })[0];
  expect(found.map(({ word }) => word)).toEqual(neighbors.map(([word]) => word));
  found.forEach(({ similarity }, at) => {
    expect(similarity).toBeCloseTo(neighbors[at][1], 5);
  });
});

describe('parseExpression', () => {
  const term = (word: string, sign = 1) => ({ word, sign });
  test.each([
    ['king', [term('king')]],
    [' king ', [term('king')]],
    ['new york', [term('new york')]],
    ['co-operate', [term('co-operate')]],
    ['c++', [term('c++')]],
    ['-', [term('-')]],
    ['king - man + woman', [term('king'), term('man', -1), term('woman')]],
    ['- man + woman', [term('man', -1), term('woman')]],
    ['a  -\tb', [term('a'), term('b', -1)]],
  ])('%s', (text, terms) => {
    expect(parseExpression(text)).toEqual(terms);
  });

  test.each(['king -', 'king - - man', 'king man + woman', '+ +', 'a + b c'])('%s is refused', (text) => {
    expect(() => parseExpression(text)).toThrow(
      `'${text}' is not a sum of words, expected words with ' + ' or ' - ' between them`,
    );
  });
});
