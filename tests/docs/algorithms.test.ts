// The worked examples of docs/algorithms.md: what `w2v explain` shows of them, and the numbers in sentences.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepProbabilities } from '../../src/corpus/subsample.ts';
import { vocabularyOf } from '../../src/corpus/vocabulary.ts';
import { chapterNames } from '../../src/explain/chapters.ts';
import { analogies } from '../../src/query/analogy.ts';
import { type EmbedTextsOptions, embedTexts } from '../../src/texts/embed-texts.ts';
import { learningRateAt } from '../../src/train/schedule.ts';
import { runHere } from '../cli/run-w2v.ts';
import { commandsOf, missingLines, root } from './shown-commands.ts';

const text = readFileSync(join(root, 'docs/algorithms.md'), 'utf8');
const commands = commandsOf('docs/algorithms.md');

it('there are examples', () => {
  expect(commands.length).toBeGreaterThan(4);
});

it.each(commands)('$command', async ({ command, shown }) => {
  const [name, ...args] = command.split(' ');
  expect(name).toBe('w2v');
  const { code, stdout } = await runHere(args);
  expect(code).toBe(0);
  expect(missingLines(shown, stdout), stdout).toEqual([]);
});

it('every chapter it refers to exists', () => {
  const rows = [...text.matchAll(/\| `([a-z-]+)` \|$/gm)].map(([, chapter]) => chapter);
  const named = [...text.matchAll(/--chapter ([a-z-]+)/g)].map(([, chapter]) => chapter);
  expect(rows.length).toBeGreaterThan(5);
  for (const chapter of [...rows, ...named]) expect(chapterNames).toContain(chapter);
});

it('subsampling', () => {
  const vocabulary = { words: ['the', 'other'], counts: Float64Array.of(14_326, 495), total: 189_275 };
  const [the, other] = keepProbabilities(vocabulary as never, 1e-3);
  expect(text).toContain(`/ 75.7 = ${the!.toFixed(3)}\``);
  expect(other).toBe(1);
});

it('the learning rate', () => {
  expect(text).toContain('0.025 at the start, 0.0125 halfway,\n  0.0000025 at the end');
  const rates = [0, 1e6, 2e6].map((done) => learningRateAt(0.025, 1e-4, done, 2e6));
  [0.025, 0.0125, 0.0000025].forEach((rate, at) => {
    expect(rates[at]).toBeCloseTo(rate, 7);
  });
});

it('vectors of texts', async () => {
  const vectors = { words: ['the', 'sea', 'other'], matrix: Float32Array.of(1, 0, 1.2, 1.6, 0, 1), dimensions: 2 };
  const vocabulary = vocabularyOf(vectors.words, Float64Array.of(50, 1, 949));
  const rounded = async (options: EmbedTextsOptions) =>
    [...(await embedTexts(vectors, ['the sea'], options)).matrix].map((value) => Number(value.toFixed(2)));
  expect(await rounded({})).toEqual([0.8, 0.4]);
  const sif = { pooling: 'sif', vocabulary } as const;
  expect(await rounded({ ...sif, removeComponents: 0 })).toEqual([0.31, 0.4]);
  expect(await rounded({ ...sif, components: Float64Array.of(1, 0) })).toEqual([0, 0.4]);
  expect(text).toContain('(0.8, 0.4)');
  expect(text).toContain('(0.31, 0.4)');
  expect(text).toContain('(0, 0.4) remains');
});

it('3CosAdd and 3CosMul', () => {
  const matrix = Float32Array.of(1, 0, 0.8, 0.6, 0, 1, -0.6, 0.8);
  const vectors = { words: ['a', 'b', 'c', 'd'], matrix, dimensions: 2 };
  const scoreBy = (method: 'add' | 'mul') => analogies(vectors, [['a', 'b', 'c']], { method })[0][0];
  expect(scoreBy('add')).toMatchObject({ word: 'd', score: expect.closeTo(1.4 / Math.hypot(-0.2, 1.6), 5) });
  expect(scoreBy('mul')).toMatchObject({ word: 'd', score: expect.closeTo(2.25, 4) });
});
