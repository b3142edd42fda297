import { describe, expect, it } from 'vitest';
import { trainDefaults } from '../../src/base/defaults.ts';
import { commandGroups } from '../../src/cli/command-list.ts';
import { runHere } from './run-w2v.ts';

describe('help', () => {
  it('without arguments is a greeting of a few lines, on stdout', async () => {
    const { code, stdout, stderr } = await runHere([]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('w2v train notes.txt -o notes.bin');
    expect(stdout.split('\n').length).toBeLessThan(15);
  });

  it('lists every command but sql in one line of 80 columns, explain first', async () => {
    const { stdout } = await runHere(['--help'], { columns: 80 });
    const rows = stdout.split('\n\n')[1]!.split('\n');
    const names = rows.map((row) => row.slice(21).split(' ')[0]);
    expect(names[0]).toBe('explain');
    const all = Object.values(commandGroups).flat();
    expect(names).toEqual(all.map(({ name }) => name).filter((name) => name !== 'sql'));
    expect((await runHere(['help', 'sql'])).stdout).toContain('w2v sql vocab');
  });

  it.each([['--help'], ['-h'], ['help']])('%s ends with where documentation and issues are', async (...args) => {
    const { code, stdout } = await runHere(args);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').slice(-2).join('\n')).toMatch(
      /^Documentation: .*\nWhen you report a problem, /,
    );
  });

  it.each(['train', 'count', 'vocab', 'nearest', 'analogy', 'similarity', 'corpus', 'setup', 'doctor'])(
    '%s --help leads with examples',
    async (command) => {
      const { code, stdout, stderr } = await runHere([command, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^Examples:\n {2}\\S*.*w2v ${command}`));
      expect((await runHere(['help', command])).stdout).toBe(stdout);
    },
  );

  it('of train shows every default', async () => {
    const { stdout } = await runHere(['train', '--help', '--all']);
    const options = stdout.slice(stdout.indexOf('Arguments:')).split(/\n {2}(?=-)/);
    const textOf = (flag: string) => options.find((option) => option.startsWith(`${flag} `))!.replace(/\s+/g, ' ');
    for (const name of ['dim', 'window', 'negative', 'epochs', 'sample', 'seed'] as const) {
      expect(textOf(`--${name}`)).toContain(`(default: ${trainDefaults[name]})`);
    }
    const withoutDefault = options.slice(1).filter((option) => !/\(default:\s/.test(option));
    expect(withoutDefault.map((option) => option.match(/--[a-z-]+/)![0])).toEqual([
      '--output',
      '--save-output',
      '--json',
      '--quiet',
      '--tokenizer-module',
      '--vocab',
      '--deterministic',
      '--on',
      '--help',
    ]);
  });

  it('--version', async () => {
    for (const flag of ['-V', '--version']) {
      const { code, stdout } = await runHere([flag]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
  });
});

describe('misuse ends with 2, on stderr alone', () => {
  const cases: [args: string, stderr: string][] = [
    ['train a.txt -o b.bin --widow 5', "error: unknown option '--widow'\nhint: did you mean --window?\n"],
    [
      'wmdistance a b',
      "error: w2v has no Word Mover's Distance\nhint: rank texts by the mean of their word vectors: w2v search FILE --in TEXTS QUERY\n",
    ],
    ['trian', "error: unknown command 'trian'\nhint: did you mean train?\n"],
    ['train a.txt', "error: required option '-o, --output <file>' not specified\nhint: see 'w2v train --help'\n"],
    ['train -o b.bin', "error: missing required argument 'corpus'\nhint: see 'w2v train --help'\n"],
    ['nearest', "error: missing required argument 'file'\nhint: see 'w2v nearest --help'\n"],
    ['help nearst', "error: unknown command 'nearst'\nhint: did you mean nearest?\n"],
    ['nearst --help', "error: unknown command 'nearst'\nhint: did you mean nearest?\n"],
    ['corpus', ''],
    ['corpus got mix', "error: unknown command 'got'\n(Did you mean get?)\nhint: see 'w2v corpus --help'\n"],
    ['corpus get', "error: missing required argument 'name'\nhint: see 'w2v corpus get --help'\n"],
    [
      'corpus get mixx',
      "error: no corpus is named 'mixx'\nhint: choose one of factbook, google-analogies, korean-constitution, mix, moby-dick, simlex999, state-of-the-union, typescript-chinese, typescript-japanese, typescript-korean, wordnet, wordnet-glosses, wordsim353\n",
    ],
    [
      'train a -o b.bin --window 0',
      "error: --window 0: expected a whole number from 1 to 1000\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin --model glove',
      "error: --model glove: expected skipgram or cbow\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin -size 0',
      "error: --dim 0: expected a whole number from 1 to 1000\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin --lr 0',
      "error: --lr 0: expected a number from 1e-9 to 10, or auto\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin --lr 1e-30',
      "error: --lr 1e-30: expected a number from 1e-9 to 10, or auto\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin --cbow-sum',
      'error: --cbow-sum does not apply to --model skipgram\nhint: add --model cbow, or leave --cbow-sum out\n',
    ],
    ['train a -o - --json', 'error: --json and -o - both go to standard output\nhint: give the output a file name\n'],
    [
      'train a -o b.bin --save-output b.bin',
      'error: two outputs have the name b.bin\nhint: give each output a different name\n',
    ],
    ['train a -output', "error: option '-o, --output <file>' argument missing\nhint: see 'w2v train --help'\n"],
    [
      'compare a -hs 1',
      'error: -hs 1: this command trains with negative sampling\nhint: leave it out, or use w2v train\n',
    ],
    [
      'train a -o b.bin --loss hierarchical',
      "error: --loss hierarchical: expected ns, hs or softmax\nhint: see 'w2v train --help'\n",
    ],
    [
      'train a -o b.bin --loss hs --engine tensorflow',
      "error: the TensorFlow engine has no hierarchical softmax (loss 'hs')\nhint: train with --engine wasm, or with --loss ns or --loss softmax\n",
    ],
    [
      'train a -o b.bin -negative 0',
      'error: --negative 0: expected a whole number from 1 to 64\nhint: to train without negatives, add --loss hs\n',
    ],
    [
      'nearest a.bin -king',
      "error: unknown option '-king'\nhint: the names of options have two dashes; a word that begins with one goes after '--'\n",
    ],
    [
      'evaluate --pairs p.tsv v.bin',
      'error: --pairs takes all that follows it (p.tsv, v.bin), so there is no file\nhint: name it first: w2v evaluate FILE --pairs ..., or write --pairs=p.tsv\n',
    ],
    ['vocab a --json', 'error: --json and the output both go to standard output\nhint: give the output a file name\n'],
    [
      'train a -o b.bin --vocab b --min-count 3',
      'error: --min-count cannot be used with --vocab\nhint: leave --min-count out, or --vocab\n',
    ],
    [
      'nearest a.bin king -k 0',
      "error: -k 0: expected a whole number from 1 to 1000000\nhint: see 'w2v nearest --help'\n",
    ],
  ];
  it.each(cases)('w2v %s', async (args, expected) => {
    const { code, stdout, stderr } = await runHere(args.split(' '));
    expect(stdout).toBe('');
    if (expected !== '') expect(stderr).toBe(expected);
    expect(code).toBe(2);
  });

  it('names the formats when the ending tells none', async () => {
    const { code, stderr } = await runHere(['train', 'a.txt', '-o', 'vectors.xyz']);
    expect(code).toBe(2);
    expect(stderr).toContain('vectors.xyz');
    expect(stderr).toContain('.bin');
  });

  it.each([
    ['a command', [], 2],
    ['a command of corpus', ['corpus'], 2],
    ['what help is asked about', ['help'], 2],
    ['an option', ['train', 'a.txt', '-o', 'a.bin', '--'], 2],
    ['a value', ['train', 'a.txt', '-o', 'a.bin', '--engine', ''], 2],
    ['an ending', ['train', 'a.txt', '-o', 'a.'], 2],
    ['a corpus', ['vocab', ''], 3],
    ['an entry of the catalog', ['vocab', 'corpus:'], 3],
    ['WordNet', ['thesaurus', 'dog', '--wordnet', ''], 3],
  ])('quotes 80 characters at most of %s', async (_, args, expected) => {
    const last = args.at(-1) ?? '';
    const begun = /[-:.]$/.test(last) ? last : '';
    const { code, stderr } = await runHere([
      ...args.slice(0, begun || last === '' ? -1 : undefined),
      `${begun}${'x'.repeat(5000)}`,
    ]);
    expect([code, stderr.match(/x{81}/)]).toEqual([expected, null]);
    expect(stderr).toMatch(/x{70}/);
  });
});
