import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionsOf } from '../../src/cli/terminal/prompt.ts';
import { runHere } from './run-w2v.ts';

let folder: string;
let file: string;

// Angles: king 0, queen 60, man 90, woman 150 degrees; 왕 6. king - man + woman is (0.134, -0.5): 왕, at 0.151, is
// nearest.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-more-questions-'));
  file = path.join(folder, 'vectors.txt');
  await writeFile(file, '5 2\nking 1 0\nqueen 0.5 0.866\nman 0 1\nwoman -0.866 0.5\n왕 0.9 0.1\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nearest', () => {
  it('takes sums of words, also on standard input', async () => {
    const { stdout } = await runHere(['nearest', file, 'king - man + woman', '-k', '1']);
    expect(stdout).toBe('king - man + woman\n  왕  0.151\n');
    const lines = await runHere(['nearest', file, '-k', '1'], { stdin: 'king + man\nqueen\n' });
    expect(lines.stdout).toBe('king + man\n  queen  0.966\n\nqueen\n  man  0.866\n');
    const wrong = await runHere(['nearest', file, 'king -']);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain("'king -' is not a sum of words");
  });

  it('takes vectors on standard input', async () => {
    const { stdout } = await runHere(['nearest', file, '--vector', '-k', '1', '--tsv'], {
      stdin: '[1, 0]\n\n0 1\n0.5,0.866\n',
    });
    expect(stdout.replace(/\t[^\t\n]+\n/g, '\n')).toBe('line 1\tking\nline 3\tman\nline 4\tqueen\n');
    const wrong = await runHere(['nearest', file, '--vector'], { stdin: '1 x\n' });
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain("standard input:1: 'x' is not a number");
    const short = await runHere(['nearest', file, '--vector'], { stdin: '1\n' });
    expect(short.stderr).toContain('standard input:1: 1 number, expected 2');
    expect((await runHere(['nearest', file, '--vector', 'king'])).code).toBe(2);
  });

  it('answers within the first words, above a threshold, in tab-separated lines', async () => {
    const few = await runHere(['nearest', file, 'woman', '--restrict-vocab', '2', '--tsv']);
    expect(few.stdout).toMatch(/^woman\tqueen\t0\nwoman\tking\t-0\.866\d+\n$/);
    const high = await runHere(['nearest', file, 'man', '--threshold', '0.5', '--json']);
    expect(JSON.parse(high.stdout)[0].neighbors.map(({ word }: { word: string }) => word)).toEqual(['queen', 'woman']);
    expect((await runHere(['nearest', file, 'man', '--json', '--tsv'])).stderr).toContain(
      '--json and --tsv both go to standard output',
    );
  });
});

describe('analogy', () => {
  it('by 3CosMul', async () => {
    const { stdout } = await runHere(['analogy', file, 'man', 'king', 'woman', '--method', 'mul', '--tsv', '-k', '1']);
    expect(stdout).toMatch(/^man\tking\twoman\tqueen\t0\.\d+\n$/);
    expect((await runHere(['analogy', file, 'a', 'b', 'c', '--method', 'div'])).code).toBe(2);
  });

  it('many on standard input, unknown words told after the answers', async () => {
    const stdin = 'man king woman\nman kign woman\nking\tman\tqueen\n';
    const { stdout, stderr, code } = await runHere(['analogy', file, '--json', '-k', '1'], { stdin });
    expect(JSON.parse(stdout).map(({ query }: { query: string[] }) => query)).toEqual([
      ['man', 'king', 'woman'],
      ['king', 'man', 'queen'],
    ]);
    expect(stderr).toContain('hint: did you mean king?');
    expect(code).toBe(5);
    const table = await runHere(['analogy', file, '-k', '1'], { stdin: 'man king woman' });
    expect(table.stdout).toMatch(/^man king woman\n {2}왕 {2}0\.151\n$/);
  });

  it('needs three words', async () => {
    const { code, stderr } = await runHere(['analogy', file, 'man', 'king']);
    expect(code).toBe(2);
    expect(stderr).toContain('error: 2 words, expected three');
    const { stderr: line } = await runHere(['analogy', file], { stdin: 'man king woman\nman\n' });
    expect(line).toContain('standard input:2: 1 word, expected three');
  });
});

it('similarity: pairs on standard input', async () => {
  const stdin = 'king queen\nking man\n';
  expect((await runHere(['similarity', file], { stdin })).stdout).toBe('king  queen  0.5000\nking  man    0.0000\n');
  expect((await runHere(['similarity', file, '--tsv'], { stdin: 'king man' })).stdout).toBe('king\tman\t0\n');
  const { stderr, code } = await runHere(['similarity', file, 'king']);
  expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: 1 word, expected two']);
});

describe('odd', () => {
  it('names the word least like the others', async () => {
    const { stdout } = await runHere(['odd', file, 'king', '왕', 'woman']);
    expect(stdout).toBe('woman\n  woman  -0.524\n  king    0.879\n  왕      0.927\n');
    const json = await runHere(['odd', file, 'king', '왕', 'woman', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      words: ['king', '왕', 'woman'],
      odd: 'woman',
      similarities: ['woman', 'king', '왕'].map((word) => ({ word, similarity: expect.any(Number) })),
    });
  });

  it('of groups on standard input', async () => {
    const { stdout } = await runHere(['odd', file, '--tsv'], { stdin: 'king 왕 woman\nman woman king\n' });
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([
      ...['woman', 'woman', 'woman'],
      ...['king', 'king', 'king', ''],
    ]);
  });

  it('needs three words that it knows', async () => {
    expect((await runHere(['odd', file, 'king', 'man'])).stderr).toContain('2 words, expected at least three');
    expect((await runHere(['odd', file, 'king', 'man', 'kingg'])).code).toBe(5);
  });
});

describe('completion', () => {
  const words = ['king', 'kingdom', 'new york', 'queen', 'kin'];
  it('of the last word of the line, in the order of the file', () => {
    expect(completionsOf(words, 'kin')).toEqual([['king', 'kingdom', 'kin'], 'kin']);
    expect(completionsOf(words, 'king - qu')).toEqual([['queen'], 'qu']);
    expect(completionsOf(words, 'new')).toEqual([[], 'new']);
    expect(completionsOf(words, 'king ')).toEqual([[], '']);
  });

  it('of many words: what all of them have in common, or the first and how many more there are', () => {
    const many = Array.from({ length: 100 }, (_, at) => `ab${at}`);
    expect(completionsOf(many, 'a')).toEqual([['ab'], 'a']);
    expect(completionsOf(many, 'ab')).toEqual([[...many.slice(0, 40), '… and 60 more'], 'ab']);
    // The first forty begin with h and a, but not all words do.
    const sorted = [...Array.from({ length: 50 }, (_, at) => `ha${at}`), 'hut'];
    expect(completionsOf(sorted, 'h')[0].at(-1)).toBe('… and 11 more');
  });
});
