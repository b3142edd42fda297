// What queries are told that cannot be answered, or not as they were meant.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problems } from '../../src/cli/problems.ts';
import { csrMembers, zipOf } from '../formats/zip.ts';
import { runHere } from './run-w2v.ts';

let folder: string;
let file: string;
const ESC = '\u001b]0;PWN\u0007';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-problems-'));
  file = path.join(folder, 'vectors.txt');
  const rows = ['king 1 0', 'queen 0.5 0.866', 'man 0 1', 'woman -0.866 0.5', 'zero 0 0', 'broken nan 1', `${ESC} 1 1`];
  await writeFile(file, `${rows.length} 2\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('many questions', () => {
  it('are read as they come: a malformed one is told before the last has come', async () => {
    for (const command of ['similarity', 'odd', 'analogy']) {
      const stdin = new Readable({ read() {} }); // never ends
      stdin.push('king\n');
      const { code, stderr } = await runHere([command, file], { stdin });
      expect([command, code, stderr]).toEqual([command, 3, expect.stringContaining('error: standard input:1: 1 word')]);
    }
  }, 5000);

  it('are looked through in steps, so that a signal is heard', () => {
    const questions = Array.from({ length: 10_000 }, (_, at) => [at % 2 === 0 ? 'a' : 'b']);
    const steps = new Problems().knownSteps({ words: ['a'] }, questions, (question) => question);
    let taken = 0;
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        expect(value).toHaveLength(5000);
        break;
      }
      taken++;
    }
    expect(taken).toBeGreaterThan(30);
  });
});

describe('unknown words', () => {
  it('are told after the answers, five with suggestions, a hundred at most', async () => {
    const unknown = Array.from({ length: 150 }, (_, at) => `king${at % 10}`);
    const { code, stdout, stderr } = await runHere(['nearest', file, ...unknown, 'king', '-k', '1']);
    expect(code).toBe(5);
    expect(stdout).toMatch(/^king\n.*\n$/);
    expect(stderr.match(/^error: 'king\d' is not in the vocabulary/gm)).toHaveLength(100);
    expect(stderr).toContain('... and 50 more\n');
    expect(stderr.match(/^hint: did you mean king\?/gm)).toHaveLength(5);
  });

  it('do not keep the known ones from being answered together', async () => {
    const { code, stdout } = await runHere(['similarity', file, '--tsv'], {
      stdin: 'king queen\nkign man\nking man\n',
    });
    expect([code, stdout]).toEqual([5, expect.stringMatching(/^king\tqueen\t0\.5\d*\nking\tman\t0\n$/)]);
  });

  it('are quoted at 80 characters, without control characters', async () => {
    const long = await runHere(['nearest', file, 'x'.repeat(100_000)]);
    expect(long.code).toBe(5);
    expect(long.stderr.length).toBeLessThan(400);
    const escaped = await runHere(['nearest', file, `${ESC}x`]);
    expect(escaped.stderr).toContain("'\\x1b]0;PWN\\x07x' is not in the vocabulary");
    expect(escaped.stderr).toContain('hint: did you mean \\x1b]0;PWN\\x07?');
    const inLines = await runHere(['nearest', file], { stdin: `${'x'.repeat(100_000)}\n` });
    expect([inLines.code, inLines.stderr.length < 400]).toEqual([5, true]);
  });
});

describe('vectors without a direction', () => {
  it.each([
    [['nearest', 'broken'], "the vector of 'broken' holds NaN or infinity: it has no direction"],
    [['nearest', 'zero'], "the vector of 'zero' is all zeros: it has no direction"],
    [['nearest', 'king - king'], "the vectors of 'king - king' cancel out: their sum has no direction"],
    [['nearest', 'king - broken'], "the vector of 'broken' holds NaN or infinity: it has no direction"],
    [['analogy', 'king', 'king', 'zero'], "the vectors of 'king - king + zero' cancel out: their sum has no direction"],
    [['analogy', 'king', 'queen', 'broken'], "the vector of 'broken' holds NaN or infinity: it has no direction"],
    [['similarity', 'king', 'broken'], "the vector of 'broken' holds NaN or infinity: it has no direction"],
    [['odd', 'king', 'broken', 'man'], "the vector of 'broken' holds NaN or infinity: it has no direction"],
  ])('%s', async ([command, ...words], message) => {
    const { code, stderr } = await runHere([command!, file, ...words]);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  it('are told after the answers to the others', async () => {
    const { code, stdout } = await runHere(['nearest', file, 'zero', 'king', '-k', '1', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual([
      { query: 'zero', neighbors: [] },
      { query: 'king', neighbors: [expect.anything()] },
    ]);
    const pairs = await runHere(['similarity', file, '--tsv'], { stdin: 'king broken\nking man\n' });
    expect([pairs.code, pairs.stdout]).toEqual([3, 'king\tman\t0\n']);
  });

  it('vectors on standard input', async () => {
    const stdin = '0 0\n1 0\n1e200 1\n';
    const { code, stdout, stderr } = await runHere(['nearest', file, '--vector', '--tsv', '-k', '1'], { stdin });
    expect([code, stdout]).toEqual([3, 'line 2\tking\t1\n']);
    expect(stderr).toContain('standard input:1: the vector is all zeros: it has no direction');
    expect(stderr).toContain('standard input:3: the vector is too long: it has no direction');
  });

  it('a threshold that nothing reaches is no problem', async () => {
    const { code, stderr } = await runHere(['nearest', file, 'king', '--threshold', '2']);
    expect([code, stderr]).toEqual([0, '']);
  });
});

it('words that come twice are told, of a sparse matrix too', async () => {
  const sparse = path.join(folder, 'twice.npz');
  await writeFile(sparse, zipOf(Object.values(csrMembers([3, 2], [0, 1, 2, 3], [0, 1, 1], [1, 2, 3]))));
  await writeFile(`${sparse}.words`, 'a\nb\na\n');
  expect(await runHere(['nearest', sparse, 'a'])).toMatchObject({
    code: 0,
    stdout: 'a\n  b  0.000\n',
    stderr: expect.stringContaining('twice.npz: 1 duplicate word; the first row of each counts'),
  });
});

describe('a malformed line of standard input ends with 3 and its number', () => {
  it.each([
    [['nearest'], 'king\nking -\n', "standard input:2: 'king -' is not a sum of words"],
    [['nearest', '--json'], 'king\n\nking -\n', "standard input:3: 'king -' is not a sum of words"],
    [['nearest', '--vector'], '1 2\n[1 x]\n', "standard input:2: 'x' is not a number"],
    [['nearest', '--vector'], '1 2\n1 2 3\n', 'standard input:2: more than 2 numbers, expected 2'],
    [['nearest', '--vector'], '1\n', 'standard input:1: 1 number, expected 2'],
    [['nearest', '--vector'], '[]\n', 'standard input:1: 0 numbers, expected 2'],
    [['nearest', '--vector'], '1,,2\n', "standard input:1: '' is not a number"],
    [['analogy'], 'man king woman\nman\n', 'standard input:2: 1 word, expected three'],
    [['similarity'], 'king queen\nking\n', 'standard input:2: 1 word, expected two'],
    [['odd'], 'king queen man\nking man\n', 'standard input:2: 2 words, expected at least three'],
  ])('%s %j', async ([command, ...options], stdin, message) => {
    const { code, stderr } = await runHere([command!, file, ...options], { stdin });
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  const endless = 'x'.repeat(2 ** 24 + 1);
  it.each([
    ['nearest', ['-k', '1'], 'king\nmissing\nking -\nqueen\n', /^king\t.*\n$/],
    ['nearest', ['-k', '1', '--vector'], '1 0\n1\n0 1\n', /^line 1\t.*\n$/],
    ['analogy', ['-k', '1'], 'king man king\nman\nking man king\n', /^king\tman\tking\t.*\n$/],
    ['similarity', [], 'king man\nmissing man\nking\nman queen\n', /^king\tman\t.*\n$/],
    ['similarity', [], `king man\n${endless}`, /^king\tman\t.*\n$/],
    ['odd', [], 'king queen woman\nking man\nman man man\n', /^(woman\t.*\n){3}$/],
    ['vector', [], `king\n${endless}`, /^king\t.*\n$/],
  ])('the lines before it are answered: %s %j', async (command, options, stdin, answers) => {
    const { code, stdout } = await runHere([command, file, ...options, '--tsv'], { stdin });
    expect([code, stdout]).toEqual([3, expect.stringMatching(answers)]);
    const json = await runHere([command, file, ...options, '--json'], { stdin });
    expect([json.code, JSON.parse(json.stdout)]).toEqual([3, [expect.anything()]]);
  });

  it('and quotes at most 80 characters of it, soon', async () => {
    const started = performance.now();
    for (const stdin of ['['.repeat(200_000), '1 '.repeat(5_000_000)]) {
      const { code, stderr } = await runHere(['nearest', file, '--vector'], { stdin: `${stdin}\n` });
      expect([code, stderr.length < 400]).toEqual([3, true]);
    }
    const endless = await runHere(['nearest', file], { stdin: 'x'.repeat(2 ** 24 + 1) });
    expect([endless.code, endless.stderr]).toEqual([
      3,
      expect.stringContaining('standard input:1: more than 16777216 characters without a line end'),
    ]);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('on the command line it is misuse', async () => {
    for (const args of [
      ['nearest', 'king -'],
      ['analogy', 'king'],
      ['similarity', 'king'],
      ['odd', 'king', 'man'],
    ]) {
      expect((await runHere([args[0], file, ...args.slice(1)])).code).toBe(2);
    }
  });
});

it('a sum that the shell cut in pieces is to be quoted', async () => {
  const { code, stdout, stderr } = await runHere(['nearest', file, 'king', '-', 'man', '+', 'woman']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    "error: '-' is a separate argument; a sum of words is one argument\nhint: quote it: 'king - man + woman'\n",
  );
  const signs = path.join(folder, 'signs.txt');
  await writeFile(signs, '3 1\n- 1\n+ 2\na 3\n');
  expect((await runHere(['nearest', signs, 'a', '-', '+', '-k', '1'])).code).toBe(0);
});

describe('on a terminal', () => {
  it.each([
    [['analogy', '--no-color'], 'Man king Woman\nking\nexit\n', 'man king woman, or help', 'expected three'],
    [['similarity'], 'King queen\nking\n', 'car train, or help', 'expected two'],
    [['odd', '--no-color'], 'King queen woman\nking\n', 'breakfast lunch dinner cereal, or help', 'expected'],
    [['vector'], 'King queen\nnobody\n', 'a word, or several, or help', "'nobody' is not in the vocabulary"],
  ])('%s prompts, and answers each line', async ([command, ...options], stdin, begins, problem) => {
    const { code, stderr, stdout } = await runHere([command!, file, ...options], { stdin, terminal: true });
    expect(code).toBe(0);
    expect(stderr).toContain(`Type ${begins}. Tab completes, Ctrl-D exits.\n`);
    expect(stderr).toMatch(/'(King|Man)' is not in the vocabulary, '(king|man)' is\n/);
    expect(stderr).toContain(problem);
    const [name, ...rest] = stdin.split('\n')[0].toLowerCase().split(' ');
    expect(stdout).toBe((await runHere([command!, file, ...options, name!, ...rest], { terminal: true })).stdout);
  });

  it.each([
    [['nearest', '--vector', '--no-color'], '1 0\n', 'a vector of 2 numbers'],
    [['nearest', '--json'], 'king\n', 'a word'],
    [['analogy', '--json'], 'man king woman\n', 'three words A B C'],
    [['similarity', '--json'], 'king queen\n', 'two words'],
    [['odd', '--json'], 'king queen woman\n', 'three words or more'],
    [['vector', '--json'], 'king\n', 'a word'],
  ])('%s says what it waits for', async ([command, ...options], stdin, what) => {
    const { code, stderr, stdout } = await runHere([command!, file, ...options], { stdin, terminal: true });
    expect([code, stderr.endsWith(`Reading from the terminal, ${what} on each line; Ctrl-D ends.\n`)]).toEqual([
      0,
      true,
    ]);
    if (options.includes('--json')) expect(JSON.parse(stdout)).toHaveLength(1);
    else expect(stdout).not.toBe('');
    expect((await runHere([command!, file, ...options, '--quiet'], { stdin, terminal: true })).stderr).toBe('');
  });

  it.each([
    ['nearest', 'king', ESC],
    ['nearest', 'king', ESC, '--tsv'],
    ['analogy', ESC, 'king', 'man', '--tsv'],
    ['analogy', 'queen', 'king', 'man'],
    ['odd', ESC, 'king', 'man'],
    ['odd', ESC, 'king', 'man', '--tsv'],
  ])('%s %s %s %s shows words without their control characters', async (command, ...words) => {
    const shown = await runHere([command, file, ...words, '--no-color'], { terminal: true });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('\\x1b]0;PWN\\x07');
    expect(shown.stdout).not.toContain('\u001b');
    expect((await runHere([command, file, ...words])).stdout).toContain(ESC);
  });

  it('similarity too', async () => {
    const outside = { stdin: `king ${ESC}\n`, terminal: true, piped: true };
    for (const more of [[], ['--tsv']]) {
      expect((await runHere(['similarity', file, ...more], outside)).stdout).toContain('\\x1b]0;PWN\\x07');
    }
  });

  it('the prompt takes several words, and one that is there in lower case only', async () => {
    const outside = { stdin: 'king man\nKing - man + Woman\nnobody king\n+ king\n.exit\n', terminal: true };
    const { code, stdout, stderr } = await runHere(['nearest', file, '-k', '1', '--no-color'], outside);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => /^\w/.test(line))).toEqual([
      'king',
      'man',
      'King - man + Woman',
      'king',
    ]);
    expect(stderr).toContain("'King' is not in the vocabulary, 'king' is\n");
    expect(stderr).toContain("'Woman' is not in the vocabulary, 'woman' is\n");
    expect(stderr).toContain("error: 'nobody' is not in the vocabulary");
  });
});
