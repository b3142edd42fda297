import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addTestSets, splitAtCommas } from '../../../src/cli/options/lists.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { runHere } from '../run-w2v.ts';

const { file } = temporaryFolder();

function pairsOf(words: string[]): string[] {
  const command = new Command('evaluate').argument('[file...]');
  addTestSets(command, '--pairs <file...>', '', 'pairs');
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
