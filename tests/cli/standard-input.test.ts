// Vectors named "-" come from standard input, in every command that takes vectors.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v } from './run-w2v.ts';

const { file } = temporaryFolder();
const golden = (name: string) => new URL(`../golden/${name}`, import.meta.url).pathname;
const bytes = (name: string) => readFileSync(golden(name));
/** In pieces that cut records anywhere. */
const piped = (content: Uint8Array) =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / 100) }, (_, at) => content.subarray(100 * at, 100 * at + 100)),
  );

describe('vectors on standard input', () => {
  it.each([
    ['binary', bytes('vectors.bin')],
    ['text', bytes('vectors.txt')],
    ['packed', gzipSync(bytes('vectors.bin'))],
    ['Parquet', bytes('formats/snappy.parquet')],
    ['safetensors', bytes('formats/words-inside.safetensors')],
  ])('%s', async (_, content) => {
    const args = ['-', 'king', '-k', '3', '--json', '--quiet'];
    const { code, stdout, stderr } = await runHere(['nearest', ...args], { stdin: piped(content) });
    expect([code, stderr]).toEqual([0, '']);
    const named = await runHere(['nearest', golden('vectors.txt'), ...args.slice(1)]);
    expect(stdout).toBe(named.stdout);
  });

  it('of the process, which may be a socket', async () => {
    const { code, stdout } = await spawnW2v(['convert', '-', '-', '--format', 'word2vec-text'], {
      stdin: piped(bytes('vectors.bin')),
    });
    expect([code, stdout]).toEqual([0, bytes('vectors.txt').toString()]);
  });

  it.each([
    ['info', ['--json'], '"vocabulary":33'],
    ['similarity', ['king', 'queen'], /^-?[01]\.\d{4}\n$/],
    ['analogy', ['man', 'king', 'woman'], 'queen'],
    ['odd', ['king', 'queen', 'man'], 'king'],
  ])('%s', async (command, more, answer) => {
    const { code, stdout } = await runHere([command, '-', ...more], { stdin: piped(bytes('vectors.bin')) });
    expect(code).toBe(0);
    if (typeof answer === 'string') expect(stdout).toContain(answer);
    else expect(stdout).toMatch(answer);
  });

  it('beside a file, in evaluate and compare', async () => {
    const pairs = file('pairs.txt', 'king queen 8\nman woman 7\nking woman 2\nqueen man 3\n');
    for (const more of [['evaluate'], ['compare', '--as', 'vectors', '--thesaurus', 'none']]) {
      const args = [...more, '-', golden('vectors.txt'), '--pairs', pairs, '--json'];
      const { code, stdout, stderr } = await runHere(args, { stdin: piped(bytes('vectors.bin')) });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
      const document = JSON.parse(stdout);
      const [one, other] = document.routes ?? document;
      expect(one.pairs[0].spearman).toBe(other.pairs[0].spearman);
    }
  });
});

describe('standard input is refused', () => {
  it.each([
    ['questions on it too', ['nearest', '-'], 2, 'standard input (-) has the vectors, and cannot have the questions'],
    ['pairs on it too', ['similarity', '-'], 2, 'standard input (-) has the vectors, and cannot have the questions'],
    ['an index', ['nearest', '-', 'king', '--index', 'hnsw'], 2, '--index hnsw stores its index next to the file'],
  ])('%s', async (_, args, code, message) => {
    const outcome = await runHere(args, { stdin: piped(bytes('vectors.bin')) });
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(message);
  });

  it('a terminal', async () => {
    const { code, stderr } = await runHere(['info', '-'], { terminal: true });
    expect([code, stderr]).toEqual([2, expect.stringContaining('standard input (-) is a terminal, expected vectors')]);
  });

  it('damage, by its name', async () => {
    const cut = await runHere(['info', '-'], { stdin: piped(bytes('vectors.bin').subarray(0, 1000)) });
    expect([cut.code, cut.stderr]).toEqual([3, expect.stringContaining('error: standard input at byte')]);
    const none = await runHere(['info', '-'], { stdin: '' });
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('standard input: the file is empty')]);
  });

  it('what never comes: Ctrl-C ends the wait', async () => {
    const stop = new AbortController();
    const asked = runHere(['info', '-'], { stdin: new Readable({ read() {} }), signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect((await asked).code).toBe(130);
  });
});
