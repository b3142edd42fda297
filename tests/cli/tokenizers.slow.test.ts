// The tokenizers on the command line: what the manifest says, checkpoints, questions, and mistakes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/formats/manifest.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const text = file('text.txt', '한국의 학교에서 The cat. 日本語を勉強する\n'.repeat(50));
const commas = file('commas.mjs', "export default (line) => line.replaceAll(' ', '_').split(',');");
const spaces = file('spaces.mjs', "export default (line) => line.split(' ');");
const failing = file('failing.mjs', "export default () => { throw new Error('no'); };");

const train = (output: string, ...options: string[]) =>
  runHere(['train', text, '-o', path(output), '--engine', 'wasm', '--dim', '4', '--threads', '1', ...options]);
const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(`${path(name)}.json`, 'utf8'));

describe('the manifest', () => {
  it.each([
    ['segmenter', ['--locale', 'JA'], { locale: 'ja' }],
    ['korean', ['--keep-case'], { package: expect.stringMatching(/^garu-ko \d/) }],
    ['jamo', [], {}],
  ] as const)('has the tokenizer %s and its settings', async (name, options, more) => {
    const { code, stderr } = await train(`${name}.bin`, '--tokenizer', name, ...options);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const manifest = manifestOf(`${name}.bin`);
    expect(manifest.options).toMatchObject({ tokenizer: name });
    expect(manifest.corpus.tokenizer).toEqual({ name, keepCase: options[0] === '--keep-case', ...more });
  });

  it("has one's own tokenizer with its hash", async () => {
    const { code } = await train('own.bin', '--tokenizer-module', spaces);
    expect(code).toBe(0);
    const { options, corpus } = manifestOf('own.bin');
    expect(options).toMatchObject({ tokenizerModule: spaces });
    expect(options).not.toHaveProperty('tokenizer');
    expect(corpus.tokenizer).toMatchObject({ name: 'module', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

it('questions find a syllable word among words in jamo', async () => {
  expect((await train('jamo.bin', '--tokenizer', 'jamo', '--force')).code).toBe(0);
  const { code, stdout } = await runHere(['similarity', path('jamo.bin'), '한국의', 'the', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ similarity: expect.any(Number) });
});

it('predict splits the context as the text was split', async () => {
  const both = ['--tokenizer', 'korean', '--save-output', path('korean.out.bin'), '--force'];
  expect((await train('korean.bin', ...both)).code).toBe(0);
  const { code, stdout } = await runHere(['predict', path('korean.bin'), '--context', '한국의 ? 에서', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ words: ['한국', '의', '에서'], unknown: [] });
});

it('vocab takes a tokenizer in a process of its own', async () => {
  const vocab = await spawnW2v(['vocab', text, '--tokenizer', 'segmenter', '--locale', 'ja']);
  expect(vocab.code).toBe(0);
  expect(vocab.stdout).toContain('日本語\t50\n');
  const own = await spawnW2v(['vocab', text, '--tokenizer-module', commas]);
  expect(own.stdout).toBe('한국의_학교에서_the_cat._日本語を勉強する\t50\n');
});

it('count takes a tokenizer', async () => {
  const count = await runHere([
    'count',
    text,
    '-o',
    path('count.npz'),
    '--method',
    'counts',
    '--tokenizer',
    'characters',
  ]);
  expect(count.code).toBe(0);
  expect(manifestOf('count.npz').corpus.tokenizer).toEqual({ name: 'characters', keepCase: false });
});

it('compare takes a tokenizer', async () => {
  const compare = await runHere(
    ['compare', text, '--tokenizer', 'characters', '--engine', 'wasm', '--dim', '4', '--epochs', '1', '--json'],
    { environment: { W2V_CACHE: path('cache') } },
  );
  expect(compare.code).toBe(0);
});

it('a checkpoint is not resumed with another tokenizer, nor another version of the module', async () => {
  const module = file('own.mjs', "export default (line) => line.split(' ');");
  const dir = ['--checkpoint', path('saved'), '--checkpoint-every', '1e'];
  expect((await train('saved.bin', '--tokenizer-module', module, ...dir)).code).toBe(0);
  const resume = ['--resume', path('saved'), '--epochs', '6', '--force'];
  const other = await train('saved.bin', '--tokenizer', 'segmenter', ...resume);
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('tokenizer module -> segmenter');
  file('own.mjs', "export default (line) => line.split('  ');");
  const changed = await train('saved.bin', '--tokenizer-module', module, ...resume);
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('tokenizerModule ');
});

describe('mistakes', () => {
  it.each([
    [['--tokenizer', 'bpe'], 2, '--tokenizer bpe: expected words, whitespace, segmenter, korean'],
    [['--locale', 'ja'], 2, '--locale does not apply to --tokenizer words'],
    [['--tokenizer', 'segmenter', '--locale', 'klingon!'], 2, "the locale 'klingon!' is not a language tag"],
    [['--tokenizer-module', commas, '--tokenizer', 'words'], 2, 'cannot be used with'],
    [['--tokenizer-module', path('none.mjs')], 3, 'does not exist'],
    [['--tokenizer-module', text], 3, 'does not load'],
    [['--tokenizer-module', failing], 3, 'failed: Error: no (line at byte 0 of'],
  ])('%j', async (options, expected, message) => {
    const { code, stdout, stderr } = await spawnW2v(['vocab', text, ...options]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint: ');
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect([code, stdout]).toEqual([expected, '']);
  });
});

describe("a module of one's own, in the whole program", () => {
  it('does not keep it from ending by a timer or a thread of its own', async () => {
    const timer = 'setInterval(() => {}, 1000);';
    const thread =
      "import { Worker } from 'node:worker_threads'; new Worker('setInterval(() => {}, 1000)', { eval: true });";
    for (const [at, kept] of [timer, thread].entries()) {
      const lasting = file(`lasting${at}.mjs`, `${kept} export default (line) => line.split(' ');`);
      const { code, stdout } = await spawnW2v(['vocab', text, '--tokenizer-module', lasting, '-o', '-']);
      expect([code, stdout.split('\n').length]).toEqual([0, 6]);
    }
  }, 20_000);

  it('is named where its promise is rejected later', async () => {
    const late = file('late.mjs', "export default (line) => (Promise.reject(new Error('too late')), line.split(' '));");
    const { code, stderr } = await spawnW2v(['vocab', text, '--tokenizer-module', late, '-o', path('late.tsv')]);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/^error: too late, thrown at file:.*late\.mjs:1:\d+\nhint: /m),
    ]);
  }, 20_000);
});
