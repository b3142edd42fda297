import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

let folder: string;
let file: string;

// Angles: king 0, queen 60, man 90, woman 150 degrees: king - man + woman points to queen.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-questions-'));
  file = path.join(folder, 'vectors.txt');
  await writeFile(file, '5 2\nking 1 0\nqueen 0.5 0.866\nman 0 1\nwoman -0.866 0.5\n왕 0.9 0.1\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('nearest', () => {
  it('shows a block for each word, aligned by the width of its characters', async () => {
    const { code, stdout, stderr } = await runHere(['nearest', file, 'king', 'man', '-k', '2']);
    expect(stderr).toBe('');
    expect(stdout).toBe('king\n  왕     0.994\n  queen  0.500\n\nman\n  queen  0.866\n  woman  0.500\n');
    expect(code).toBe(0);
  });

  it('answers words about a packed file, and says what is wrong with a damaged one', async () => {
    const packed = gzipSync(await readFile(file));
    await writeFile(`${file}.gz`, packed);
    const { code, stdout, stderr } = await runHere(['nearest', `${file}.gz`, 'king', '-k', '1']);
    expect([code, stdout, stderr]).toEqual([0, 'king\n  왕  0.994\n', '']);
    const cut = path.join(folder, 'cut.gz');
    for (const length of [packed.length - 9, 2]) {
      await writeFile(cut, packed.subarray(0, length));
      const damaged = await runHere(['nearest', cut, 'king']);
      expect([damaged.code, damaged.stdout]).toEqual([3, '']);
      expect(damaged.stderr).toContain('cut.gz: the gzip data is truncated or damaged');
    }
  });

  it('answers through an index that it keeps in the cache, and says how good it is', async () => {
    const asked = ['nearest', file, 'king', '-k', '1', '--index', 'hnsw'];
    const environment = { W2V_CACHE: path.join(folder, 'cache') };
    const first = await runHere(asked, { environment });
    expect(first.stdout).toBe('king\n  왕  0.994\n');
    const recall = 'it finds 100\\.0 % of the exact 10 nearest of 5 words\n$';
    expect(first.stderr).toMatch(new RegExp(`^Index: built in [\\d.]+ s, kept in the cache; ${recall}`));
    const second = await runHere(asked, { environment });
    expect([second.stdout, second.code]).toEqual([first.stdout, 0]);
    expect(second.stderr).toMatch(new RegExp(`^Index: from the cache; ${recall}`));
    const third = await runHere([...asked, '--quiet'], { environment });
    expect([third.stdout, third.stderr, third.code]).toEqual([first.stdout, '', 0]);
    expect((await readdir(folder)).filter((name) => name.includes('hnsw'))).toEqual([]);
    const refused = await runHere([...asked, '--restrict-vocab', '3']);
    expect(refused.stderr).toBe(
      'error: --restrict-vocab does not apply to --index hnsw\nhint: add --index exact, or leave --restrict-vocab out\n',
    );
    expect(refused.code).toBe(2);
  });

  it('has fixed names in JSON', async () => {
    const { stdout } = await runHere(['nn', file, 'king', '-k', '1', '--json']);
    expect(JSON.parse(stdout)).toEqual([
      { query: 'king', neighbors: [{ word: '왕', similarity: expect.closeTo(0.9939, 4) }] },
    ]);
    expect(stdout).toMatch(/^\[.*\]\n$/);
  });

  it('answers words on standard input, one a line, without a prompt', async () => {
    const { stdout, stderr, code } = await runHere(['nearest', file, '-k', '1'], { stdin: 'king\n\n  man \n' });
    expect(stdout).toBe('king\n  왕  0.994\n\nman\n  queen  0.866\n');
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('answers standard input in JSON as one document', async () => {
    const { stdout } = await runHere(['nearest', file, '-k', '1', '--json'], { stdin: 'king\nman' });
    expect(JSON.parse(stdout).map((answer: { query: string }) => answer.query)).toEqual(['king', 'man']);
  });

  it('asks at a terminal, goes on after an unknown word, leaves with .exit', async () => {
    const { stdout, stderr, code } = await runHere(['nearest', file, '-k', '1', '--no-color'], {
      stdin: 'kign\nman\n.exit\nking\n',
      terminal: true,
    });
    expect(stdout).toBe('man\n  queen  0.866\n');
    expect(stderr).toContain('Type a word, or king - man + woman, or help. Tab completes, Ctrl-D exits.\n');
    expect(stderr).toContain('word> ');
    expect(stderr).toContain('hint: did you mean king?');
    expect(code).toBe(0);
  });

  it('ends with 5 on an unknown word, after the answers that there are', async () => {
    const { code, stdout, stderr } = await runHere(['nearest', file, 'kign', 'king', 'zzz', '-k', '1']);
    expect(code).toBe(5);
    expect(stdout).toBe('king\n  왕  0.994\n');
    expect(stderr).toContain('hint: did you mean king?');
    expect(stderr.match(/^error: /gm)).toHaveLength(2);
  });

  it('prints a JSON document even when no word is known', async () => {
    const { code, stdout } = await runHere(['nearest', file, 'kign', '--json']);
    expect([code, stdout]).toEqual([5, '[]\n']);
  });

  it('colors headings at a terminal only', async () => {
    const colored = await runHere(['nearest', file, 'king', '-k', '1'], { terminal: true });
    expect(colored.stdout).toContain('\u001b[1mking\u001b[22m');
    for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const plain = await runHere(['nearest', file, 'king', '-k', '1'], { terminal: true, environment });
      expect(plain.stdout).toBe('king\n  왕  0.994\n');
    }
    const flag = await runHere(['nearest', file, 'king', '-k', '1', '--no-color'], { terminal: true });
    expect(flag.stdout).toBe('king\n  왕  0.994\n');
  });
});

describe('analogy', () => {
  it('answers in a table and in JSON', async () => {
    expect((await runHere(['analogy', file, 'man', 'woman', 'queen', '-k', '1'])).stdout).toMatch(/^\S+ {2}\S+\n$/);
    const { stdout } = await runHere(['analogy', file, 'man', 'king', 'woman', '-k', '2', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      query: ['man', 'king', 'woman'],
      answers: [
        { word: expect.any(String), score: expect.any(Number) },
        { word: expect.any(String), score: expect.any(Number) },
      ],
    });
  });

  it('ends with 5 on an unknown word', async () => {
    const { code, stdout, stderr } = await runHere(['analogy', file, 'man', 'kingg', 'woman']);
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toContain('hint: did you mean king?');
  });
});

describe('similarity', () => {
  it('prints one number, or JSON', async () => {
    expect((await runHere(['similarity', file, 'king', 'queen'])).stdout).toBe('0.5000\n');
    const { stdout } = await runHere(['similarity', file, 'king', 'man', '--json']);
    expect(JSON.parse(stdout)).toEqual({ words: ['king', 'man'], similarity: 0 });
  });

  it('ends with 5 on an unknown word', async () => {
    const { code, stderr } = await runHere(['similarity', file, 'king', 'mann']);
    expect(code).toBe(5);
    expect(stderr).toContain('hint: did you mean man?');
  });
});

describe('files that are no vectors end with 3', () => {
  it('missing', async () => {
    const { code, stdout, stderr } = await runHere(['nearest', path.join(folder, 'none.bin'), 'king']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^error: .*none\.bin does not exist\nhint: /);
  });

  it('empty, a folder, something else', async () => {
    const empty = path.join(folder, 'empty.bin');
    await writeFile(empty, '');
    const prose = path.join(folder, 'prose.txt');
    await writeFile(prose, 'Call me Ishmael.\n');
    for (const name of [empty, folder, prose]) {
      const { code, stderr } = await runHere(['nearest', name, 'king']);
      expect([name, code]).toEqual([name, 3]);
      expect(stderr).toContain(name);
    }
  });
});

it('the message about an unknown word names it and the file', async () => {
  const { stderr } = await runHere(['similarity', file, 'king', 'zzzzzz']);
  expect(stderr.split('\n')[0]).toBe(`error: 'zzzzzz' is not in the vocabulary of ${file} (5 words)`);
});
