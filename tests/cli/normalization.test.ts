// A word in another Unicode normalization form than the file's is the same word, for every command that takes words.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const decomposed = (text: string) => text.normalize('NFD'); // as macOS writes file names, and some editors text
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-normalization-'));
  file = path.join(folder, 'vectors.txt');
  await writeFile(file, '5 2\n왕 1 0\n여왕 0.5 0.866\n남자 0 1\n여자 -0.866 0.5\nkorea 0.9 0.1\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ['nearest', ['왕']],
  ['nearest', ['왕 - 남자 + 여자']],
  ['analogy', ['남자', '왕', '여자']],
  ['similarity', ['왕', '여왕']],
  ['odd', ['왕', '여왕', '여자']],
  ['vector', ['여왕']],
])('%s %j', async (command, words) => {
  const plain = await runHere([command, file, ...words]);
  const other = await runHere([command, file, ...words.map(decomposed)]);
  expect([other.code, other.stderr]).toEqual([0, '']);
  expect(other.stdout.normalize('NFC')).toBe(plain.stdout);
  const lines = await runHere([command, file], { stdin: `${words.map(decomposed).join(' ')}\n` });
  expect([lines.code, lines.stderr]).toEqual([0, '']);
});

it('evaluate and convert --words', async () => {
  const pairs = path.join(folder, 'pairs.txt');
  await writeFile(pairs, decomposed('왕 여왕 9\n왕 남자 5\n왕 여자 3\n남자 여자 7\n'));
  const scored = await runHere(['evaluate', file, '--pairs', pairs, '--json']);
  expect(JSON.parse(scored.stdout)[0].pairs[0]).toMatchObject({ used: 4, total: 4 });
  const wanted = path.join(folder, 'wanted.txt');
  await writeFile(wanted, decomposed('왕\n여자\n'));
  const output = path.join(folder, 'some.txt');
  const converted = await runHere(['convert', file, output, '--words', wanted, '--format', 'word2vec-text']);
  expect([converted.code, converted.stderr]).toEqual([0, expect.not.stringContaining('missing')]);
  expect(await readFile(output, 'utf8')).toBe('2 2\n왕 1.0 0.0\n여자 -0.866 0.5\n');
});

it('vectors of a text in NFD answer words in NFC', async () => {
  const other = path.join(folder, 'decomposed.txt');
  await writeFile(other, decomposed(await readFile(file, 'utf8')));
  const { code, stdout, stderr } = await runHere(['similarity', other, '왕', '여왕']);
  expect([code, stdout, stderr]).toEqual([0, '0.5000\n', '']);
});

it('full-width letters: the command line suggests the word, the prompt takes it', async () => {
  const refused = await runHere(['nearest', file, 'Ｋｏｒｅａ']);
  expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('hint: did you mean korea?\n')]);
  const prompt = await runHere(['nearest', file, '-k', '1'], { stdin: 'Ｋｏｒｅａ\n.exit\n', terminal: true });
  expect(prompt.stderr).toContain("'Ｋｏｒｅａ' is not in the vocabulary, 'korea' is\n");
});

it('a misspelled Korean word is compared jamo by jamo', async () => {
  const { code, stderr } = await runHere(['nearest', file, '여앙']);
  expect([code, stderr]).toEqual([5, expect.stringContaining('hint: did you mean 여왕?\n')]);
});
