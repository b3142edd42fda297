// The examples of docs/library.md, run as they stand, one after another in one folder, on the built library.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
const examples = [...text.matchAll(/^## (.*)\n[\s\S]*?```ts\n([\s\S]*?)```/gm)].map(([, title, code]) => ({
  title: title!,
  code: code!,
}));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-library-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'w2v'), 'dir');
  const sentences = ['the sea was calm and the ship lay in the harbour', 'a storm came and the ship went to sea'];
  writeFileSync(join(folder, 'corpus.txt'), `${sentences.join('\n')}\n`.repeat(60));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const output: Record<string, RegExp> = {
  trainWordVectors: /^\d+ 3\n$/,
  encodeCorpus: /^\[ 'one', 'text', 'and', 'more' \] 6\n$/,
  countVectors: /^8 \d+\n$/,
  loadVectors: /^safetensors \d+ 8 0\n$/,
  nearestWords:
    /^\[( '\S+',?){3} \]\n\[ \{ word: '\S+', similarity: .+ \} \]\n\S+\n\[ \{ word: '\S+', score: .+ \} \]\n\S+ \S+\n$/,
  nearestWordsAsync: /^3 1 true\ninterrupted\n$/,
  evaluate: /^\S+ 3\nfile-missing .+\n$/,
  compareCorpus: /^PPMI \S+ 1\nPPMI-SVD \S+ 2\nCBOW \S+ 2\nskip-gram \S+ 2\ntrue\n$/,
  KeyedVectors: /^\d+ 24 true 24\n3 \S+\n-?[\d.]+ \S+ \S+\n$/,
};

test('there is an example of each', () => {
  expect(examples.map(({ title }) => /`(\w+)`/.exec(title)![1])).toEqual(Object.keys(output));
});

test.each(examples)('$title', ({ title, code }) => {
  writeFileSync(join(folder, 'example.mjs'), code);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout).toMatch(output[/`(\w+)`/.exec(title)![1]!]!);
});
