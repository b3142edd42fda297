// w2v train --subwords, and questions about words that the text lacks.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { vectorOf } from '../../src/vectors/word-vectors.ts';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = join(folder, 'text.txt');
const model = join(folder, 'model.bin');
writeFileSync(
  text,
  'the whale and the whaling ship\nthe sea and the seas of whales\na king and kings of the sea\n'.repeat(60),
);
const pairs = join(folder, 'pairs.tsv');
writeFileSync(pairs, 'whale\twhaling\t9\nWhalers\tship\t7\nkingly\tkings\t8\nsea\tseas\t9\n');
const train = (output: string, ...options: string[]) =>
  runHere(['train', text, '-o', output, '--threads', '1', '--dim', '8', '--buckets', '50000', ...options]);

it('writes a fastText model to .bin, and only the vocabulary to other formats, which it says', async () => {
  const { code, stderr } = await train(model, '--subwords', '3..5');
  expect([code, stderr]).toEqual([0, expect.stringContaining('Trained skipgram with subwords 3..5 on wasm')]);
  expect(stderr).not.toContain('the vocabulary alone');
  expect((await runHere(['info', model])).stdout).toMatch(/format +fasttext\n[\s\S]*subwords +3\.\.5\n/);
  const alone = await train(join(folder, 'alone.vec'), '--subwords', '3..5');
  expect(alone.stderr).toContain('alone.vec has vectors only for the words of the vocabulary');
});

it('--center takes the mean from every word, and from the words that are composed', async () => {
  const centered = join(folder, 'centered.bin');
  expect((await train(centered, '--subwords', '3..5', '--center')).code).toBe(0);
  const { mean } = JSON.parse(readFileSync(`${centered}.json`, 'utf8')) as { mean: number[] };
  const [before, after] = await Promise.all([model, centered].map((file) => loadVectors(file, { whole: true })));
  for (const [at, value] of after.matrix.entries()) expect(value + mean[at % 8]).toBeCloseTo(before.matrix[at], 6);
  for (let column = 0; column < 8; column++) {
    const sum = after.words.reduce((so, _, row) => so + after.matrix[8 * row + column], 0);
    expect(sum / after.words.length).toBeCloseTo(0, 7);
  }
  const composed = [before, after].map((vectors) => vectorOf(vectors, 'whalers')); // by the share of n-grams seen
  const moved = composed[0].map((value, at) => value - composed[1][at]);
  for (const [at, value] of moved.entries()) expect(Math.abs(value)).toBeLessThanOrEqual(Math.abs(mean[at]) + 1e-6);
  expect(moved.some((value) => Math.abs(value) > 0.01)).toBe(true);
  expect(after.subwords!.trained!.output).toEqual(before.subwords!.trained!.output);
});

describe('questions', () => {
  it('about unseen words are answered, and the answers say that they are composed', async () => {
    const vector = JSON.parse((await runHere(['vector', model, 'whale', 'whalers', '--json'])).stdout);
    expect(vector.map(({ composed }: { composed: boolean }) => composed)).toEqual([false, true]);
    const nearest = await runHere(['nearest', model, 'whalers', 'whale', '-k', '1']);
    expect(nearest.stdout).toContain('whalers (not in the vocabulary, composed of n-grams: whalers)\n  ');
    expect(nearest.stdout).toContain('\nwhale\n  ');
    const json = JSON.parse((await runHere(['nearest', model, 'whalers', 'whale', '-k', '1', '--json'])).stdout);
    expect(json.map(({ composed }: { composed?: string[] }) => composed)).toEqual([['whalers'], undefined]);
    const similarity = await runHere(['similarity', model, 'whalers', 'whale']);
    expect(similarity.code).toBe(0);
    expect(similarity.stderr).toBe("Not in the vocabulary: 'whalers'; the vector is composed of its n-grams\n");
    const odd = await runHere(['odd', model, 'whalers', 'whaleship', 'kings', '--json']);
    expect(JSON.parse(odd.stdout).composed).toEqual(['whalers', 'whaleship']);
    const analogy = await runHere(['analogy', model, 'whale', 'whalers', 'king', '--json']);
    expect(JSON.parse(analogy.stdout).composed).toEqual(['whalers']);
  });

  it('about a word in another case suggest the word instead of composing one', async () => {
    const { code, stderr } = await runHere(['nearest', model, 'Whale']);
    expect([code, stderr]).toEqual([5, expect.stringContaining('did you mean whale')]);
  });

  it('count the words that evaluate composes', async () => {
    const { stdout } = await runHere(['evaluate', model, '--pairs', pairs, '--json']);
    expect(JSON.parse(stdout)[0]).toMatchObject({ composedWords: 2, pairs: [{ used: 4, total: 4 }] });
    const { stderr } = await runHere(['evaluate', model, '--pairs', pairs]);
    expect(stderr).toContain('vectors of 2 words in the pairs composed from n-grams');
  });
});

it.each([
  [['--subwords', '6..3'], "subwords is '6..3': expected MIN..MAX"],
  [['--subwords', 'a..b'], "subwords is 'a..b': expected MIN..MAX"],
  [['--subwords', ''], "subwords is '': expected MIN..MAX"],
  [[], '--buckets applies to --best or --subwords'],
  [['--subwords', '3..6', '--engine', 'tensorflow'], 'the TensorFlow engine has no subwords'],
  [
    ['--subwords', '3..6', '--init-vectors', model],
    '--subwords cannot be used with --init-vectors: its n-grams have no vectors',
  ],
  [['--subwords', '3..6', '--loss', 'hs'], 'subwords are trained with the loss ns, not hs'],
])('%o is refused before anything is read', async (options, message) => {
  const before = readdirSync(folder);
  const { code, stderr } = await train(join(folder, 'none.bin'), ...options);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`error: ${message}`)]);
  expect(stderr).not.toContain('Read ');
  expect(readdirSync(folder)).toEqual(before);
});

it('the format of whole models is refused where there is none', async () => {
  const output = join(folder, 'none.bin');
  const { code, stderr } = await runHere(['train', text, '-o', output, '--format', 'fasttext']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--format fasttext stores vectors with subwords')]);
});

it.each(['count', 'embed'])('%s, which never has a whole model, does not offer their format', async (command) => {
  const { code, stderr } = await runHere([command, text, '-o', join(folder, 'none.bin'), '--format', 'fasttext']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--format fasttext: expected npy, ')]);
  expect((await runHere([command, '--help', '--all'])).stdout).not.toContain('fasttext');
  expect(readdirSync(folder).filter((name) => name.includes('none'))).toEqual([]);
});
