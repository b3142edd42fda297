// w2v train: what it says of a training, and of a text that cannot be trained on.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const text = write('text.txt', 'the cat sat on the mat and the dog sat on the rug\n'.repeat(80));
const train = (corpus: string, name: string, ...options: string[]) =>
  runHere(['train', corpus, '-o', join(folder, name), '--engine', 'wasm', '--threads', '1', ...options]);

it('says once, on stderr, that a text is too small for its settings, and what to try', async () => {
  const { code, stdout, stderr } = await train(text, 'few.bin');
  expect([code, stdout]).toEqual([0, '']);
  const line = '1,040 words x 5 epochs are too few for useful vectors. Try --epochs 200, or w2v count';
  expect(stderr.split('\n').filter((told) => told === line)).toHaveLength(1);
});

it('has no such line with --quiet, nor where the advice was taken', async () => {
  const quiet = await train(text, 'quiet.bin', '--quiet');
  expect([quiet.code, quiet.stderr]).toEqual([0, '']);
  const followed = await train(text, 'followed.bin', '--epochs', '200', '--dim', '4');
  expect(followed.code).toBe(0);
  expect(followed.stderr).not.toContain('too few');
});

it.each([
  ['one word a line', 'one\ntwo\nthree\n', [], 'no line has two kept words'],
  ['one word', 'the the the', [], 'the vocabulary has one word, and nothing to tell it from'],
  ['subsampling', 'a b c d', ['--sample', '1e-12'], 'subsampling with threshold 1e-12 keeps about 0 of 4 words'],
])('trains on nothing with an error and no file: %s', async (name, words, options, why) => {
  const before = readdirSync(folder);
  const corpus = write(`${name}.txt`, words);
  const { code, stderr } = await train(corpus, `${name}.bin`, '--min-count', '1', ...options);
  expect(code).toBe(3);
  expect(stderr).toContain(`error: there is nothing to learn from: ${why}`);
  expect(readdirSync(folder)).toEqual([...before, `${name}.txt`].sort());
});
