// A question to a binary file that is not loaded has the answer of the loaded one, to the last bit, or none.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { parseExpression } from '../../src/query/expression.ts';
import { nearestExpressions } from '../../src/query/nearest.ts';
import { nearestInFile } from '../../src/query/nearest-in-file.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { fc, runs } from '../properties.ts';

const { path, file } = temporaryFolder();
const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));

function randomVectors(V: number, D: number, seed: number): WordVectors {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: V * D }, () => random.normal());
  return { words: Array.from({ length: V }, (_, row) => (row % 3 ? `w${row}` : `wörd${row}`)), matrix, dimensions: D };
}

const cases = fc.record({
  V: fc.integer({ min: 4, max: 300 }),
  D: fc.integer({ min: 1, max: 37 }),
  k: fc.integer({ min: 1, max: 12 }),
  restrictVocab: fc.integer({ min: 0, max: 300 }),
  seed: fc.nat(),
  format: fc.constantFrom('word2vec-binary', 'word2vec-binary-plain'),
});

test('all shapes, with line feeds and without', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ V, D, k, restrictVocab, seed, format }) => {
      const vectors = randomVectors(V, D, seed);
      await saveVectors(path('any.bin'), vectors, { format, force: true });
      const asked = [`w1`, `w2 - wörd3`, `wörd0 + w1 - w2`].map(parseExpression);
      const answers = await nearestInFile(path('any.bin'), asked, { k, restrictVocab, smallest: 0 });
      if (answers === undefined) return;
      answered++;
      expect(answers).toEqual(nearestExpressions(vectors, asked, { k, restrictVocab }));
    }),
    { numRuns: runs(60) },
  );
  expect(answered).toBeGreaterThan(runs(60) / 2);
});

test('a file of several chunks', async () => {
  const vectors = randomVectors(9000, 150, 3);
  await saveVectors(path('large.bin'), vectors);
  const asked = ['w8999', 'w4 - w7'].map(parseExpression);
  const seen: number[] = [];
  const answers = await nearestInFile(path('large.bin'), asked, {
    k: 10,
    smallest: 0,
    onProgress: ({ done }) => seen.push(done),
  });
  expect(answers).toEqual(nearestExpressions(vectors, asked, { k: 10 }));
  expect(seen).toEqual([expect.any(Number)]);
  expect(await nearestInFile(path('large.bin'), asked, { k: 10 })).toBeUndefined();
});

test('rows that each beat all before them: those that fall out of the best are forgotten, the answers are not', async () => {
  const V = 20_000;
  const angle = (row: number) => (Math.PI * (V - row)) / V;
  const matrix = Float32Array.from({ length: 2 * V }, (_, at) => (at % 2 ? Math.sin : Math.cos)(angle(at >> 1)));
  const vectors = { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: 2 };
  await saveVectors(path('rising.bin'), vectors);
  const asked = [`w${V - 1}`, `w${V - 1} - w0`].map(parseExpression);
  const answers = await nearestInFile(path('rising.bin'), asked, { k: 5, smallest: 0 });
  expect(answers).toEqual(nearestExpressions(vectors, asked, { k: 5 }));
});

test('k is checked as elsewhere, and may be more than there are', async () => {
  const vectors = randomVectors(40, 4, 2);
  await saveVectors(path('few.bin'), vectors);
  const asked = [parseExpression('w1')];
  await expect(nearestInFile(path('few.bin'), asked, { k: 0, smallest: 0 })).rejects.toThrow('k is 0');
  const answers = await nearestInFile(path('few.bin'), asked, { k: 1e6, smallest: 0 });
  expect(answers).toEqual(nearestExpressions(vectors, asked, { k: 1e6 }));
});

describe('left to loadVectors', () => {
  const random = randomVectors(60, 8, 9);
  const ask = (name: string, word = 'w1') => nearestInFile(name, [parseExpression(word)], { k: 3, smallest: 0 });
  const saved = async (change: (vectors: WordVectors) => unknown) => {
    const vectors = { ...random, words: [...random.words], matrix: random.matrix.slice() };
    change(vectors);
    await saveVectors(path('odd.bin'), vectors, { force: true });
    return path('odd.bin');
  };

  test.each<[string, (vectors: WordVectors) => unknown]>([
    ['a row of zeros', ({ matrix }) => matrix.fill(0, 80, 88)],
    ['NaN', ({ matrix }) => matrix.fill(Number.NaN, 80, 81)],
    [
      'a word twice, which may answer',
      ({ words }) => words.splice(5, 55, ...words.slice(5, 6), ...new Array(54).fill('w4')),
    ],
    ['rows that are all alike', ({ matrix }) => matrix.fill(0.5)],
  ])('%s', async (_, change) => {
    expect(await ask(await saved(change))).toBeUndefined();
  });

  test('an unknown word, another format, a file that is cut, too long or not there', async () => {
    const whole = await saved(() => undefined);
    expect(await ask(whole)).toHaveLength(1);
    expect(await ask(whole, 'nowhere')).toBeUndefined();
    expect(await ask(golden('vectors.txt'), 'king')).toBeUndefined();
    expect(await ask(golden('formats/float32.npy'), 'king')).toBeUndefined();
    expect(await ask(path('none.bin'))).toBeUndefined();
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(whole);
    expect(await ask(file('cut.bin', bytes.subarray(0, -3)))).toBeUndefined();
    expect(await ask(file('long.bin', Buffer.concat([bytes, Buffer.from('more')])))).toBeUndefined();
    const vectors = await loadVectors(whole);
    expect(vectors.words).toEqual(random.words);
  });
});

test('a packed file is left to loadVectors, whole or damaged, and nothing of it stays open', async () => {
  const packed = gzipSync(readFileSync(golden('vectors.bin')));
  const asked = [parseExpression('king')];
  for (const bytes of [packed, packed.subarray(0, 100), packed.subarray(0, 2), gzipSync(randomBytes(3 << 20))]) {
    const name = file('packed.bin.gz', bytes);
    expect(await nearestInFile(name, asked, { k: 2, smallest: 0 })).toBeUndefined();
  }
});
