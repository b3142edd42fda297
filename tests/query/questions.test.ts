import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { analogies } from '../../src/query/analogy.ts';
import { nearest, nearestExpressions, nearestWords } from '../../src/query/nearest.ts';
import { oddOneOut } from '../../src/query/odd-one-out.ts';
import { cosine, similarity } from '../../src/query/similarity.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

type Pairs = [word: string, score: number][];
interface Golden {
  nearest: { word: string; restrictVocab: number | null; neighbors: Pairs }[];
  similarity: { words: [string, string]; similarity: number }[];
  analogy: { question: [string, string, string]; restrictVocab: number | null; answers: Pairs }[];
}

describe('answers of gensim', () => {
  const url = (name: string) => new URL(`../golden/${name}`, import.meta.url);
  const golden: Golden = JSON.parse(readFileSync(url('vectors.json'), 'utf8'));
  let vectors: WordVectors;
  beforeAll(async () => {
    vectors = await loadVectors(fileURLToPath(url('vectors.bin')));
  });
  function expectSame(observed: Pairs, expected: Pairs): void {
    expect(observed.map(([word]) => word)).toEqual(expected.map(([word]) => word));
    for (const [at, [, score]] of observed.entries()) expect(score).toBeCloseTo(expected[at][1], 6);
  }

  test('nearest', () => {
    for (const { word, restrictVocab, neighbors } of golden.nearest) {
      const [found] = nearestWords(vectors, [word], { k: 7, restrictVocab: restrictVocab ?? 0 });
      expectSame(
        found!.map((neighbor) => [neighbor.word, neighbor.similarity]),
        neighbors,
      );
    }
  });
  test('many queries at once are answered as each alone', () => {
    const words = vectors.words.slice(0, 11);
    expect(nearestWords(vectors, words)).toEqual(words.map((word) => nearestWords(vectors, [word])[0]));
  });
  test('similarity', () => {
    for (const { words, similarity: expected } of golden.similarity) {
      expect(similarity(vectors, ...words)).toBeCloseTo(expected, 6);
    }
  });
  test('analogy', () => {
    for (const { question, restrictVocab, answers } of golden.analogy) {
      const found = analogies(vectors, [question], { k: 6, restrictVocab: restrictVocab ?? 0 })[0];
      expectSame(
        found.map((answer) => [answer.word, answer.score]),
        answers,
      );
    }
    expect(analogies(vectors, [['man', 'king', 'woman']], { k: 1 })[0][0].word).toBe('queen');
    expect(analogies(vectors, [['man', 'king', 'woman']])[0]).toHaveLength(5);
  });
});

const number = fc
  .oneof(
    { weight: 8, arbitrary: fc.float({ min: -2, max: 2, noNaN: true }) },
    fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, 3.4e38, 1e-45),
  )
  .map(Math.fround);
const anyVectors = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, dimensions]) =>
    fc.array(number, { minLength: rows * dimensions, maxLength: rows * dimensions }).map(
      (values): WordVectors => ({
        words: Array.from({ length: rows }, (_, row) => `w${row}`),
        matrix: Float32Array.from(values),
        dimensions,
      }),
    ),
  );

test('the same as sorting all similarities, ties in the order of the file, and never NaN', () => {
  fc.assert(
    fc.property(
      anyVectors,
      fc.integer({ min: 1, max: 12 }),
      fc.nat(45),
      fc.nat(),
      (vectors, k, restrictVocab, pick) => {
        const row = pick % vectors.words.length;
        const at = (index: number) =>
          vectors.matrix.subarray(index * vectors.dimensions, (index + 1) * vectors.dimensions);
        const query = at(row);
        const answers = vectors.words
          .slice(0, restrictVocab || undefined)
          .map((word, index) => ({ word, similarity: cosine(query, at(index)), index }))
          .filter((answer) => answer.similarity !== undefined && answer.index !== row)
          .sort((a, b) => b.similarity! - a.similarity! || a.index - b.index)
          .slice(0, k);
        const found = nearest(vectors, [query], { k, restrictVocab, exclude: [[row]] })[0];
        const directed = query.some((value) => value !== 0) && query.every(Number.isFinite);
        expect(found).toHaveLength(directed ? answers.length : 0);
        for (const [place, { word, similarity: score }] of found.entries()) {
          expect(score).toBeGreaterThanOrEqual(-1);
          expect(score).toBeLessThanOrEqual(1);
          expect(score).toBeCloseTo(answers[place].similarity!, 12);
          // Sums in another order may differ in the last bits, and so may the order of all but equal words.
          expect(cosine(query, at(vectors.words.indexOf(word)))).toBeCloseTo(score, 12);
        }
      },
    ),
    { numRuns: runs(500) },
  );
});

test('equal similarities come in the order of the file, over several blocks of rows', () => {
  const rows = 70_000;
  const matrix = new Float32Array(rows).fill(2);
  matrix[0] = -1;
  matrix[69_999] = 1;
  const vectors = { words: Array.from({ length: rows }, (_, row) => `w${row}`), matrix, dimensions: 1 };
  const [up, down] = nearest(vectors, [[1], [-5]], { k: 3, exclude: [[1, 2]] });
  expect(up).toEqual([3, 4, 5].map((row) => ({ word: `w${row}`, similarity: 1 })));
  expect(down![0]).toEqual({ word: 'w0', similarity: 1 });
});

test('zeros are similar to nothing; NaN answers nothing', () => {
  const vectors = {
    words: ['x', 'zero', 'nan', 'minus'],
    matrix: Float32Array.of(1, 0, 0, 0, Number.NaN, 1, -1, 0),
    dimensions: 2,
  };
  expect(nearestWords(vectors, ['x', 'zero', 'nan'])).toEqual([
    [
      { word: 'zero', similarity: 0 },
      { word: 'minus', similarity: -1 },
    ],
    [],
    [],
  ]);
  expect(similarity(vectors, 'x', 'zero')).toBe(0);
  expect(similarity(vectors, 'zero', 'zero')).toBe(0);
  expect(similarity(vectors, 'x', 'nan')).toBe(undefined);
  expect(analogies(vectors, [['nan', 'x', 'zero']])).toEqual([[]]);
  expect(analogies(vectors, [['x', 'x', 'zero']])).toEqual([[]]);
});

test('what cannot be asked', () => {
  const vectors = { words: ['a'], matrix: Float32Array.of(1, 2), dimensions: 2 };
  expect(() => nearest(vectors, [[1, 2]], { k: 0 })).toThrow('k is 0, expected a whole number of at least 1');
  expect(() => nearest(vectors, [[1, 2, 3]])).toThrow('a query vector has 3 numbers, expected 2');
  expect(nearest(vectors, [])).toEqual([]);
  expect(() => nearest(vectors, [[1, 2]], { restrictVocab: -1 })).toThrow('restrictVocab is -1');
  for (const method of ['add', 'mul'] as const) {
    expect(() => analogies(vectors, [['a', 'a', 'a']], { method, k: 0 })).toThrow('k is 0');
  }
});

test('misuse is told as such, and what was expected', () => {
  const vectors = { words: ['a', 'b'], matrix: Float32Array.of(1, 2, 3, 4), dimensions: 2 };
  const any = (value: unknown) => value as never;
  const misuses: [() => unknown, string][] = [
    [() => nearestWords(vectors, any('a')), 'words is a string, expected an array of words'],
    [() => nearestWords(vectors, any([1])), 'a word is 1, expected a string'],
    [() => nearestWords(vectors, any(undefined)), 'words is undefined, expected an array of words'],
    [() => nearest(vectors, any(Float32Array.of(1, 2))), 'queries is Float32Array, expected an array of vectors'],
    [() => nearest(vectors, any([1, 2])), 'a query vector is 1, expected 2 numbers'],
    [() => nearestExpressions(vectors, any('a - b')), 'expressions is a string, expected an array of expressions'],
    [() => nearestExpressions(vectors, any(['a - b'])), '"a - b" is not an expression'],
    [() => analogies(vectors, any(['a', 'b', 'a'])), 'the question "a", expected three words'],
    [() => analogies(vectors, [['a', 'b', 'a']], { method: any('div') }), "the method 'div', expected 'add' or 'mul'"],
    [() => oddOneOut(vectors, any('a')), 'words is a string, expected an array of words'],
  ];
  for (const [misuse, message] of misuses) {
    expect(misuse).toThrow(W2vError);
    expect(misuse).toThrow(message);
  }
});

test('a query has the same answer, to the last bit, alone and in company', () => {
  fc.assert(
    fc.property(anyVectors, (vectors) => {
      const { words, matrix, dimensions } = vectors;
      const queries = words.map((_, row) => matrix.subarray(row * dimensions, (row + 1) * dimensions));
      const alone = queries.map((query) => nearest(vectors, [query], { k: 5 })[0]);
      expect(nearest(vectors, queries, { k: 5 })).toEqual(alone);
    }),
  );
});
