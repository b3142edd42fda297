// w2v train --best.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-best-'));
afterAll(() => rmSync(folder, { recursive: true }));
const text = join(folder, 'text.txt');
writeFileSync(
  text,
  'the whale and the whaling ship\nthe sea and the seas of whales\na king and kings of the sea\n'.repeat(60),
);
const small = ['--dim', '8', '--buckets', '2000', '--epochs', '2', '--threads', '1'];
const best = (output: string, ...options: string[]) =>
  runHere(['train', text, '-o', join(folder, output), '--best', ...small, ...options]);

it('writes one model of three parts, which composes other words and says how it was made', async () => {
  const { code, stdout, stderr } = await best('best.bin', '--json');
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/Combined subwords \(.*\), counting \(.*\) and skip-gram \(/),
  ]);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ command: 'train', model: 'combined', dimensions: 24, epochs: 2, repeatable: true });
  expect(document.parts.map(({ name }: { name: string }) => name)).toEqual(['subwords', 'counting', 'skip-gram']);
  const file = join(folder, 'best.bin');
  const manifest = JSON.parse(readFileSync(`${file}.json`, 'utf8'));
  expect(manifest).toMatchObject({ route: 'combined', dimensions: 24, options: { best: true, subwords: '3..6' } });
  const { stdout: info } = await runHere(['info', file]);
  expect(info).toMatch(/from +subwords x 0\.775, counting x 0\.316, skip-gram x 0\.548\n/);
  expect(info).not.toContain('skipgram');
  const nearest = await runHere(['nearest', file, 'whalers', '-k', '1']);
  expect([nearest.code, nearest.stdout]).toEqual([0, expect.stringMatching(/^whalers \(.*n-grams/)]);
  const predicted = await runHere(['predict', file, '--context', 'the _ sea']);
  expect([predicted.code, predicted.stderr]).toEqual([2, expect.stringContaining('was combined from several vectors')]);
});

it('other formats keep the words alone, which is said', async () => {
  const { code, stderr } = await best('words.vec');
  expect([code, stderr]).toEqual([0, expect.stringContaining('words.vec has vectors only for the words')]);
});

it.each([
  [['--model', 'cbow'], '--best', '--model'],
  [['--loss', 'hs'], '--best', '--loss'],
  [['--engine', 'tensorflow'], '--best', '--engine'],
  [['--center'], '--best', '--center'],
  [['--checkpoint', 'saved'], '--best', '--checkpoint'],
  [['--save-output', 'out.bin'], '--best', '--save-output'],
  [['--init-vectors', 'a.bin'], '--best', '--init-vectors'],
  [['--shards', '2'], '--best', '--shards'],
  [['--dim', '0'], 'dim', '0'],
  [['--subwords', '6..3'], "subwords is '6..3'", 'MIN..MAX'],
])('%o is refused before anything is read', async (options, ...words) => {
  const before = readdirSync(folder);
  const { code, stderr } = await best('none.bin', ...options);
  expect(code).toBe(2);
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).not.toContain('Read ');
  expect(readdirSync(folder)).toEqual(before);
});
