import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { aManifest } from '../formats/a-manifest.ts';
import { runHere } from './run-w2v.ts';

const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-convert-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('convert', () => {
  it.each([
    ['a.txt', []],
    ['a.bin.gz', []],
    ['a.npy', []],
    ['a.safetensors', []],
    ['a.parquet', []],
    ['glove', ['--format', 'glove']],
    ['board', ['--format', 'projector']],
    ['static', ['--format', 'static-embedding']],
  ])('%s %j holds what the input held', async (name, more) => {
    const { code, stdout, stderr } = await runHere(['convert', golden('vectors.bin'), at(name), ...more, '--quiet']);
    expect([code, stdout, stderr]).toEqual([0, '', '']);
    const [before, after] = [await loadVectors(golden('vectors.bin')), await loadVectors(at(name))];
    expect(after.words).toEqual(before.words);
    expect(after.matrix).toEqual(before.matrix);
  });

  it('says what it did, refuses to overwrite, takes the manifest along', async () => {
    await writeFile(at('m.txt'), '2 1\na 1\na 2\n');
    await writeFile(at('m.txt.json'), JSON.stringify(aManifest));
    const { stderr } = await runHere(['convert', at('m.txt'), at('m.bin')]);
    expect(stderr).toBe(
      `Read ${at('m.txt')} (word2vec-text, 1 words x 1), wrote ${at('m.bin')} (word2vec-binary)\n` +
        '1 duplicate word; kept the first row of each\n',
    );
    expect(JSON.parse(readFileSync(at('m.bin.json'), 'utf8'))).toEqual(aManifest);
    const again = await runHere(['convert', at('m.txt'), at('m.bin')]);
    expect([again.code, again.stderr.split('\n')[0]]).toEqual([3, `error: ${at('m.bin')} already exists`]);
    expect((await runHere(['convert', at('m.txt'), at('m.bin'), '--force', '--quiet'])).code).toBe(0);
  });

  it('replaces vectors with all that stands beside them: no manifest of the old ones is left', async () => {
    await writeFile(at('other.txt'), '1 1\nz 1\n');
    expect((await runHere(['info', at('m.bin')])).stdout).toMatch(/^from +4,000 words, seed 1$/m);
    expect((await runHere(['convert', at('other.txt'), at('m.bin'), '--force'])).code).toBe(0);
    expect((await runHere(['info', at('m.bin')])).stdout).toMatch(/^manifest +none$/m);
  });

  it('leaves out a manifest that is none, and says so', async () => {
    await writeFile(at('b.txt'), '1 1\na 1\n');
    await writeFile(at('b.txt.json'), '{"version":"0","command":"train","route":"predict","vocabulary":2}');
    const { code, stderr } = await runHere(['convert', at('b.txt'), at('b.bin')]);
    expect([code, existsSync(at('b.bin.json'))]).toEqual([0, false]);
    expect(stderr).toContain(
      `Ignored the manifest of ${at('b.txt')}: ${at('b.txt.json')}: not a manifest: "options" is missing`,
    );
  });

  it('writes to standard output', async () => {
    const { stdout } = await runHere(['convert', at('m.txt'), '-', '--format', 'glove']);
    expect(stdout).toBe('a 1.0\n');
  });

  it('refuses names that tell nothing, and leaves nothing behind', async () => {
    const { code, stderr } = await runHere(['convert', at('m.txt'), at('m.xyz')]);
    expect(code).toBe(2);
    expect(stderr).toContain('expected one of .npy, .parquet, .safetensors, .bin, .txt, .vec');
    await writeFile(at('bad.txt'), '1 2\na 1\n');
    expect((await runHere(['convert', at('bad.txt'), at('bad.bin')])).code).toBe(3);
    expect(existsSync(at('bad.bin'))).toBe(false);
  });
});

describe('info', () => {
  it('in JSON', async () => {
    await writeFile(at('i.txt'), '6 2\na 3 4\nb 0 0\nc nan 1\nd 6 8\na 1 1\ne inf 0\n');
    const { stdout, code } = await runHere(['info', at('i.txt'), '--json', '--quiet']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: at('i.txt'),
      format: 'word2vec-text',
      vocabulary: 5,
      dimensions: 2,
      norms: { min: 0, mean: 5, max: 10 },
      zeros: 1,
      notFinite: 2,
      duplicates: 1,
      sample: ['a', 'b', 'c', 'd', 'e'],
      manifest: null,
    });
  });

  it('in a table', async () => {
    await writeFile(at('t.txt'), '2 2\nking 3 4\n왕 6 8\n');
    const { stdout } = await runHere(['info', at('t.txt'), '--quiet']);
    expect(stdout).toContain('format                     word2vec-text\n');
    expect(stdout).toContain('norms                      min 5.000, mean 7.500, max 10.00\n');
    expect(stdout).toContain('words, first to last       king  왕\n');
    expect(stdout).toContain('manifest                   none\n');
  });

  it.each([
    ['train', ['--dim', '4', '--epochs', '1', '--engine', 'wasm']],
    ['count', ['--dim', '4']],
    ['count', ['--method', 'ppmi']],
  ])('of what %s %j made: its manifest is whole', async (command, more) => {
    await writeFile(at('text.txt'), 'the cat and the dog ran over the green field\n'.repeat(20));
    const output = at(`made.${more.includes('ppmi') ? 'npz' : 'bin'}`);
    expect((await runHere([command, at('text.txt'), '-o', output, ...more, '--force', '--quiet'])).code).toBe(0);
    const { stdout, stderr } = await runHere(['info', output]);
    expect(stderr).not.toContain('Left out');
    expect(stdout).toMatch(new RegExp(`^created by +w2v \\S+ ${command} \\(`, 'm'));
    expect(stdout).toMatch(/^from +200 words, seed 1$/m);
  });

  it.each([
    ['two fields', '{"version":"0","command":"train"}', '"route" is missing'],
    ['not JSON', '{"version', 'not JSON'],
    ['too deep', `{"version":"0","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nested too deep'],
  ])('with a manifest that is none: %s', async (_, content, reason) => {
    await writeFile(at('n.txt'), '1 1\na 1\n');
    await writeFile(at('n.txt.json'), content);
    const table = await runHere(['info', at('n.txt')]);
    expect([table.code, table.stdout]).toEqual([0, expect.stringMatching(/manifest +none$/m)]);
    expect(table.stderr).toContain(reason);
    expect(table.stdout).not.toMatch(/undefined|NaN [^o]/);
    const json = await runHere(['info', at('n.txt'), '--json']);
    expect([json.code, JSON.parse(json.stdout).manifest]).toEqual([0, null]);
  });

  it('and vocab give a terminal no control characters, not in JSON either', async () => {
    const evil = '\u001b]0;title\u0007\u009b2J';
    await writeFile(at('evil.txt'), `2 2\nking 3 4\n${evil} 6 8\n`);
    await writeFile(at('evil.txt.json'), JSON.stringify({ ...aManifest, createdAt: evil }));
    for (const args of [
      ['info', at('evil.txt')],
      ['info', at('evil.txt'), '--json'],
      ['vocab', at('evil.txt.json')],
    ]) {
      const more = args[0] === 'vocab' ? ['--tokenizer', 'whitespace', '--min-count', '1'] : [];
      const { code, stdout } = await runHere([...args, '--quiet', ...more], { terminal: true });
      expect(code).toBe(0);
      expect(stdout.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
      expect(stdout).toContain(args[0] === 'info' ? 'title' : '"version"');
    }
    const { stdout } = await runHere(['info', at('evil.txt')]);
    expect(stdout).toContain(`king  ${evil}\n`); // elsewhere words are as they are
  });

  it('of a folder and of a sparse matrix', async () => {
    const model = await runHere(['info', golden('formats/model2vec'), '--json']);
    expect(JSON.parse(model.stdout)).toMatchObject({ format: 'static-embedding', vocabulary: 34, dimensions: 12 });
  });
});

describe('--center', () => {
  it('subtracts the mean of all vectors, before any are chosen, and the manifest says which', async () => {
    await writeFile(at('c.txt'), '3 2\na 1 5\nb 3 -1\nc 2 8\n');
    await writeFile(at('c.txt.json'), JSON.stringify({ ...aManifest, vocabulary: 3, dimensions: 2, mean: [0.5, 0] }));
    const { stdout } = await runHere(['convert', at('c.txt'), '-', '--center', '--top', '2']);
    expect(stdout).toBe('2 2\na -1.0 1.0\nb 1.0 -5.0\n');
    expect((await runHere(['convert', at('c.txt'), at('c.bin'), '--center'])).code).toBe(0);
    expect(JSON.parse(readFileSync(at('c.bin.json'), 'utf8')).mean).toEqual([2.5, 4]);
    expect((await runHere(['info', at('c.bin')])).stdout).toMatch(/^centered +yes/m);
  });

  it('of a fastText model keeps the model, whose composed words move along', async () => {
    const model = golden('formats/fasttext-subwords.bin');
    const made = at('model.bin');
    const { code } = await runHere(['convert', model, made, '--format', 'fasttext', '--center', '--quiet']);
    expect(code).toBe(0);
    const { centeredFasttext } = JSON.parse(readFileSync(golden('combine.json'), 'utf8'));
    const [asked] = JSON.parse((await runHere(['vector', made, 'whaling', '--json'])).stdout);
    for (const [at, value] of centeredFasttext.vectors.whaling.entries()) {
      expect(Math.abs(asked.vector[at] - value)).toBeLessThan(1e-6);
    }
  });
});
