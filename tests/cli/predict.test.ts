// w2v predict: the missing word by the two matrices of a training, and what can be wrong with them.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const training = ['--engine', 'wasm', '--threads', '1', '--dim', '8', '--sample', '0', '--epochs', '60', '--force'];
const train = (name: string, ...options: string[]) =>
  runHere(['train', at('text.txt'), '-o', at(name), ...training, ...options, '--quiet']);
const predict = (name: string, context: string, ...options: string[]) =>
  runHere(['predict', at(name), '--context', context, ...options]);

beforeAll(async () => {
  writeFileSync(at('text.txt'), 'you say goodbye and I say hello\n'.repeat(150));
  mkdirSync(at('sub'));
  await train('v.bin', '--model', 'cbow', '--window', '1', '--save-output', at('sub/o.vec'));
  await train('alone.bin');
  await train('other.bin', '--save-output', at('other.out.bin'), '--seed', '2');
  writeFileSync(at('plain.vec'), readFileSync(at('sub/o.vec')));
});

describe('with both matrices of a training', () => {
  it('prints the likeliest words, and on stderr what is computed', async () => {
    const { code, stdout, stderr } = await predict('v.bin', 'you ? goodbye', '-k', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^say +[01]\.\d{4}\n\S+ +\S+\n$/);
    expect(stderr).toBe(
      'Softmax over the dot products of the mean of 2 context vectors with all output vectors; ' +
        'not calibrated, as negative sampling trains no distribution\n',
    );
  });

  it('leaves out unknown words and words beyond the window of the training, and says so', async () => {
    const { code, stdout, stderr } = await predict('v.bin', 'Well, I say ? Hello', '-k', '1', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain("Left out, not in the vocabulary: 'Well'\n");
    expect(stderr).toContain("Left out, outside the window of 1 word: 'i'\n");
    expect(JSON.parse(stdout)).toMatchObject({
      words: ['say', 'hello'],
      unknown: ['Well'],
      tooFar: ['i'],
      model: 'cbow',
      lossFunction: 'ns',
      calibrated: false,
      predictions: [{ word: expect.any(String), probability: expect.any(Number) }],
    });
  });

  it('predicts the same where the vectors were centered', async () => {
    const options = ['--model', 'cbow', '--window', '1', '--center', '--save-output', at('centered.out.vec')];
    await train('centered.bin', ...options);
    const { mean, options: noted } = JSON.parse(readFileSync(at('centered.bin.json'), 'utf8'));
    expect([mean.length, noted.center]).toEqual([8, true]);
    expect(readFileSync(at('centered.out.vec'))).toEqual(readFileSync(at('sub/o.vec')));
    const [plain, centered] = await Promise.all(
      ['v.bin', 'centered.bin'].map((name) => predict(name, 'you ? goodbye', '--json')),
    );
    const chances = ({ stdout }: { stdout: string }) => JSON.parse(stdout).predictions;
    for (const [at, { word, probability }] of chances(plain).entries()) {
      expect(chances(centered)[at]).toEqual({ word, probability: expect.closeTo(probability, 5) });
    }
  });

  it('--tsv and --quiet print the words alone', async () => {
    const { stdout, stderr } = await predict('v.bin', 'foo you ? goodbye', '-k', '6', '--tsv', '--quiet');
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^say\t(1|0\.\d+)$/);
    expect(lines.reduce((sum, line) => sum + Number(line.split('\t')[1]), 0)).toBeCloseTo(1, 12);
  });

  it('finds the second matrix where the manifest says, also after both moved together', async () => {
    mkdirSync(at('moved/sub'), { recursive: true });
    for (const name of ['v.bin', 'v.bin.json', 'sub/o.vec']) copyFileSync(at(name), at(join('moved', name)));
    const moved = await predict('moved/v.bin', 'you ? goodbye', '--json');
    expect(moved.stdout).toBe((await predict('v.bin', 'you ? goodbye', '--json')).stdout);
  });

  it('takes it in another format, and pairs without a manifest', async () => {
    await runHere(['convert', at('sub/o.vec'), at('o.npy'), '--force', '--quiet']);
    const asked = ['you ? goodbye', '--tsv', '--quiet', '--output-vectors'] as const;
    const expected = (await predict('v.bin', ...asked, at('sub/o.vec'))).stdout;
    expect((await predict('v.bin', ...asked, at('o.npy'))).stdout).toBe(expected);
    copyFileSync(at('v.bin'), at('bare.bin'));
    expect((await predict('bare.bin', ...asked, at('sub/o.vec'))).stdout).toBe(expected);
  });
});

describe.each(['hs', 'softmax'])('after training with --loss %s', (loss) => {
  it.each([
    ['cbow', 'Hierarchical softmax: decisions along the tree, from the mean of 2 context vectors'],
    [
      'skipgram',
      'Hierarchical softmax: decisions along the tree, mean of the log-probabilities over the context words',
    ],
  ])('%s: the word, calibrated, and what is computed', async (model, tree) => {
    await train('loss.bin', '--loss', loss, '--model', model, '--window', '1', '--save-output', at('loss.out.bin'));
    const { code, stdout, stderr } = await predict('loss.bin', 'you ? goodbye', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      model,
      lossFunction: loss,
      calibrated: true,
      predictions: [{ word: 'say' }, {}, {}, {}, {}, {}],
    });
    const sum = answer.predictions.reduce((all: number, one: { probability: number }) => all + one.probability, 0);
    expect(sum).toBeCloseTo(1, 9);
    expect(stderr).toBe('');
    const softmax = 'Softmax over the dot products of the mean of 2 context vectors with all output vectors';
    expect((await predict('loss.bin', 'you ? goodbye')).stderr).toBe(`${loss === 'hs' ? tree : softmax}\n`);
  });
});

describe('an error without an answer:', () => {
  const again = (name: string) =>
    new RegExp(`hint: train again as before, with --force --save-output \\S+${name}\\.out\\.bin`);

  it.each([
    ['no output matrix', 'alone.bin', [], 2, /trained without --save-output/, again('alone')],
    ['no manifest', 'plain.vec', [], 2, /plain\.vec has no manifest/, /hint: w2v train CORPUS/],
    ['the matrix of another training', 'v.bin', ['--output-vectors', at('other.out.bin')], 2, /its hash/, again('v')],
    ['the vectors twice', 'v.bin', ['--output-vectors', at('v.bin')], 2, /its hash/, again('v')],
    ['a missing file', 'none.bin', ['--output-vectors', at('v.bin')], 3, /none\.bin does not exist/, /hint: /],
    ['a missing second file', 'v.bin', ['--output-vectors', at('none.bin')], 3, /none\.bin does not exist/, /hint: /],
    ['a folder', 'sub', ['--output-vectors', at('v.bin')], 3, /is a folder/, /hint: /],
    ['a text', 'text.txt', ['--output-vectors', at('v.bin')], 3, /text\.txt/, /hint: /],
    [
      'standard input twice',
      '-',
      ['--output-vectors', '-'],
      2,
      /cannot be both the vectors and --output-vectors/,
      /hint: /,
    ],
  ])('%s', async (_, name, options, code, message, hint) => {
    const file = name === '-' ? name : at(name);
    const result = await runHere(['predict', file, '--context', 'you ? goodbye', ...options]);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).toMatch(hint);
  });

  it('the second file is gone', async () => {
    await train('lost.bin', '--save-output', at('lost.out.bin'));
    rmSync(at('lost.out.bin'));
    const { code, stderr } = await predict('lost.bin', 'you ? goodbye');
    expect(code).toBe(3);
    expect(stderr).toContain(`${at('lost.out.bin')}, the output matrix of ${at('lost.bin')}, does not exist`);
    expect(stderr).toMatch(again('lost'));
  });

  it.each(['../elsewhere.bin', '/etc/passwd', 'sub/../../elsewhere.bin'])(
    'a manifest that names a file outside the folder: %s',
    async (outside) => {
      await train('led.bin', '--save-output', at('led.out.bin'), '--force');
      const manifest = JSON.parse(readFileSync(at('led.bin.json'), 'utf8'));
      manifest.outputVectors.file = outside;
      writeFileSync(at('led.bin.json'), JSON.stringify(manifest));
      const { code, stdout, stderr } = await predict('led.bin', 'you ? goodbye');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/names \S+ as the output matrix, which is outside the folder of /);
      expect(stderr).toContain('hint: if you trust it, name it: --output-vectors FILE');
      expect((await predict('led.bin', 'you ? goodbye', '--output-vectors', at('led.out.bin'))).code).toBe(0);
    },
  );

  it('vectors that were counted', async () => {
    await runHere(['count', at('text.txt'), '-o', at('counted.bin'), '--dim', '2', '--quiet']);
    const { code, stderr } = await predict('counted.bin', 'you ? goodbye');
    expect(code).toBe(2);
    expect(stderr).toContain('was made by counting');
  });

  it('no known word: exit code 5', async () => {
    const { code, stdout, stderr } = await predict('v.bin', 'foo ? bar');
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toContain("'foo' is not in the vocabulary");
  });

  it.each(['you say', 'you ? ? say', '?'])('no place or no word, before any file is read: %s', async (context) => {
    const { code, stderr } = await predict('none.bin', context);
    expect(code).toBe(2);
    expect(stderr).toContain(`the context '${context}' has`);
  });

  it('no --context', async () => {
    const { code, stderr } = await runHere(['predict', at('v.bin')]);
    expect(code).toBe(2);
    expect(stderr).toContain("required option '--context <text>'");
  });
});
