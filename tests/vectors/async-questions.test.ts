// The asynchronous forms: the answers of the synchronous ones, an event loop that runs meanwhile, and a signal that
// stops them.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { type AnalogyQuestion, analogies, analogiesAsync } from '../../src/query/analogy.ts';
import { parseExpression } from '../../src/query/expression.ts';
import {
  nearest,
  nearestAsync,
  nearestExpressions,
  nearestExpressionsAsync,
  nearestWords,
  nearestWordsAsync,
} from '../../src/query/nearest.ts';
import { oddOneOut } from '../../src/query/odd-one-out.ts';
import { asyncQuestionsOf } from '../../src/query/questions.ts';
import { similarity } from '../../src/query/similarity.ts';
import type { SparseVectors } from '../../src/vectors/sparse-matrix.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { sparse } from '../count/dense.ts';

function denseOf(V: number, D: number): WordVectors {
  const random = createRandom(5);
  return {
    words: Array.from({ length: V }, (_, row) => `w${row}`),
    matrix: Float32Array.from({ length: V * D }, () => random.normal()),
    dimensions: D,
  };
}

function sparseOf(V: number, columns: number, share: number): SparseVectors {
  const random = createRandom(6);
  const rows = Array.from({ length: V }, () =>
    Array.from({ length: columns }, () => (random.float() < share ? random.float() : 0)),
  );
  return { words: rows.map((_, row) => `w${row}`), matrix: { ...sparse(rows), columns } };
}

const questions: AnalogyQuestion[] = Array.from({ length: 12 }, (_, at) => [`w${at}`, `w${at + 1}`, `w${at + 2}`]);
const words = questions.map(([a]) => a);
const sums = questions.map(([a, b, c]) => parseExpression(`${a} - ${b} + ${c}`));

describe.each([
  ['dense', denseOf(400, 20)],
  ['sparse', sparseOf(400, 60, 0.2)],
])('%s: the same answers', (_, vectors) => {
  const inTurns = asyncQuestionsOf(vectors);
  it('to all questions', async () => {
    expect(await inTurns.nearestWords(words, { k: 3 })).toEqual(nearestWords(vectors, words, { k: 3 }));
    expect(await inTurns.nearestExpressions(sums, { k: 3 })).toEqual(nearestExpressions(vectors, sums, { k: 3 }));
    for (const method of ['add', 'mul'] as const) {
      const options = { method, k: 4, restrictVocab: 100 };
      expect(await inTurns.analogies(questions, options)).toEqual(analogies(vectors, questions, options));
    }
    const pairs = questions.map(([a, b]): [string, string] => [a, b]);
    expect(await inTurns.similarities(pairs)).toEqual(pairs.map(([a, b]) => similarity(vectors, a, b)));
    expect(await inTurns.oddOnesOut(questions)).toEqual(questions.map((group) => oddOneOut(vectors, group)));
    const query = [Float64Array.from({ length: 20 }, (_, at) => at)];
    expect(await inTurns.nearestVectors?.(query)).toEqual(
      'dimensions' in vectors ? nearest(vectors, query) : undefined,
    );
  });

  it('or the same refusal', async () => {
    await expect(inTurns.nearestWords(['no such word'])).rejects.toMatchObject({ code: 'word-unknown' });
    await expect(inTurns.analogies(questions, { k: 0 })).rejects.toThrow('k is 0');
  });
});

it('as functions of the library', async () => {
  const vectors = denseOf(300, 8);
  const queries = [vectors.matrix.subarray(0, 8)];
  expect(await nearestAsync(vectors, queries)).toEqual(nearest(vectors, queries));
  expect(await nearestWordsAsync(vectors, words)).toEqual(nearestWords(vectors, words));
  expect(await nearestExpressionsAsync(vectors, sums)).toEqual(nearestExpressions(vectors, sums));
  expect(await analogiesAsync(vectors, questions)).toEqual(analogies(vectors, questions));
});

it('thousands of questions have the answers of each alone', () => {
  const vectors = denseOf(2500, 4);
  const threes = vectors.words.map(
    (word, at): AnalogyQuestion => [word, `w${(7 * at) % 2500}`, `w${(11 * at) % 2500}`],
  );
  const all = analogies(vectors, threes, { k: 2 });
  const expressions = threes.map(([a, b, c]) => parseExpression(`${b} - ${a} + ${c}`));
  const neighbors = nearestExpressions(vectors, expressions, { k: 2 });
  for (const at of [0, 1, 1023, 1024, 1500, 2047, 2048, 2499]) {
    expect(all[at]).toEqual(analogies(vectors, [threes[at]], { k: 2 })[0]);
    expect(neighbors[at]).toEqual(nearestExpressions(vectors, [expressions[at]], { k: 2 })[0]);
  }
  expect([all.length, neighbors.length]).toEqual([2500, 2500]);
});

/** Milliseconds at most between two turns of the event loop while `work` goes on, and how it ended after the signal. */
async function stopped(work: (signal: AbortSignal) => Promise<unknown>): Promise<{ widest: number; late: number }> {
  const controller = new AbortController();
  let last = performance.now();
  let widest = 0;
  const ticks = setInterval(() => {
    widest = Math.max(widest, performance.now() - last);
    last = performance.now();
  }, 1);
  let asked = 0;
  setTimeout(() => {
    asked = performance.now();
    controller.abort();
  }, 100);
  await expect(work(controller.signal)).rejects.toMatchObject({ code: 'interrupted' });
  clearInterval(ticks);
  return { widest, late: performance.now() - asked };
}

describe('a long question lets the event loop run and stops at the signal', () => {
  const dense = denseOf(40_000, 50);
  const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`);
  const threes = many.map((word): AnalogyQuestion => [word, 'w3', 'w5']);
  const rows = sparseOf(2000, 200, 0.5);
  const few = rows.words.map((word): AnalogyQuestion => [word, 'w3', 'w5']);
  // Alike to the last bit: nothing can be decided by the compiled screening, all is left to doubles.
  const same = { ...dense, matrix: new Float32Array(dense.matrix.length).fill(0.5) };
  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['nearest', (signal) => nearestWordsAsync(dense, many, { signal })],
    ['nearest, undecided', (signal) => nearestWordsAsync(same, many.slice(0, 1000), { signal })],
    ['3CosAdd', (signal) => analogiesAsync(dense, threes, { signal })],
    ['3CosMul', (signal) => analogiesAsync(dense, threes, { method: 'mul', signal })],
    ['sparse nearest', (signal) => asyncQuestionsOf(rows).nearestWords(rows.words, { signal })],
    ['sparse 3CosAdd', (signal) => asyncQuestionsOf(rows).analogies(few, { signal })],
    ['sparse 3CosMul', (signal) => asyncQuestionsOf(rows).analogies(few, { method: 'mul', signal })],
  ])('%s', async (_, work) => {
    const { widest, late } = await stopped(work);
    expect(widest).toBeLessThan(3000);
    expect(late).toBeLessThan(3000);
  });
});
