import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v } from './run-w2v.ts';

const { file } = temporaryFolder();
let text: string;
let folder: string;
const at = (name: string) => path.join(folder, name);
const settings = ['--threshold', '1', '--quiet'];
const training = ['--engine', 'wasm', '--dim', '8', '--epochs', '1', '--min-count', '1', '--quiet'];

beforeAll(async () => {
  const cities = ['new york', 'san francisco', 'paris'];
  const line = (n: number) => `from${n % 40} in${n % 37} ${cities[n % 3]} by${(n * 7) % 40} back`;
  text = file('text.txt', Array.from({ length: 120 }, (_, n) => `${line(n)}\n`).join(''));
  folder = path.dirname(text);
  expect((await runHere(['phrases', text, '-o', at('p.tsv'), ...settings])).code).toBe(0);
});

describe('w2v phrases', () => {
  it('writes the phrases, and says how many', async () => {
    const { code, stdout, stderr } = await runHere(['phrases', text, '--threshold', '1', '--passes', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('\n1\tsan francisco\t40\t');
    expect(stderr).toMatch(/Found \d+ phrases.*; joined, the text has [\d,]+ words/);
    expect(readFileSync(at('p.tsv'), 'utf8')).toContain('\n1\tnew york\t40\t');
  });

  it('writes the same bytes again, with any number of threads', async () => {
    for (const threads of ['1', '3']) {
      const { stdout } = await runHere(['phrases', text, '--threads', threads, ...settings]);
      expect(stdout).toBe(readFileSync(at('p.tsv'), 'utf8'));
    }
  });

  it('takes connector words from a file', async () => {
    const words = file('connectors.txt', 'york paris\n');
    const { stdout } = await runHere(['phrases', text, '--connector-words', words, ...settings]);
    expect(stdout).toContain('# connectorWords: ["york","paris"]');
    expect(stdout).not.toMatch(/york\t/);
  });

  it('advises where there are none', async () => {
    const { code, stderr } = await runHere(['phrases', text, '--threshold', '1e6']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Lower --threshold (1000000) or --min-count (5)')]);
  });

  it('refuses what is no text, and writes nothing', async () => {
    mkdirSync(at('empty-folder'), { recursive: true });
    const cases: [string, string, number][] = [
      [file('empty.txt', ''), 'the corpus contains no words', 3],
      [at('missing.txt'), 'no such file', 3],
      [at('empty-folder'), 'contains no file', 3],
      [file('binary.txt', 'a\0b'), 'is not text: byte 1 is NUL', 3],
    ];
    for (const [input, message, exit] of cases) {
      const { code, stderr } = await runHere(['phrases', input, '-o', at('none.tsv')]);
      expect([code, stderr]).toEqual([exit, expect.stringContaining(message)]);
    }
    for (const [flag, value] of [
      ['--threshold', '0'],
      ['--delimiter', ' '],
      ['--passes', '0'],
      ['--scorer', 'pmi'],
      ['--json', '-o'],
    ]) {
      const { code } = await runHere(['phrases', text, flag!, value!, ...(value === '-o' ? ['-'] : [])]);
      expect([flag, code]).toEqual([flag, 2]);
    }
    expect((await runHere(['phrases', text, '--connector-words', at('missing.txt')])).code).toBe(3);
    expect((await runHere(['phrases', text, '-o', text, '--force'])).code).toBe(2);
    expect((await runHere(['phrases', text, '-o', at('p.tsv')])).stderr).toContain('exists');
  });
});

describe('--phrases', () => {
  it('joins the phrases in vocab, count and train, and the manifest names them', async () => {
    const vocab = await runHere(['vocab', text, '--phrases', at('p.tsv')]);
    expect(vocab.stdout).toContain('new_york\t40\n');
    expect(vocab.stderr).toMatch(/Joined \d+ phrases \(\d+ occurrences\)/);
    const files = ['--phrases', at('p.tsv'), '--force'];
    expect((await runHere(['train', text, ...files, ...training, '-o', at('t.txt')])).code).toBe(0);
    expect((await runHere(['count', text, ...files, '--dim', '2', '--quiet', '-o', at('c.txt')])).code).toBe(0);
    for (const name of ['t.txt', 'c.txt']) {
      const { options, corpus } = JSON.parse(readFileSync(at(`${name}.json`), 'utf8'));
      expect(options.phrases).toEqual({
        file: at('p.tsv'),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        delimiter: '_',
      });
      expect(corpus.joined.occurrences).toBeGreaterThanOrEqual(80);
    }
  });

  it('refuses a file that is none, is damaged, or was made with another tokenizer', async () => {
    const damaged = file('damaged.tsv', readFileSync(at('p.tsv'), 'utf8').replace('\tnew york', '\tnew'));
    const cases: [string, string, string[], number][] = [
      [at('missing.tsv'), 'no such file', [], 3],
      [folder, 'is a folder, expected a file', [], 3],
      [file('empty.tsv', ''), 'empty.tsv:1: expected', [], 3],
      [file('binary.tsv', '# w2v\0'), 'is not text', [], 3],
      [file('latin.tsv', Buffer.from([0x23, 0xe9, 0x0a])), 'is not valid UTF-8', [], 3],
      [damaged, 'expected pass, words, count and score', [], 3],
      [at('p.tsv'), 'with the tokenizer words; this text is read with whitespace', ['--tokenizer', 'whitespace'], 2],
      [at('p.tsv'), 'words, keepCase false; this text is read with words, keepCase true', ['--keep-case'], 2],
    ];
    for (const [phrases, message, more, exit] of cases) {
      const { code, stderr } = await runHere(['vocab', text, '--phrases', phrases, ...more]);
      expect([code, stderr]).toEqual([exit, expect.stringContaining(message)]);
    }
  });

  it('decides whether a training can be resumed', async () => {
    const train = ['train', text, ...training, '-o', at('r.txt'), '--force'];
    await runHere([...train, '--checkpoint', at('saved'), '--checkpoint-every', '0.5e']);
    const { code, stderr } = await runHere([...train, '--phrases', at('p.tsv'), '--resume', at('saved')]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/another training: phrases none -> [0-9a-f]+/)]);
  });
});

describe('questions about phrases', () => {
  const vectors = () => file('v.txt', '4 2\nnew_york 1 0\nparis 1 0.1\nsan+francisco 0 1\nback -1 0\n');

  it('find new_york by `new york`', async () => {
    const [{ query, neighbors }] = JSON.parse((await runHere(['nearest', vectors(), 'new york', '--json'])).stdout);
    expect([query, neighbors[0].word]).toEqual(['new york', 'paris']);
    expect((await runHere(['similarity', vectors(), 'New  York', 'back'])).stdout).toBe('-1.0000\n');
    expect((await runHere(['similarity', vectors()], { stdin: 'new york\tback\n' })).stdout).toContain('-1.0000');
    expect((await runHere(['vector', vectors(), 'new york'])).stdout).toBe('new_york 1.0 0.0\n');
    expect((await runHere(['analogy', vectors(), 'new york', 'paris', 'back'])).code).toBe(0);
    expect((await runHere(['odd', vectors(), 'new york', 'paris', 'back'])).stdout).toContain('back');
    expect((await runHere(['nearest', vectors()], { stdin: 'new york\n' })).stdout).toContain('paris');
  });

  it('join with the delimiter that the manifest names', async () => {
    const made = ['phrases', text, '--delimiter', '+', '-o', at('plus.tsv'), '--force', ...settings];
    expect((await runHere(made)).code).toBe(0);
    const train = ['train', text, '--phrases', at('plus.tsv'), ...training, '-o', at('plus.txt'), '--force'];
    expect((await runHere(train)).code).toBe(0);
    expect((await runHere(['nearest', at('plus.txt'), 'san francisco', '-k', '1'])).code).toBe(0);
    expect((await runHere(['nearest', at('plus.txt'), 'san paris'])).stderr).toContain("'san paris' is not in");
  });
});

it('runs as a process', async () => {
  writeFileSync(at('few.txt'), readFileSync(text));
  const { code, stdout } = await spawnW2v(['phrases', at('few.txt'), ...settings]);
  expect([code, stdout]).toEqual([0, readFileSync(at('p.tsv'), 'utf8')]);
});
