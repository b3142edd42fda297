import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { choice, real, whole } from '../../../src/base/ranges.ts';
import { bytes, interval, splitAtCommas, testSets, within } from '../../../src/cli/options/kinds.ts';
import { declare, option } from '../../../src/cli/options/option.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { runHere } from '../run-w2v.ts';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', hint: 'see --help' });
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe('whole numbers', () => {
  const window = (text: string) => within(whole(1, 1000)).parse(text, '--window');

  it.each([
    ['1', 1],
    ['1000', 1000],
    ['1e2', 100],
    ['+7', 7],
  ])('takes %s', (text, number) => expect(window(text)).toBe(number));

  it.each(['0', '1001', '2.5', '-3', '', ' ', '0x10', 'five', '1e400', 'Infinity', 'NaN', '5 '])('refuses %j', (text) =>
    expect(messageOf(() => window(text))).toBe(`--window ${text}: expected a whole number from 1 to 1000`),
  );

  it('quotes at most 80 characters, and no control characters', () => {
    const message = messageOf(() => window(`\u001b]0;x\u0007${'9'.repeat(1000)}`));
    expect(message).toMatch(/^--window \\x1b\]0;x\\x079+…: expected/);
    expect(message.length).toBeLessThan(150);
  });

  it('says so when there is no upper limit', () =>
    expect(messageOf(() => within(whole(1)).parse('0', '--min-count'))).toBe(
      '--min-count 0: expected a whole number, 1 or more',
    ));
});

describe('decimal numbers', () => {
  const rate = (text: string) => within(real(0, 10, { above: true })).parse(text, '--lr');
  const share = (text: string) => within(real(0, 1)).parse(text, '--sample');

  it.each([
    ['0.025', 0.025],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['10', 10],
  ])('takes %s', (text, number) => expect(rate(text)).toBe(number));

  it.each(['0', '-1', '10.1', 'fast', ''])('refuses %j', (text) =>
    expect(messageOf(() => rate(text))).toBe(`--lr ${text}: expected a number above 0, up to 10`),
  );

  it('takes its lower end unless told otherwise', () => {
    expect(share('0')).toBe(0);
    expect(messageOf(() => share('-0.1'))).toBe('--sample -0.1: expected a number from 0 to 1');
  });
});

it('names, which the message lists', () => {
  const model = (text: string) => within(choice(['skipgram', 'cbow'])).parse(text, '--model');
  const engine = (text: string) => within(choice(['auto', 'tensorflow', 'wasm'])).parse(text, '--engine');
  expect(model('cbow')).toBe('cbow');
  expect(messageOf(() => model('glove'))).toBe('--model glove: expected skipgram or cbow');
  expect(messageOf(() => engine('gpu'))).toBe('--engine gpu: expected auto, tensorflow or wasm');
});

it('amounts of memory and times', () => {
  const memory = (text: string) => bytes().parse(text, '--memory');
  expect(['2GB', '500 MB', '1.5GiB', '2g', '2e9', '7'].map(memory)).toEqual([2e9, 5e8, 1.5 * 2 ** 30, 2e9, 2e9, 7]);
  expect(bytes({ orNone: true }).parse('0', '--vectors')).toBe(0);
  for (const text of ['0', '', 'much', '-1GB', '1XB']) {
    expect(messageOf(() => memory(text))).toMatch(/^--memory .*: expected an amount of memory, such as 2GB/);
  }
  const every = (text: string) => interval.parse(text, '--checkpoint-every');
  expect(['30s', '10m', '2h', '1.5 hours', '1e'].map(every)).toEqual([
    { seconds: 30 },
    { seconds: 600 },
    { seconds: 7200 },
    { seconds: 5400 },
    { epochs: 1 },
  ]);
  for (const text of ['0s', '10', 'now', '-1m']) {
    expect(messageOf(() => every(text))).toMatch(/: expected a time such as 30s/);
  }
});

const { file } = temporaryFolder();

function pairsOf(words: string[]): string[] {
  const command = new Command('evaluate').argument('[file...]');
  declare(command, { options: [option({ flags: '--pairs <file...>', text: '', takes: testSets('pairs') })] });
  return command.parse(words, { from: 'user' }).opts().pairs;
}

it('several values, the option again, and commas are the same', () => {
  for (const line of ['--pairs a b', '--pairs a --pairs b', '--pairs a,b', '--pairs=a,b', '--pairs=a v --pairs b']) {
    expect(pairsOf(line.split(' '))).toEqual(['a', 'b']);
  }
});

it('a file with a comma in its name is one file', () => {
  const odd = file('a,b.tsv', 'king queen 8\n');
  expect(pairsOf(['--pairs', odd, 'c,d'])).toEqual([odd, 'c', 'd']);
});

it('splits nothing into empty parts', () => {
  for (const item of [',', 'a,', ',b', 'a,,b']) expect(splitAtCommas(item, () => false)).toEqual([item]);
  expect(splitAtCommas('1,000', (word) => word === '1,000')).toEqual(['1,000']);
});

it('w2v compare --words a,b shows both, and a word with a comma', async () => {
  const rows = ['king 1 0', 'queen 0.9 0.1', 'man 0 1', 'a,b 0.5 0.5', 'woman 0.1 0.9', 'b -1 0'].join('\n');
  const files = ['one.txt', 'two.txt'].map((name) => file(name, `6 2\n${rows}\n`));
  const pairs = file('pairs.tsv', 'king queen 8\nking man 1\nqueen man 2\n');
  const args = ['compare', ...files, '--thesaurus', 'none', '--pairs', pairs, '--json', '--quiet'];
  const { code, stdout } = await runHere([...args, '--words', 'king,queen', 'a,b', '--words', 'man']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).words.map(({ word }: { word: string }) => word)).toEqual(['king', 'queen', 'a,b', 'man']);
});
