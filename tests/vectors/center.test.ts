import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { centerVectors } from '../../src/vectors/center.ts';
import { composeVector } from '../../src/vectors/subword-vectors.ts';
import { vectorOf, type WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc } from '../properties.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-center-'));
afterAll(() => rmSync(folder, { recursive: true }));
const model = fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url));
const { centeredFasttext: golden } = JSON.parse(
  readFileSync(new URL('../golden/combine.json', import.meta.url), 'utf8'),
) as { centeredFasttext: { mean: number[]; vectors: Record<string, number[]> } };

it('subtracts the mean of the rows from each, in a copy', () => {
  const vectors = { words: ['a', 'b'], matrix: Float32Array.of(1, 5, 3, -1), dimensions: 2, norms: {} };
  expect(centerVectors(vectors)).toEqual({
    words: ['a', 'b'],
    matrix: Float32Array.of(-1, 3, 1, -3),
    dimensions: 2,
  });
  expect([...vectors.matrix]).toEqual([1, 5, 3, -1]);
});

it('leaves rows with NaN or infinity out of the mean', () => {
  const matrix = Float32Array.of(1, 5, Number.NaN, 7, 3, -1, 9, Number.POSITIVE_INFINITY);
  const centered = centerVectors({ words: ['a', 'b', 'c', 'd'], matrix, dimensions: 2 });
  expect([...centered.matrix]).toEqual([-1, 3, Number.NaN, 5, 1, -3, 7, Number.POSITIVE_INFINITY]);
});

it('any vectors have the mean 0 afterwards', () => {
  const numbers = fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: 4, maxLength: 80 });
  fc.assert(
    fc.property(numbers, (values) => {
      const matrix = Float32Array.from(values.slice(0, values.length - (values.length % 4)));
      const words = Array.from({ length: matrix.length / 4 }, (_, row) => `w${row}`);
      const centered = centerVectors({ words, matrix, dimensions: 4 }).matrix;
      for (let column = 0; column < 4; column++) {
        let sum = 0;
        for (let row = 0; row < words.length; row++) sum += centered[row * 4 + column];
        expect(Math.abs(sum / words.length)).toBeLessThan(1e-4);
      }
    }),
  );
});

const near = (found: Float32Array, wanted: readonly number[]) => {
  for (const [at, value] of wanted.entries()) expect(Math.abs(found[at] - value)).toBeLessThan(1e-6);
};

it('a centered fastText model composes words as fastText does after the mean is taken from each row, and its file holds that', async () => {
  const centered = centerVectors(await loadVectors(model, { whole: true }));
  const path = join(folder, 'centered.bin');
  await saveVectors(path, centered);
  for (const vectors of [centered, await loadVectors(path)]) {
    for (const [word, wanted] of Object.entries(golden.vectors)) near(vectorOf(vectors, word), wanted);
  }
  expect(Object.keys(golden.vectors).length).toBeGreaterThan(centered.words.length);
});

it('a word of which training saw every n-gram moves by the mean, one of which it saw half by half of it', () => {
  const rules = { minn: 2, maxn: 2, bucket: 50 };
  const seen = Float32Array.from({ length: 2 * 50 }, (_, at) => Math.sin(at));
  const vectors: WordVectors = {
    words: ['ab', 'abc'],
    matrix: Float32Array.of(3, 1, 5, 2),
    dimensions: 2,
    subwords: { rules, matrix: seen },
  };
  const moved = (one: WordVectors, word: string) => {
    const [before, after] = [one, centerVectors(one)].map(({ subwords }) => composeVector(subwords!, word, 2)!);
    return [before[0] - after[0], before[1] - after[1]].map((value) => Number(value.toFixed(5)));
  };
  expect(moved(vectors, 'wxyz')).toEqual([4, 1.5]);
  // <w wx xy yz z>: the rows of every second of them are taken away
  const rows = Int32Array.from({ length: 50 }, (_, bucket) => bucket);
  const of = (word: string) => composeVector({ rules, matrix: new Float32Array(100).fill(1), rows }, word, 2)!;
  expect([...of('wxyz')]).toEqual([1, 1]);
  for (let bucket = 0; bucket < 50; bucket += 2) rows[bucket] = -1;
  const share = of('wxyz')[0];
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(1);
  const partly = { ...vectors, subwords: { rules, matrix: seen, rows } };
  expect(moved(partly, 'wxyz')).toEqual([4 * share, 1.5 * share].map((value) => Number(value.toFixed(5))));
});
