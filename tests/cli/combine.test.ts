// w2v combine: files of several formats as one, its manifest, and what it refuses.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { readManifest } from '../../src/formats/manifest.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { combineVectors } from '../../src/vectors/combine.ts';
import { aManifest } from '../formats/a-manifest.ts';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-combine-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const model = fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url));

const rows = (words: string[], dimensions: number) => ({
  words,
  matrix: Float32Array.from({ length: words.length * dimensions }, (_, place) => Math.sin(place * 1.7 + dimensions)),
  dimensions,
});
const one = rows(['sea', 'ship', 'alone', 'whale', 'captain'], 3);
const other = rows(['whale', 'The', 'captain', 'Sea', 'sea', 'ship', 'never', 'asked'], 5);
const common = ['sea', 'ship', 'whale', 'captain'];

beforeAll(async () => {
  const manifest = {
    ...aManifest,
    vocabulary: 5,
    dimensions: 3,
    counts: [9, 8, 7, 6, 5],
    options: { keepCase: true, window: 5 },
  };
  await saveVectors(at('one.bin'), one, { manifest });
  await saveVectors(at('other.txt'), other);
});

const combine = (...args: string[]) => runHere(['combine', ...args]);

it('joins the words that both files have, in the order of the first, and says how many', async () => {
  const { code, stdout, stderr } = await combine(
    at('one.bin'),
    at('other.txt'),
    '-o',
    at('both.bin'),
    '--weights',
    '1',
    '.5',
  );
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(
    /^4 words in common \(.*\)\nWrote .*both\.bin \(4 words x 8\)\. Try: w2v nearest .*both\.bin whale\n$/,
  );
  const both = await loadVectors(at('both.bin'));
  const { words, matrix } = await combineVectors([one, other], { weights: [1, 0.5] });
  expect([both.words, both.matrix]).toEqual([words, matrix]);
  expect(words).toEqual(common);
});

it('the manifest says what it was made of, with counts and the writing of the words of the first', async () => {
  const made = await readManifest(at('both.bin'));
  const sha256 = (name: string) =>
    createHash('sha256')
      .update(readFileSync(at(name)))
      .digest('hex');
  expect(made).toMatchObject({
    ...{ command: 'combine', route: 'combined', vocabulary: 4, dimensions: 8, counts: [9, 8, 6, 5] },
    options: { keepCase: true, weights: [1, 0.5], dim: null },
    combined: {
      parts: [
        { file: at('one.bin'), sha256: sha256('one.bin'), weight: 1, dimensions: 3 },
        { file: at('other.txt'), sha256: sha256('other.txt'), weight: 0.5, dimensions: 5 },
      ],
    },
  });
  expect(made!.options).not.toHaveProperty('window');
  const { stdout } = await runHere(['info', at('both.bin')]);
  expect(stdout).toMatch(/^from +.*one\.bin x 1, .*other\.txt x 0\.5$/m);
  const { code, stderr } = await runHere(['predict', at('both.bin'), '--context', 'sea ? ship']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('was combined from several vectors')]);
});

it('reduces to --dim, and prints JSON', async () => {
  const { code, stdout } = await combine(
    at('one.bin'),
    at('other.txt'),
    '-o',
    at('less.vec'),
    '--dim',
    '2',
    '--json',
    '--quiet',
  );
  expect(code).toBe(0);
  const { keptShare, matrix } = await combineVectors([one, other], { dim: 2 });
  expect(JSON.parse(stdout)).toMatchObject({ vocabulary: 4, dimensions: 2, keptShare, format: 'word2vec-text' });
  expect((await loadVectors(at('less.vec'))).matrix).toEqual(matrix);
});

it('takes weights with commas, a large file first, and any format; a model lends the vectors of its words', async () => {
  const mine = rows(['is', 'sea', 'unknown', 'кит'], 3);
  for (const name of ['mine.npy', 'mine.parquet', 'mine.txt', 'mine.bin.gz', 'mine.safetensors']) {
    await saveVectors(at(name), mine);
    const { code, stdout } = await combine(model, at(name), '-o', '-', '--weights', '2,1', '--quiet');
    expect([name, code]).toEqual([name, 0]);
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['3', 'sea', 'is', 'кит', '']);
  }
  await combine(model, at('mine.bin.gz'), '-o', at('counted.bin'), '--quiet');
  const { counts } = await loadVectors(model);
  const rowsOfModel = (await loadVectors(model)).words;
  const wanted = ['sea', 'is', 'кит'].map((word) => counts![rowsOfModel.indexOf(word)]);
  expect((await readManifest(at('counted.bin')))!.counts).toEqual(wanted);
});

it('reads one of the files from standard input', async () => {
  const stdin = readFileSync(at('other.txt'), 'utf8');
  const { code, stdout } = await runHere(['combine', at('one.bin'), '-', '-o', '-', '--quiet'], { stdin });
  expect([code, stdout.split('\n')[0]]).toEqual([0, '4 8']);
});

describe('refuses', () => {
  const output = () => ['-o', at('refused.bin')];

  it.each([
    [2, ['one.bin'], [], /^error: 1 part to combine, expected two or more\nhint: name at least two/],
    [
      2,
      ['one.bin', 'other.txt'],
      ['--weights', '1'],
      /^error: 1 weights for 2 vectors, expected one for each\nhint: give --weights/,
    ],
    [2, ['one.bin', 'other.txt'], ['--weights', '1', '0'], /^error: --weights 0: expected a number above 0/],
    [2, ['one.bin', 'other.txt'], ['--weights', '1,x'], /^error: --weights x: expected a number above 0/],
    [2, ['one.bin', 'other.txt'], ['--dim', '0'], /^error: --dim 0: expected a whole number, 1 or more/],
    [2, ['one.bin', 'other.txt'], ['--dim', '9'], /^error: dim is 9: expected a whole number from 1 to 8/],
    [
      1,
      ['one.bin', 'other.txt'],
      ['--memory', '50'],
      /^error: combining 4 words x 8 dimensions takes .*\nhint: allow more \(--memory\)/,
    ],
    [3, ['one.bin', 'missing.bin'], [], /^error: .*missing\.bin does not exist/],
    [3, ['one.bin', 'a-folder'], [], /^error: .*a-folder is a folder/],
    [
      5,
      ['one.bin', 'upper.txt'],
      [],
      /^error: no word is in all of them: .*one\.bin, .*upper\.txt\nhint: words must be written the same/,
    ],
  ])('with exit code %i: %j %j', async (code, files, options, message) => {
    mkdirSync(at('a-folder'), { recursive: true });
    writeFileSync(at('upper.txt'), '2 2\nSEA 1 2\nSHIP 2 1\n');
    const outcome = await combine(...files.map(at), ...output(), ...options);
    expect([outcome.code, outcome.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(existsSync(at('refused.bin'))).toBe(false);
  });

  it('an output that is an input or exists, and no output', async () => {
    const input = await combine(at('one.bin'), at('other.txt'), '-o', at('one.bin'), '--force');
    expect([input.code, input.stderr]).toEqual([2, expect.stringContaining('one.bin')]);
    writeFileSync(at('there.bin'), '');
    expect((await combine(at('one.bin'), at('other.txt'), '-o', at('there.bin'))).code).toBe(3);
    expect((await combine(at('one.bin'), at('other.txt'))).code).toBe(2);
  });
});
