// The explorer's answers from vectors in memory: those of the queries, points of planes and axes against linear
// algebra.
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/explorer/answers.ts';
import { answersOf } from '../../src/explorer/answers-of.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { analogies } from '../../src/query/analogy.ts';
import { parseExpression } from '../../src/query/expression.ts';
import { nearestExpressions } from '../../src/query/nearest.ts';
import { cosine, similarity } from '../../src/query/similarity.ts';
import { rowOf, vectorOf, type WordVectors } from '../../src/vectors/word-vectors.ts';

const golden = fileURLToPath(new URL('../golden/vectors.txt', import.meta.url));
let vectors: WordVectors;
let answers: Answers;
beforeAll(async () => {
  vectors = await loadVectors(golden);
  answers = answersOf([{ vectors }]);
});

const unit = (word: string) => {
  const vector = Array.from(vectorOf(vectors, word));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const minus = (u: readonly number[], v: readonly number[]) => u.map((value, at) => value - v[at]);
const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, at) => sum + value * v[at], 0);

describe('nearest', () => {
  it.each(['king', 'king - man + woman', ' king '])('finds what the query finds, with rows: %s', async (query) => {
    const { neighbors, rows } = await answers.nearest(0, query, 5);
    const terms = parseExpression(query);
    const [expected] = nearestExpressions(vectors, [terms], { k: 5 });
    expect(neighbors.map(({ word, similarity }) => ({ word, similarity }))).toEqual(expected);
    expect(neighbors.map(({ row }) => vectors.words[row])).toEqual(neighbors.map(({ word }) => word));
    expect(rows).toEqual(terms.map(({ word }) => rowOf(vectors, word)));
  });

  it('takes a word as the text was prepared', async () => {
    const small = {
      words: ['new_york', '0000', 'a - b', 'other'],
      matrix: Float32Array.of(1, 0, 0, 1, 1, 1, 1, 2),
      dimensions: 2,
    };
    const own = answersOf([{ vectors: small, textForm: { digitsFolded: true } }]);
    expect((await own.nearest(0, 'New York', 2)).rows).toEqual([0]);
    expect((await own.nearest(0, '1984', 2)).rows).toEqual([1]);
    expect((await own.nearest(0, 'a - b', 2)).rows).toEqual([2]);
    expect((await own.nearest(0, 'New_York + 1984', 2)).rows).toEqual([0, 1]);
  });

  it.each([
    ['', 'usage', /empty/],
    ['kign', 'word-unknown', /'kign' is not in the vocabulary/],
    ['king -', 'usage', /not a sum of words/],
    ['king - king', 'usage', /cancel out/],
  ])('refuses %j', async (query, code, message) => {
    await expect(answers.nearest(0, query, 5)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('refuses vectors without a direction, a k of 0 and a file that is not there', async () => {
    const matrix = Float32Array.of(0, 0, Number.NaN, 1, 1, 1);
    const own = answersOf([{ vectors: { words: ['zero', 'nan', 'one'], matrix, dimensions: 2 } }]);
    await expect(own.nearest(0, 'zero', 1)).rejects.toThrow(/all zeros/);
    await expect(own.nearest(0, 'nan', 1)).rejects.toThrow(/NaN/);
    await expect(own.nearest(0, 'one', 0)).rejects.toMatchObject({ code: 'usage' });
    await expect(own.nearest(1, 'one', 1)).rejects.toMatchObject({ code: 'usage' });
    const pairs = [['nan', 'one'] as const, ['one', 'one'] as const];
    expect(await own.similarities(0, pairs)).toEqual([null, expect.closeTo(1, 12)]);
    expect(await own.axes(0, ['nan', 'zero', 'one'], ['one'])).toEqual({
      axes: ['one'],
      points: [
        { word: 'zero', at: [0] },
        { word: 'one', at: [expect.closeTo(1, 12)] },
      ],
      missing: ['nan'],
    });
  });

  it('stops when the signal fires', async () => {
    const stopped = answersOf([{ vectors }], AbortSignal.abort());
    await expect(stopped.nearest(0, 'king', 5)).rejects.toMatchObject({ code: 'interrupted' });
  });
});

it('an analogy lies in the plane of its three words, in which lengths and angles are true', async () => {
  const { answers: found, plane, query } = await answers.analogy(0, ['man', 'king', 'woman'], 3);
  expect(query).toEqual(['man', 'king', 'woman']);
  expect(found.map(({ word, score }) => ({ word, score }))).toEqual(
    analogies(vectors, [['man', 'king', 'woman']], { k: 3 })[0],
  );
  const [a, b, c] = ['man', 'king', 'woman'].map(unit) as [number[], number[], number[]];
  const length = Math.sqrt(dot(minus(b, a), minus(b, a)));
  const first = minus(b, a).map((value) => value / length);
  const rest = minus(
    minus(c, a),
    first.map((value) => value * dot(minus(c, a), first)),
  );
  const second = rest.map((value) => value / Math.sqrt(dot(rest, rest)));
  const at = (u: readonly number[]) => ({ x: dot(minus(u, a), first), y: dot(minus(u, a), second) });
  const close = (point: { x: number; y: number }, expected: { x: number; y: number }) => {
    expect(point.x).toBeCloseTo(expected.x, 6);
    expect(point.y).toBeCloseTo(expected.y, 6);
  };
  close(plane.a, { x: 0, y: 0 });
  close(plane.b, at(b));
  close(plane.c, at(c));
  close(plane.target, at(minus(c, minus(a, b))));
  for (const [place, { word }] of found.entries()) close(plane.answers[place], at(unit(word)));
});

it('a plane of words on a line has no second axis', async () => {
  const words = ['one', 'two', 'three', 'four'];
  const own = answersOf([{ vectors: { words, matrix: Float32Array.of(1, 0, 2, 0, 0, 1, 1, 1), dimensions: 2 } }]);
  const { plane } = await own.analogy(0, ['one', 'two', 'three'], 1);
  expect([plane.a, plane.b, plane.c].flatMap(({ x, y }) => [x, y]).every(Number.isFinite)).toBe(true);
  expect(plane.b).toEqual({ x: 0, y: 0 });
});

it('axes are cosines with words and with sums', async () => {
  const words = ['queen', 'nowhere', 'man'];
  const found = await answers.axes(0, words, ['king', 'woman - man']);
  const sum = minus(unit('woman'), unit('man'));
  expect(found.missing).toEqual(['nowhere']);
  expect(found.points.map(({ word }) => word)).toEqual(['queen', 'man']);
  for (const { word, at } of found.points) {
    expect(at[0]).toBeCloseTo(similarity(vectors, word, 'king')!, 6);
    expect(at[1]).toBeCloseTo(cosine(vectorOf(vectors, word), sum)!, 6);
  }
  await expect(answers.axes(0, words, ['king - king'])).rejects.toMatchObject({ code: 'usage' });
  await expect(answers.axes(0, words, ['kign'])).rejects.toMatchObject({ code: 'word-unknown' });
});

it('sparse vectors have the answers of the same dense ones', async () => {
  const { words, matrix, dimensions } = vectors;
  const V = words.length;
  const sparse = {
    words,
    matrix: {
      ...{ rows: V, columns: dimensions, starts: Float64Array.from({ length: V + 1 }, (_, row) => row * dimensions) },
      indices: Int32Array.from(matrix, (_, at) => at % dimensions),
      values: Float64Array.from(matrix),
    },
  };
  const own = answersOf([{ vectors: sparse }]);
  const wordsOf = async (from: Answers) =>
    (await from.nearest(0, 'king - man + woman', 4)).neighbors.map(({ word }) => word);
  expect(await wordsOf(own)).toEqual(await wordsOf(answers));
  const plane = async (from: Answers) => (await from.analogy(0, ['man', 'king', 'woman'], 2)).plane;
  expect((await plane(own)).c.y).toBeCloseTo((await plane(answers)).c.y, 6);
});

it('an association test gives the words without a vector by name', async () => {
  const targets = [
    ['king', 'man', 'nowhere'],
    ['queen', 'woman'],
  ] as const;
  const attributes = [
    ['whale', 'sea'],
    ['the', 'of'],
  ] as const;
  const { missing, used } = await answers.association(0, { targets, attributes });
  expect([missing, used.targets[0]]).toEqual([['nowhere'], ['king', 'man']]);
  const short = { targets: [['king'], ['queen', 'woman']], attributes } as const;
  await expect(answers.association(0, short)).rejects.toMatchObject({ code: 'usage' });
});
