import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDefaults } from '../../src/base/defaults.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { loadSparseVectors } from '../../src/formats/npz.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

// The built command: counting runs on worker threads, which are processes of built files.
let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-count-'));
  text = path.join(folder, 'text.txt');
  const animals = ['cat', 'dog', 'horse', 'cow'];
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `the ${animals[i % 4]} eats and sleeps near the old house number${i % 50}`,
  );
  await writeFile(text, `${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (name: string) => path.join(folder, name);
const seconds = (...stages: string[]) => Object.fromEntries(stages.map((stage) => [stage, expect.any(Number)]));

describe('svd', () => {
  it('writes vectors and a manifest, tells of both, and the vectors answer', async () => {
    const output = file('vectors.bin');
    const { code, stdout, stderr } = await spawnW2v(['count', text, '-o', output, '--dim', '16', '--json']);
    expect([code, stderr.match(/error:.*/)]).toEqual([0, null]);
    const told = JSON.parse(stdout);
    expect(told).toEqual({
      command: 'count',
      engine: 'wasm',
      model: 'svd',
      method: 'svd',
      vocabulary: 61,
      tokens: 10_000,
      epochs: 1,
      loss: null,
      nonzeros: expect.any(Number),
      keptShare: expect.any(Number),
      wordsPerSecond: expect.any(Number),
      seconds: seconds('read', 'count', 'ppmi', 'svd', 'write', 'total'),
      output,
      dropped: nothingDropped,
      cleaned: null,
      joined: null,
    });
    expect(told.nonzeros).toBeGreaterThan(61);
    expect(told.keptShare).toBeGreaterThan(0.1);
    expect(told.keptShare).toBeLessThanOrEqual(1);
    expect(stderr).toMatch(/^Counted [\d,]+ cells in .* s$/m);
    expect(stderr).toMatch(/^PPMI: [\d,]+ of them above 0, in .* s$/m);
    expect(stderr).toMatch(/^SVD to 16 dimensions keeps \d+\.\d % of the squared norm, in .* s$/m);
    const tried = /Wrote .*vectors\.bin \(61 words x 16\)\. Try: w2v (nearest .* \S+)\n$/.exec(stderr)?.[1];
    expect((await spawnW2v(tried!.split(' '))).code).toBe(0);
    const manifest = JSON.parse(await readFile(`${output}.json`, 'utf8'));
    const { memory, dim: _, ...defaults } = countDefaults;
    expect(manifest).toMatchObject({
      command: 'count',
      route: 'count',
      seed: 1,
      vocabulary: 61,
      dimensions: 16,
      tokens: 10_000,
      lossByEpoch: [],
      keptShare: told.keptShare,
      nonzeros: told.nonzeros,
      options: { ...defaults, method: 'svd', dim: 16, memory, tokenizer: 'words', minCount: 5 },
      corpus: { files: [text], lines: 1000 },
      seconds: seconds('read', 'count', 'ppmi', 'svd'),
    });
    expect(manifest.singularValues).toHaveLength(16);
  });

  it('gives the same file for a seed whatever the threads and the memory', async () => {
    const outputs = [
      ['one.bin', '--threads', '1'],
      ['two.bin', '--threads', '2', '--memory', '40MB'],
    ].map(([name, ...more]) => ['count', text, '-o', file(name!), '--dim', '8', '--quiet', ...more]);
    for (const args of outputs) expect(await spawnW2v(args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readFile(file('one.bin'))).toEqual(await readFile(file('two.bin')));
  });

  it('--center subtracts the mean, which the manifest has; a sparse matrix has none', async () => {
    for (const [name, more] of [
      ['plain.bin', []],
      ['centered.bin', ['--center']],
    ] as const) {
      expect(await spawnW2v(['count', text, '-o', file(name), '--dim', '8', '--quiet', ...more])).toMatchObject({
        code: 0,
      });
    }
    const [plain, centered] = await Promise.all(['plain.bin', 'centered.bin'].map((name) => loadVectors(file(name))));
    const { mean, options } = JSON.parse(await readFile(file('centered.bin.json'), 'utf8'));
    expect(options.center).toBe(true);
    for (const [at, value] of centered.matrix.entries()) expect(value + mean[at % 8]).toBeCloseTo(plain.matrix[at], 6);
    for (let column = 0; column < 8; column++) {
      const sum = centered.words.reduce((so, _, row) => so + centered.matrix[8 * row + column], 0);
      expect(sum / centered.words.length).toBeCloseTo(0, 6);
    }
    const sparse = await runHere(['count', text, '-o', file('c.npz'), '--method', 'ppmi', '--center']);
    expect([sparse.code, sparse.stderr]).toEqual([
      2,
      expect.stringContaining('--center does not apply to --method ppmi'),
    ]);
  });

  it('writes text to standard output, and nothing else there', async () => {
    const { code, stdout, stderr } = await spawnW2v([
      'count',
      text,
      '-o',
      '-',
      '--dim',
      '4',
      '--quiet',
      '--add-context',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toBe('61 4');
    expect(stdout.trimEnd().split('\n')).toHaveLength(62);
  });
});

it.skipIf(process.platform === 'win32')('a device gets no manifest beside it', async () => {
  const args = ['count', text, '-o', '/dev/null', '--format', 'word2vec-text', '--dim', '4', '--quiet'];
  expect(await spawnW2v(args)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(existsSync('/dev/null.json')).toBe(false);
});

describe('sparse matrices', () => {
  it('counts are written with their words, exact', async () => {
    const output = file('counts.npz');
    const few = file('few.txt');
    await writeFile(few, 'a b a\nb c\n');
    const flat = ['--window', '1', '--weighting', 'flat', '--min-count', '1'];
    const args = ['count', few, '-o', output, '--method', 'counts', ...flat, '--json'];
    const { code, stdout, stderr } = await spawnW2v(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'count',
      method: 'counts',
      nonzeros: 4,
      seconds: seconds('read', 'count', 'ppmi', 'svd', 'write', 'total'),
      output,
    });
    expect(stderr).toContain(`Wrote ${output} (3 words, 4 nonzeros; the words in ${output}.words). Try: w2v nearest`);
    const { words, matrix } = await loadSparseVectors(output);
    expect(words).toEqual(['a', 'b', 'c']);
    const { starts, indices, values } = matrix;
    expect([starts, indices, values].map((part) => Array.from(part))).toEqual([
      [0, 1, 3, 4],
      [1, 0, 2, 1],
      [2, 2, 1, 1],
    ]);
    expect(JSON.parse(await readFile(`${output}.json`, 'utf8'))).toMatchObject({ dimensions: 3, cooccurrences: 4 });
  });

  it('a PPMI matrix answers the questions that vectors answer', async () => {
    const output = file('ppmi.npz');
    expect((await spawnW2v(['count', text, '-o', output, '--method', 'ppmi', '--quiet'])).code).toBe(0);
    const { code, stdout } = await runHere(['nearest', output, 'cat', 'old', '-k', '2', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { query: 'cat', neighbors: [1, 2].map(() => ({ word: expect.any(String), similarity: expect.any(Number) })) },
      { query: 'old', neighbors: [1, 2].map(() => ({ word: expect.any(String), similarity: expect.any(Number) })) },
    ]);
    const [{ neighbors }] = JSON.parse(stdout);
    const similarity = JSON.parse((await runHere(['similarity', output, 'cat', neighbors[0].word, '--json'])).stdout);
    expect(similarity).toEqual({
      words: ['cat', neighbors[0].word],
      similarity: expect.closeTo(neighbors[0].similarity),
    });
    const { answers } = JSON.parse(
      (await runHere(['analogy', output, 'cat', 'dog', 'cow', '-k', '3', '--json'])).stdout,
    );
    expect(answers).toHaveLength(3);
    const unknown = await runHere(['nearest', output, 'catt']);
    expect([unknown.code, unknown.stdout]).toEqual([5, '']);
    expect(unknown.stderr).toContain(`'catt' is not in the vocabulary of ${output} (61 words)\nhint: did you mean cat`);
  });

  it('says what is missing where the words are gone', async () => {
    const output = file('alone.npz');
    await spawnW2v(['count', text, '-o', output, '--method', 'counts', '--quiet']);
    await rm(`${output}.words`);
    const { code, stderr } = await runHere(['nearest', output, 'cat']);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `error: ${output} contains only numbers, and ${output}.words with its words does not exist`,
    );
  });
});

describe('errors', () => {
  it('more dimensions than words', async () => {
    const { code, stdout, stderr } = await spawnW2v(['count', text, '-o', file('wide.bin'), '--dim', '200']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'error: dim is 200, but a vocabulary of 61 words has at most 61 dimensions\nhint: give --dim 61 or less, or a longer text\n',
    );
  });

  it('a shift that leaves nothing', async () => {
    const { code, stderr } = await spawnW2v(['count', text, '-o', file('bare.bin'), '--dim', '8', '--shift', '1e6']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: .* above log 1000000: all \d+ cells are empty after the shift\nhint: give a smaller --shift$/m,
    );
  });

  it('too little memory, with the figure that is needed; and that figure is enough', async () => {
    const args = ['count', text, '-o', file('small.npz'), '--method', 'counts'];
    const { code, stderr } = await spawnW2v([...args, '--memory', '100kB']);
    expect(code).toBe(1);
    const found =
      /^error: counting 61 words needs at least (\S+ MB); the limit is 100 kB\nhint: give --memory (\d+MB), or/m;
    expect(stderr).toMatch(found);
    const [, , enough] = found.exec(stderr)!;
    expect((await spawnW2v([...args, '--memory', enough!])).code).toBe(0);
  });

  it('any of the outputs exists: nothing is read, nothing overwritten', async () => {
    for (const [name, ...more] of [['old.bin'], ['old.npz', '--method', 'ppmi']]) {
      for (const taken of [name!, `${name}.json`, ...(more.length > 0 ? [`${name}.words`] : [])]) {
        await writeFile(file(taken), 'mine');
        const { code, stderr } = await runHere(['count', file('unread.txt'), '-o', file(name!), ...more]);
        expect([taken, code]).toEqual([taken, 3]);
        expect(stderr).toContain(`${taken} already exists`);
        expect(await readFile(file(taken), 'utf8')).toBe('mine');
        await rm(file(taken));
      }
    }
  });

  it.each([
    ['-o a.bin --method ppmi', '-o a.bin: --method ppmi makes a sparse matrix, expected .npz'],
    [
      '-o a.npz --method counts --format word2vec-text',
      '--format word2vec-text: --method counts makes a sparse matrix',
    ],
    ['-o - --method ppmi --format npz', 'a sparse matrix and its words are two files'],
    ['-o a.npz', '-o a.npz: .npz holds sparse matrices, not the vectors of an SVD\nhint: end the name in .bin'],
    [
      '-o a.npz --method ppmi --eig 0',
      '--eig does not apply to --method ppmi\nhint: add --method svd, or leave --eig out',
    ],
    ['-o a.npz --method counts --shift 5', '--shift does not apply to --method counts\nhint: add --method ppmi'],
    ['-o a.bin --memory lots', '--memory lots: expected an amount of memory, such as 2GB, 500MB or 1.5GiB'],
    ['-o a.bin --method glove', '--method glove: expected svd, ppmi or counts'],
    ['-o - --json', '--json and -o - both go to standard output'],
  ])('misuse: %s', async (args, message) => {
    const { code, stdout, stderr } = await runHere(['count', text, ...args.split(' ')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error: ${message}`);
  });
});

it('the help shows every default', async () => {
  const { stdout } = await runHere(['count', '--help', '--all']);
  const options = stdout.slice(stdout.indexOf('Arguments:')).split(/\n {2}(?=-)/);
  const withoutDefault = options.slice(1).filter((option) => !/\(default:\s/.test(option));
  expect(withoutDefault.map((option) => option.match(/--[a-z-]+/)![0])).toEqual([
    '--output',
    '--json',
    '--quiet',
    '--tokenizer-module',
    '--vocab',
    '--on',
    '--help',
  ]);
  const textOf = (flag: string) => options.find((option) => option.startsWith(`${flag} `))!.replace(/\s+/g, ' ');
  for (const name of ['window', 'weighting', 'sample', 'cds', 'shift', 'eig', 'iterations', 'seed'] as const) {
    expect(textOf(`--${name}`)).toContain(`(default: ${countDefaults[name]})`);
  }
  expect(textOf('--memory')).toContain('(default: 2GB)');
});

describe('--temporary', () => {
  it.each([
    ['no-such-folder', 'the folder does not exist', 'create it, or name another folder'],
    ['text.txt', 'it is not a folder', 'name another folder'],
  ])('of train and count: %s', async (name, why, hint) => {
    for (const args of [
      ['count', '-o', file('t.bin')],
      ['train', '-o', file('t.bin'), '--engine', 'wasm'],
    ]) {
      const { code, stderr } = await runHere([...args, text, '--temporary', file(name)]);
      expect([args[0], code]).toEqual([args[0], 3]);
      expect(stderr).toContain(
        `error: the ids of the corpus (temporary) cannot be kept in ${file(name)}: ${why}\nhint: ${hint} for temporary files (--temporary)\n`,
      );
    }
  });

  it('is none of vocab, which keeps nothing on disk', async () => {
    const { code, stdout, stderr } = await spawnW2v(['vocab', text, '--max-vocab', '1', '--quiet'], {
      environment: { TMPDIR: file('no-such-folder') },
    });
    expect([code, stdout, stderr]).toEqual([0, 'the\t2000\n', '']);
  });
});

it('stopped by Ctrl-C it ends with 130 and leaves no file', async () => {
  const place = await mkdtemp(path.join(folder, 'stopped-'));
  const child = startW2v(['count', text, '-o', path.join(place, 'a.bin'), '--dim', '50', '--iterations', '1000']);
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
    if (stderr.includes('Read ') && !child.killed) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(stderr).toContain('Stopping...; press Ctrl-C again to quit\n');
  expect([code, stderr.slice(-9)]).toEqual([130, 'Stopped.\n']);
  expect(await readdir(place)).toEqual([]);
});
