// The examples of docs/library.md, one after another in one folder: an empty project with the packed package. Each runs
// as it stands, as an ES module, and as CommonJS, and compiles under `strict`.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PackedProject, packedProject, root } from '../package/packed-project.ts';

const text = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
/** The name in the heading above each block, and how many blocks of it came before. */
const examples = [...text.matchAll(/^## .*?`(\w+)`.*\n([\s\S]*?)(?=^## |(?![\s\S]))/gm)].flatMap(([, name, section]) =>
  [...section!.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code], at) => ({ name: name!, at, code: code! })),
);
let project: PackedProject;

beforeAll(() => {
  project = packedProject(['usearch', '@types/node']);
  const sentences = ['the sea was calm and the ship lay in the harbour', 'a storm came and the ship went to sea'];
  writeFileSync(join(project.folder, 'corpus.txt'), `${sentences.join('\n')}\n`.repeat(60));
});
afterAll(() => project.remove());

const output: Record<string, RegExp[]> = {
  trainWordVectors: [/^\d+ 3\n$/, /^(saved \n)+.*\n$/, /^subwords 24, counting \d+, skip-gram 24 \d+\n3\n$/],
  predictWord: [/^(\S+ [\d.e-]+\n){3}$/],
  encodeCorpus: [
    /^\[ 'one', 'text', 'and', 'more' \] 6\n$/,
    /^\[ 'year', '0000', 'see' \] \{ html: 5, urls: 18, sentences: 1, digits: 4 \}\n$/,
  ],
  findPhrases: [/^\[ 'new_york' \]\n$/],
  countVectors: [/^8 \d+\n\d+\n$/],
  loadVectors: [/^safetensors \d+ 8 0\n$/, /^\d+ 20 (0\.\d+|1)\n\d+\n$/],
  nearestWords: [
    /^\[( '\S+',?){3} \]\n\[ \{ word: '\S+', similarity: .+ \} \]\n\S+\n\[ \{ word: '\S+', score: .+ \} \]\n\S+ \S+\n$/,
  ],
  embedTexts: [/^true 1\n(\d .+ (true|false)\n){2}$/],
  nearestWordsAsync: [/^3 1 true\ninterrupted\n$/],
  buildHnsw: [/^3 true\n$/],
  layOut: [/^true true true\n$/],
  evaluate: [/^\S+ 3\nfile-missing .+\n$/],
  compareCorpus: [/^PPMI \S+ 1\nPPMI-SVD \S+ 2\nCBOW \S+ 2\nskip-gram \S+ 2\ncombined \S+ 2\ntrue\n$/],
  compareSpaces: [/^(\d+) \1 5 1 \S+ \1\n-?[\d.]+ [\d.]+ 6 true \[ 'missing-word' \]\nusage .+\n$/],
  KeyedVectors: [/^\d+ 24 true 24\n3 \S+\n-?[\d.]+ \S+ \S+\n$/],
};

test('what each example prints is known here', () => {
  const known = Object.entries(output).flatMap(([name, list]) => list.map((_, at) => `${name} ${at}`));
  expect(examples.map(({ name, at }) => `${name} ${at}`)).toEqual(known);
  expect(examples).toHaveLength(text.match(/^ *```ts$/gm)!.length);
});

test('all of them compile, with the types of Node alone', () => {
  const files = examples.map(({ name, at, code }) => {
    writeFileSync(join(project.folder, `${name}-${at}.mts`), code);
    return `${name}-${at}.mts`;
  });
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', lib: ['es2023'], types: ['node'] };
  writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = { cwd: project.folder, encoding: 'utf8' } as const;
  const { stdout, status } = spawnSync(process.execPath, [compiler, '--project', '.'], options);
  expect([stdout, status]).toEqual(['', 0]);
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
  '$name $at ($file)',
  ({ name, at, code, file, shaped }) => {
    writeFileSync(join(project.folder, file), shaped(code));
    rmSync(join(project.folder, 'saved'), { recursive: true, force: true }); // begins anew
    const options = { cwd: project.folder, encoding: 'utf8' } as const;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', file], options);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toMatch(output[name][at]);
  },
);
