// The examples of docs/library.md, one after another in one folder: an empty project with the packed package. Each runs
// as it stands, as an ES module, and as CommonJS.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PackedProject, packedProject, root } from '../package/packed-project.ts';

const text = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
const examples = [...text.matchAll(/^## (.*)\n[\s\S]*?```ts\n([\s\S]*?)```/gm)].map(([, title, code]) => ({
  title: title!,
  code: code!,
}));
let project: PackedProject;

beforeAll(() => {
  project = packedProject(['usearch']);
  const sentences = ['the sea was calm and the ship lay in the harbour', 'a storm came and the ship went to sea'];
  writeFileSync(join(project.folder, 'corpus.txt'), `${sentences.join('\n')}\n`.repeat(60));
});
afterAll(() => project.remove());

const output: Record<string, RegExp> = {
  trainWordVectors: /^\d+ 3\n$/,
  predictWord: /^(\S+ [\d.e-]+\n){3}$/,
  encodeCorpus: /^\[ 'one', 'text', 'and', 'more' \] 6\n$/,
  findPhrases: /^\[ 'new_york' \]\n$/,
  countVectors: /^8 \d+\n\d+\n$/,
  loadVectors: /^safetensors \d+ 8 0\n$/,
  nearestWords:
    /^\[( '\S+',?){3} \]\n\[ \{ word: '\S+', similarity: .+ \} \]\n\S+\n\[ \{ word: '\S+', score: .+ \} \]\n\S+ \S+\n$/,
  embedTexts: /^true 1\n(\d .+ (true|false)\n){2}$/,
  nearestWordsAsync: /^3 1 true\ninterrupted\n$/,
  buildHnsw: /^3 true\n$/,
  layOut: /^true true true\n$/,
  evaluate: /^\S+ 3\nfile-missing .+\n$/,
  compareCorpus: /^PPMI \S+ 1\nPPMI-SVD \S+ 2\nCBOW \S+ 2\nskip-gram \S+ 2\ntrue\n$/,
  compareSpaces: /^(\d+) \1 5 1 \S+ \1\n-?[\d.]+ [\d.]+ 6 true \[ 'missing-word' \]\nusage .+\n$/,
  KeyedVectors: /^\d+ 24 true 24\n3 \S+\n-?[\d.]+ \S+ \S+\n$/,
};

test('there is an example of each', () => {
  expect(examples.map(({ title }) => /`(\w+)`/.exec(title)![1])).toEqual(Object.keys(output));
});

/** What runs where `require` is what there is. */
function asCommonJs(code: string): string {
  const required = code.replace(/^import (\{[\s\S]*?\}) from ('[^']+');$/gm, 'const $1 = require($2);');
  return `(async () => {\n${required}\n})();\n`;
}

const kinds = [
  ['example.mjs', (code: string) => code],
  ['example.cjs', asCommonJs],
] as const;

test.each(examples.flatMap((example) => kinds.map(([file, shaped]) => ({ ...example, file, shaped }))))(
  '$title ($file)',
  ({ title, code, file, shaped }) => {
    writeFileSync(join(project.folder, file), shaped(code));
    const options = { cwd: project.folder, encoding: 'utf8' } as const;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', file], options);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toMatch(output[/`(\w+)`/.exec(title)![1]!]!);
  },
);
