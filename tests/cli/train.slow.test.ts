// w2v train: what it says of a training, and of a text that cannot be trained on.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { treeOfLabels } from '../../src/corpus/huffman.ts';
import type { Manifest } from '../../src/formats/manifest.ts';
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
  const line = '1,040 words x 10 epochs are too few for useful vectors. Try --epochs 200, or w2v count';
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

describe('--tensorboard', () => {
  const board = join(folder, 'board');
  const events = () => readdirSync(board).filter((name) => name.startsWith('events.out.tfevents.'));

  it('writes the curves, and the vectors for the projector', async () => {
    const { code, stderr } = await train(text, 'board.vec', '--tensorboard', board);
    expect(code).toBe(0);
    expect(stderr).toContain(`View the training: tensorboard --logdir ${board}`);
    const curves = readFileSync(join(board, events()[0]), 'latin1');
    expect(curves).toContain('loss_by_epoch'); // so short a training may end before its first report
    const rows = readFileSync(join(folder, 'board.vec'), 'utf8').split('\n').slice(1, -1);
    const words = readFileSync(join(board, 'metadata.tsv'), 'utf8').split('\n').slice(0, -1);
    const numbers = readFileSync(join(board, 'vectors.tsv'), 'utf8').split('\n').slice(0, -1);
    expect(words.map((word, row) => `${word} ${numbers[row].replaceAll('\t', ' ')}`)).toEqual(rows);
    expect(readFileSync(join(board, 'projector_config.pbtxt'), 'utf8')).toContain('tensor_path: "vectors.tsv"');
  });

  it('refuses vectors that are there, before it trains and without a new log', async () => {
    const before = events();
    const { code, stderr } = await train(text, 'second.vec', '--tensorboard', board);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`${join(board, 'vectors.tsv')} already exists`)]);
    expect(events()).toEqual(before);
    expect((await train(text, 'second.vec', '--tensorboard', board, '--force')).code).toBe(0);
    expect(events()).toHaveLength(before.length + 1);
  });

  it('refuses standard output, before anything is written', async () => {
    const { code, stdout, stderr } = await runHere(['train', text, '-o', '-', '--tensorboard', '-']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--tensorboard cannot go to standard output');
    expect(readdirSync('.')).not.toContain('-');
  });

  it('refuses a file in the place of the folder', async () => {
    const { code, stderr } = await train(text, 'third.vec', '--tensorboard', text);
    expect([code, stderr]).toEqual([3, expect.stringContaining('text.txt is not a folder')]);
    expect(readdirSync(folder)).not.toContain('third.vec');
  });
});

it('a pasted line says which defaults it has from its program, and trains by them', async () => {
  const output = join(folder, 'pasted.vec');
  const line = ['skipgram', '-input', text, '-output', output, '-dim', '4', '-epoch', '1', '-bucket', '100'];
  const { code, stderr } = await runHere([...line, '-minn', '3']);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^As fastText does without these options: --lr 0\.05 /)]);
  expect(manifestOf('pasted.vec').options).toMatchObject({ learningRate: 0.05, sample: 1e-4, subwords: '3..6' });
  const quiet = await runHere([...line, '-minn', '3', '--force', '-verbose', '0']);
  expect([quiet.code, quiet.stderr]).toEqual([0, '']);
});

it('threads that race are told once, in the manifest and in the JSON document; one thread and --deterministic are not', async () => {
  const notice = /^Not repeatable: .*--deterministic.*$/gm;
  for (const [options, repeatable] of [
    [['--threads', '2'], false],
    [['--threads', '2', '--deterministic'], true],
    [['--threads', '1'], true],
  ] as const) {
    const { stdout, stderr } = await train(text, 'raced.vec', '--dim', '4', '--json', '--force', ...options);
    expect(stderr.match(notice)?.length ?? 0).toBe(repeatable ? 0 : 1);
    expect([JSON.parse(stdout).repeatable, manifestOf('raced.vec').repeatable]).toEqual([repeatable, repeatable]);
  }
});

describe('--loss', () => {
  it.each(['hs', 'softmax'])('%s is in the manifest, the summary, the JSON document and info', async (loss) => {
    const { code, stdout, stderr } = await train(text, `${loss}.vec`, '--loss', loss, '--dim', '4', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ lossFunction: loss, engine: 'wasm', loss: expect.any(Number) });
    expect(stderr).toContain(`Trained skipgram with ${loss} on wasm`);
    expect(manifestOf(`${loss}.vec`).options).toMatchObject({ loss });
    const about = await runHere(['info', join(folder, `${loss}.vec`)]);
    expect(about.stdout).toContain(`skipgram, loss ${loss}`);
  });

  it('hs writes the rows of the inner nodes, which name the tree', async () => {
    const output = join(folder, 'nodes.vec');
    const { code, stderr } = await train(text, 'words.vec', '--loss', 'hs', '--dim', '4', '--save-output', output);
    expect(code).toBe(0);
    expect(stderr).toContain(`Wrote ${output} (the vectors of the inner nodes of the Huffman tree)`);
    const rows = readFileSync(output, 'utf8').trim().split('\n');
    const words = readFileSync(join(folder, 'words.vec'), 'utf8').trim().split('\n');
    expect(rows.length).toBe(words.length - 1);
    expect(treeOfLabels(rows.slice(1).map((row) => row.split(' ', 1)[0])).words).toBe(words.length - 1);
  });

  it('hs has no use for --negative, and takes the portable engine by itself', async () => {
    const given = ['train', text, '-o', join(folder, 'auto.vec'), '--loss', 'hs', '--dim', '4'];
    const { code, stderr } = await runHere([...given, '--negative', '5']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--negative does not apply to --loss hs')]);
    expect((await runHere([...given, '--negative', '0'])).stderr).toContain('Engine: wasm (the loss hs needs it)');
  });

  it('softmax refuses a vocabulary beyond its limit, with other losses to take', async () => {
    const large = write('large.txt', Array.from({ length: 20_001 }, (_, i) => `w${i}`).join(' '));
    const { code, stderr } = await train(large, 'large.vec', '--loss', 'softmax', '--min-count', '1');
    expect(code).toBe(2);
    expect(stderr).toContain('the softmax over all words takes at most 20,000 words: the vocabulary has 20,001');
    expect(stderr).toContain('hint: give --loss hs or --loss ns');
  });

  it.each(['hs', 'softmax'])('%s trains on two words', async (loss) => {
    const two = write('two.txt', 'yes no\n'.repeat(50));
    const { code, stderr } = await train(two, `two-${loss}.vec`, '--loss', loss, '--dim', '4', '--sample', '0');
    expect(code).toBe(0);
    expect(stderr).toMatch(/, loss 0\.\d{3}/);
  });
});

describe('--init', () => {
  it('records in the manifest how training started', async () => {
    const { code } = await train(text, 'he.vec', '--init', 'he', '--init-scale', '0.5', '--dim', '4');
    expect(code).toBe(0);
    expect(manifestOf('he.vec').options).toMatchObject({ init: 'he', initScale: 0.5 });
    await train(text, 'plain.vec', '--dim', '4');
    expect(manifestOf('plain.vec').options).toMatchObject({ init: 'uniform', initScale: 0.125 });
  });

  it('zeros is a training that learns nothing, and says so', async () => {
    const { code, stderr } = await train(text, 'zeros.vec', '--init', 'zeros', '--dim', '4');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'Nothing was learned: with zeros in both matrices every gradient is 0. Try --init uniform\n',
    );
    expect(stderr).not.toContain('too few');
  });
});

describe('--init-vectors', () => {
  const start = write('start.vec', '3 2\nthe 1 2\ncat -0.5 0.25\nunicorn 9 9\n');
  const from = (name: string, ...options: string[]) => train(text, name, '--dim', '2', '--init-vectors', ...options);

  it('starts the words of the file there, keeps them with --freeze, and says how many', async () => {
    const { code, stdout, stderr } = await from('kept.vec', start, '--freeze', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain(`Started 2 of 8 words from ${start}, and froze their vectors\n`);
    const started = { file: start, words: 2, frozen: true, new: 6, kept: 0, lost: 1 };
    expect(JSON.parse(stdout).initVectors).toEqual(started);
    expect(manifestOf('kept.vec').initVectors).toEqual(started);
    const lines = readFileSync(join(folder, 'kept.vec'), 'utf8').split('\n');
    expect(lines).toContain('the 1.0 2.0');
    expect(lines).toContain('cat -0.5 0.25');
  });

  it('lets them move without it', async () => {
    const { code, stderr } = await from('moved.vec', start);
    expect(code).toBe(0);
    expect(stderr).toContain(`Started 2 of 8 words from ${start}\n`);
    const lines = readFileSync(join(folder, 'moved.vec'), 'utf8').split('\n');
    expect(lines).not.toContain('the 1.0 2.0');
  });

  it.each([
    ['no file', join(folder, 'none.vec'), [], 3, 'none.vec does not exist'],
    ['a folder', folder, [], 3, 'is a folder'],
    ['an empty file', write('empty.vec', ''), [], 3, 'empty'],
    ['a text', text, [], 3, text],
    ['binary data', write('noise.bin', '\x00\x07\xff\x01\x00'.repeat(99)), [], 3, 'noise.bin: the file begins with'],
    ['a cut file', write('cut.vec', '3 2\nthe 1 2\ncat 1'), [], 3, 'the header says 3 words x 2 numbers'],
    ['a damaged number', write('damaged.vec', '2 2\nthe 1 2\ncat 1 x\n'), [], 3, 'damaged.vec:3: '],
    ['other dimensions', start, ['--dim', '3'], 2, 'start.vec has vectors of 2 dimensions, the training has 3'],
    ['no common word', write('far.vec', '1 2\nunicorn 1 2\n'), [], 2, 'none of the 8 words of the vocabulary is in'],
    ['NaN', write('nan.vec', '1 2\nthe nan 1\n'), [], 3, "the vector of 'the' holds NaN or infinity"],
    ['the output', join(folder, 'trouble.vec'), ['--force'], 3, 'does not exist'],
  ])('an error and no file: %s', async (_, file, options, code, message) => {
    const before = readdirSync(folder);
    const result = await from('trouble.vec', file, ...options);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toMatch(/\nhint: /);
    expect(result.code).toBe(code);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('--center would move what --freeze keeps', async () => {
    const { code, stderr } = await from('frozen.vec', start, '--freeze', '--center');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--center cannot be used with --freeze')]);
  });

  it('--freeze needs it', async () => {
    const { code, stderr } = await train(text, 'frozen.vec', '--freeze');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'error: --freeze applies to --init-vectors\nhint: name the vectors to keep: --init-vectors FILE',
    );
  });
});

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

it('says what auto has taken, and what word2vec takes', async () => {
  const line = (await train(text, 'auto.bin')).stderr.split('\n').find((told) => told.startsWith('Training:'));
  expect(line).toBe('Training: 10 epochs at 0.05 (1,040 words; as word2vec: --epochs 5 --lr 0.025)');
  const given = await train(text, 'given.bin', '--epochs', '5');
  expect(given.stderr).not.toContain('Training:');
  const same = await train(text, 'same.bin', '--epochs', '5', '--lr', '0.025');
  expect(same.code).toBe(0);
  expect(readFileSync(join(folder, 'same.bin'))).toEqual(readFileSync(join(folder, 'given.bin')));
});

it('refuses epochs and learning rates that are neither in range nor auto', async () => {
  const { code, stderr } = await train(text, 'wrong.bin', '--lr', 'automatic');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('--lr automatic: expected a number from 1e-9 to 10, or auto'),
  ]);
  expect((await train(text, 'wrong.bin', '--epochs', '0')).code).toBe(2);
});

it('resumes a training whose epochs are auto', async () => {
  const checkpoint = ['--checkpoint', join(folder, 'saved')];
  expect((await train(text, 'first.bin', ...checkpoint)).code).toBe(0);
  const again = await train(text, 'again.bin', '--resume', join(folder, 'saved'));
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('Resumed after 10 epochs of 10')]);
  expect(readFileSync(join(folder, 'again.bin'))).toEqual(readFileSync(join(folder, 'first.bin')));
});
