// What is named "-" comes from standard input: vectors, test sets, a vocabulary.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
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

describe('other files on standard input', () => {
  const pairs = 'king queen 8\nman woman 7\nking woman 2\nqueen man 3\n';
  const questions = ': people\nman king woman queen\nking man queen woman\n';
  const commands = [
    ['evaluate', golden('vectors.txt')],
    ['compare', golden('vectors.txt'), golden('vectors.bin'), '--thesaurus', 'none'],
  ];

  it.each([
    ['pairs', pairs],
    ['analogies', questions],
  ] as const)('--%s - has the scores of the file', async (kind, text) => {
    const named = file(`${kind}.txt`, text);
    for (const command of commands) {
      const scores = async (given: string, stdin = '') => {
        const { code, stdout, stderr } = await runHere([...command, `--${kind}`, given, '--json'], { stdin });
        expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
        const document = JSON.parse(stdout);
        return (document.routes ?? document)[0][kind].map(({ set, ...score }: { set: string }) => [set, score]);
      };
      const [[, expected]] = await scores(named);
      expect(await scores('-', text)).toEqual([['standard input', expected]]);
    }
  });

  it.each([
    ['not a pair', 'king queen 8\nking queen\n', 'standard input:2: expected two words and a number'],
    ['no text', '\xff\xfe king', 'standard input: not valid UTF-8'],
    ['nothing', '', 'standard input has no word pairs'],
  ])('--pairs -, %s', async (_, text, message) => {
    const stdin = piped(Buffer.from(text, 'latin1'));
    const { code, stderr } = await runHere(['evaluate', golden('vectors.txt'), '--pairs', '-'], { stdin });
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  it('--vocab - and --counts -, plain and packed', async () => {
    const corpus = file('text.txt', 'king queen king man\nqueen woman king man\n'.repeat(20));
    const { stdout: words } = await runHere(['vocab', corpus]);
    for (const stdin of [words, piped(gzipSync(words))]) {
      const args = ['train', corpus, '-o', '-', '--vocab', '-', '--engine', 'wasm', '--dim', '2', '--epochs', '1'];
      const { code, stdout, stderr } = await runHere([...args, '--format', 'glove'], { stdin });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
      expect(stdout.match(/^\w+/gm)).toEqual(['king', 'queen', 'man', 'woman']);
    }
    const counts = await runHere(
      ['evaluate', golden('vectors.txt'), '--pairs', file('p.txt', pairs), '--thesaurus', 'lin', '--counts', '-'],
      {
        stdin: 'king many\n',
      },
    );
    expect([counts.code, counts.stderr]).toEqual([3, expect.stringContaining('standard input:1')]);
  });
});

describe('standard input is refused', () => {
  const both = (first: string, second: string) => `standard input (-) cannot be both ${first} and ${second}`;
  it.each([
    ['evaluate - --pairs -', both('the vectors', '--pairs')],
    ['evaluate v.bin --pairs - --analogies -', both('--pairs', '--analogies')],
    ['evaluate v.bin --pairs - -', 'standard input (-) is named twice for --pairs'],
    ['evaluate v.bin --thesaurus lin --counts - --pairs -', both('--pairs', '--counts')],
    ['compare - --analogies -', both('the inputs', '--analogies')],
    ['compare v.txt --vocab - --pairs -', both('--pairs', '--vocab')],
    ['train - -o v.bin --vocab -', both('the corpus', '--vocab')],
    ['train - -o v.bin --init-vectors -', both('the corpus', '--init-vectors')],
    ['train - -o v.bin --phrases -', both('the corpus', '--phrases')],
    ['vocab - --stop-words -', both('the corpus', '--stop-words')],
    ['train - - -o v.bin', 'standard input (-) is named twice for the corpus'],
    ['count - -o v.bin --vocab -', both('the corpus', '--vocab')],
    ['convert - v.npy --words -', both('the vectors', '--words')],
  ])('two readers: %s', async (line, message) => {
    const { code, stderr } = await runHere(line.split(' '));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('a list of words is read from it', async () => {
    const { code, stdout } = await runHere(['vocab', file('few.txt', 'the cat '.repeat(9)), '--stop-words', '-'], {
      stdin: 'the\n',
    });
    expect([code, stdout]).toEqual([0, 'cat\t9\n']);
  });

  it.each([
    ['questions on it too', ['nearest', '-'], 2, both('the vectors', 'the questions')],
    ['pairs on it too', ['similarity', '-'], 2, 'put the questions on the command line, or name a file'],
  ])('%s', async (_, args, code, message) => {
    const outcome = await runHere(args, { stdin: piped(bytes('vectors.bin')) });
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(message);
  });

  it('an index, which is found in the cache by the numbers', async () => {
    const asked = (name: string) => ['nearest', name, 'king', '-k', '1', '--index', 'hnsw'];
    const environment = { W2V_CACHE: path('cache') };
    const [first, again, named] = [
      await runHere(asked('-'), { stdin: piped(bytes('vectors.bin')), environment }),
      await runHere(asked('-'), { stdin: piped(bytes('vectors.bin')), environment }),
      await runHere(asked(file('same.bin', bytes('vectors.bin'))), { environment }),
    ];
    expect([first.code, first.stderr]).toEqual([0, expect.stringMatching(/^Index: built in /)]);
    for (const { stdout, stderr } of [again, named])
      expect([stdout, stderr]).toEqual([first.stdout, expect.stringMatching(/^Index: from the cache; /)]);
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
