import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { evaluateAnalogies } from '../../src/evaluate/analogy-scores.ts';
import type { AnalogyLine, AnalogySet } from '../../src/evaluate/read-analogies.ts';
import { analogies } from '../../src/query/analogy.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import { oddOneOut } from '../../src/query/odd-one-out.ts';
import { similarity } from '../../src/query/similarity.ts';
import { sparse } from '../count/dense.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/count-route.json', import.meta.url), 'utf8'));
const words = Array.from({ length: 41 }, (_, i) => `w${i}`);
const rows: number[][] = [...golden.ppmi, new Array(40).fill(0)]; // the last word has an empty row
const matrix = { ...sparse(rows), columns: 40 };
const vectors = { words, matrix };
const asDense = { words, matrix: Float32Array.from(rows.flat()), dimensions: 40 };

it('gives the answers that the same rows give when they are dense', () => {
  const queries = ['w0', 'w7', 'w39'];
  for (const options of [{}, { k: 3 }, { k: 50, restrictVocab: 12 }]) {
    const expected = nearestWords(asDense, queries, options);
    const observed = nearestWords(vectors, queries, options);
    expect(observed.map((answers) => answers.map(({ word }) => word))).toEqual(
      expected.map((answers) => answers.map(({ word }) => word)),
    );
    observed.flat().forEach(({ similarity: found }, i) => {
      expect(found).toBeCloseTo(expected.flat()[i].similarity, 6);
    });
  }
  const question = [['w1', 'w2', 'w3']] as const;
  const [expected, observed] = [analogies(asDense, question)[0], analogies(vectors, question)[0]];
  expect(observed.map(({ word }) => word)).toEqual(expected.map(({ word }) => word));
  observed.forEach(({ score }, i) => {
    expect(score).toBeCloseTo(expected[i].score, 6);
  });
  expect(similarity(vectors, 'w1', 'w5')).toBeCloseTo(similarity(asDense, 'w1', 'w5')!, 6);
});

describe('3CosMul of sparse rows has one definition', () => {
  const random = createRandom(11);
  /** Rows of which most cosines are near 0, where the epsilon decides. */
  const rowsOf = (least: number) =>
    Array.from({ length: 300 }, () =>
      Array.from({ length: 80 }, () => (random.float() < 0.06 ? least + random.float() : 0)),
    );
  it.each([
    ['without negative values', rowsOf(0)],
    ['with negative ones', rowsOf(-0.3)],
  ])('%s: analogies and evaluateAnalogies agree', (_, values) => {
    const names = values.map((_row, i) => `w${i}`);
    const some = { words: names, matrix: { ...sparse(values), columns: 80 } };
    const questions = Array.from(
      { length: 200 },
      () => Array.from({ length: 3 }, () => names[random.below(300)]) as unknown as [string, string, string],
    ).filter((question) => new Set(question).size === 3);
    const answered = analogies(some, questions, { method: 'mul', k: 1 });
    const set: AnalogySet = {
      name: 'random',
      sections: [
        {
          name: 'all',
          questions: questions.map((question, i) => [...question, answered[i][0].word]) as AnalogyLine[],
        },
      ],
    };
    const [result] = finish(evaluateAnalogies(some, set, { methods: ['mul'], restrictVocab: 0 }));
    expect(result).toMatchObject({ used: questions.length, correct: questions.length });
  });

  it('as the formula says', () => {
    const [a, b, c] = [5, 7, 9];
    const cosine = (i: number, j: number) => similarity(vectors, `w${i}`, `w${j}`)!;
    const scores = words.map((_, d) => (cosine(d, b) * cosine(d, c)) / (cosine(d, a) + 0.01));
    for (const d of [a, b, c]) scores[d] = -1;
    const [answer] = analogies(vectors, [['w5', 'w7', 'w9']], { method: 'mul', k: 1 })[0];
    expect(answer!.word).toBe(`w${scores.indexOf(Math.max(...scores))}`);
    expect(answer!.score).toBeCloseTo(Math.max(...scores), 10);
  });
});

it('a row with NaN has no similarity and answers nothing', () => {
  const broken = {
    words: ['a', 'b', 'c'],
    matrix: {
      ...sparse([
        [1, 2],
        [1, Number.NaN],
        [2, 1],
      ]),
      columns: 2,
    },
  };
  expect(similarity(broken, 'a', 'b')).toBeUndefined();
  expect(nearestWords(broken, ['a', 'b'])).toEqual([[{ word: 'c', similarity: expect.closeTo(0.8, 12) }], []]);
  expect(() => oddOneOut(broken, ['a', 'b', 'c'])).toThrow('contains NaN or infinity');
});

it('knows an empty row', () => {
  expect(similarity(vectors, 'w40', 'w5')).toBe(0);
  expect(nearestWords(vectors, ['w40'])).toEqual([[]]);
});

it('names an unknown word and a wrong k', () => {
  expect(() => nearestWords({ ...vectors, source: 'ppmi.npz' }, ['nope'])).toThrow(
    "'nope' is not in the vocabulary of ppmi.npz (41 words)",
  );
  expect(() => nearestWords(vectors, ['w1'], { k: 0 })).toThrow('k is 0, expected a whole number of at least 1');
  for (const method of ['add', 'mul'] as const) {
    expect(() => analogies(vectors, [['w1', 'w2', 'w3']], { method, k: 0 })).toThrow('k is 0');
  }
});
