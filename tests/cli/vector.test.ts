import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'w2v-vector-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);
const file = at('v.txt');
writeFileSync(file, '3 2\nking 0.1 -2\nqueen 3 4\nboat 1e-08 0\n');

describe('vector', () => {
  it('prints the numbers as the file has them', async () => {
    expect(await runHere(['vector', file, 'boat', 'king'])).toMatchObject({
      code: 0,
      stdout: 'boat 1e-08 0.0\nking 0.1 -2.0\n',
    });
    expect((await runHere(['vector', file, 'king', '--tsv'])).stdout).toBe('king\t0.1\t-2.0\n');
    expect(JSON.parse((await runHere(['vector', file, 'king', '--json'])).stdout)).toEqual([
      { word: 'king', vector: [0.1, -2], composed: false },
    ]);
  });

  it('reads words from standard input, and tells which are unknown', async () => {
    const { code, stdout, stderr } = await runHere(['vector', file], { stdin: 'queen\n\nquen\n' });
    expect([code, stdout]).toEqual([5, 'queen 3.0 4.0\n']);
    expect(stderr).toContain('did you mean queen?');
  });
});

describe('convert a part', () => {
  it('--words keeps these words, in the order of the file, and says which are not there', async () => {
    writeFileSync(at('words.txt'), 'boat\nking\nship\n');
    const { code, stderr } = await runHere(['convert', file, at('part.txt'), '--words', at('words.txt')]);
    expect(code).toBe(0);
    expect(stderr).toContain('Not in the file: 1 word (ship)');
    expect(readFileSync(at('part.txt'), 'utf8')).toBe('2 2\nking 0.1 -2.0\nboat 1e-08 0.0\n');
  });

  it('--top and --normalize', async () => {
    expect((await runHere(['convert', file, at('top.bin'), '--top', '2', '--normalize', '--quiet'])).code).toBe(0);
    const { words, matrix } = await loadVectors(at('top.bin'));
    expect(words).toEqual(['king', 'queen']);
    expect(matrix[2]).toBeCloseTo(0.6, 6);
    expect(Math.hypot(matrix[0], matrix[1])).toBeCloseTo(1, 6);
  });

  it('refuses a list of which nothing is there, a list that is the output, and two uses of standard input', async () => {
    writeFileSync(at('other.txt'), 'ship\n');
    const none = await runHere(['convert', file, at('none.txt'), '--words', at('other.txt'), '--quiet']);
    expect([none.code, none.stderr]).toEqual([5, expect.stringContaining('none of the words of --words')]);
    const same = await runHere(['convert', file, at('other.txt'), '--words', at('other.txt'), '--force']);
    expect(same.code).toBe(2);
    expect(readFileSync(at('other.txt'), 'utf8')).toBe('ship\n');
    expect((await runHere(['convert', '-', at('x.txt'), '--words', '-'])).code).toBe(2);
    expect((await runHere(['convert', file, at('x.txt'), '--words', at('nowhere.txt')])).code).toBe(3);
  });
});
