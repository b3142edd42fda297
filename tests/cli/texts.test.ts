// w2v embed and w2v search: what they print and write, and what can be wrong.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { type Outside, runHere } from './run-w2v.ts';

const { file, path } = temporaryFolder();
const lines = ['the cat sat on the mat', 'the dog ran', '', 'the cat and the dog', 'Unicorns!', 'the mat'];
const embed = (name: string, args: readonly string[], outside?: Outside) =>
  runHere(['embed', path(name), ...args], outside);
const search = (name: string, args: readonly string[], outside?: Outside) =>
  runHere(['search', path(name), ...args], outside);

beforeAll(async () => {
  file('bare.txt', '4 2\nthe 3 0\ncat 0.6 0.8\nmat 0 2\ndog -1 0\n');
  file('corpus.txt', `${lines.slice(0, 2).join('\n')}\nthe cat and the dog\nthe mat\n`.repeat(20));
  file('texts.txt', `${lines.join('\n')}\n`);
  const counting = ['--dim', '3', '--window', '2', '--min-count', '1', '--quiet'];
  await runHere(['count', path('corpus.txt'), '-o', path('v.bin'), ...counting]);
  await runHere(['vocab', path('corpus.txt'), '-o', path('words.tsv'), '--min-count', '1', '--quiet']);
});

describe('embed prints', () => {
  it('the numbers, as fastText does, of texts and of lines of standard input', async () => {
    const { code, stdout, stderr } = await embed('bare.txt', ['the cat', 'Mat, MAT and unicorns']);
    expect([code, stdout]).toEqual([0, '0.8 0.4\n0.0 1.0\n']);
    expect(stderr).toBe('Left out: 2 of 6 words, not in the vocabulary\n');
    const read = await embed('bare.txt', ['--quiet'], { stdin: 'the cat\r\n\n  \nmat' });
    expect([read.code, read.stdout, read.stderr]).toEqual([0, '0.8 0.4\n0.0 0.0\n0.0 0.0\n0.0 1.0\n', '']);
  });

  it('one JSON document, and tab-separated lines', async () => {
    const { stdout } = await embed('bare.txt', ['the cat', '', '--json']);
    expect(JSON.parse(stdout)).toEqual([
      { text: 'the cat', vector: [0.8, 0.4] },
      { text: '', vector: [0, 0] },
    ]);
    expect((await embed('bare.txt', ['a\tcat', '--tsv'])).stdout).toBe('a cat\t0.6\t0.8\n');
    expect((await embed('bare.txt', ['--json'], { stdin: '' })).stdout).toBe('[]\n');
  });

  it('what standard input has, line by line, packed with gzip too', async () => {
    const packed = path('texts.gz');
    writeFileSync(packed, gzipSync('the cat\nmat\n'));
    const { stdin } = { stdin: (await import('node:fs')).createReadStream(packed) };
    expect((await embed('bare.txt', [], { stdin })).stdout).toBe('0.8 0.4\n0.0 1.0\n');
  });

  it('at a prompt', async () => {
    const { stdout, stderr } = await embed('bare.txt', [], { terminal: true, stdin: 'the cat\nunicorns\nexit\n' });
    expect(stdout).toContain('0.8 0.4\n0.0 0.0\n');
    expect(stderr).toContain('1 text has no known word: zeros');
  });
});

describe('texts are prepared as the corpus was', () => {
  it('phrases are joined, and digits folded, and a later text is prepared so too', async () => {
    file('cities.txt', 'he saw new york in 1984\nshe left new york in 1999\n'.repeat(20));
    const quietly = ['--min-count', '1', '--quiet'];
    await runHere(['phrases', path('cities.txt'), '-o', path('p.tsv'), '--threshold', '0.1', '--quiet']);
    const made = ['-o', path('cities.bin'), '--phrases', path('p.tsv'), '--digits', 'fold', '--dim', '2'];
    expect((await runHere(['count', path('cities.txt'), ...made, '--force', ...quietly])).code).toBe(0);
    const { words } = await loadVectors(path('cities.bin'));
    const phrase = words.find((word) => word.includes('new_york'))!;
    const vector = async (text: string, ...more: string[]) =>
      JSON.parse((await embed('cities.bin', [text, '--json', '--quiet', ...more])).stdout)[0].vector as number[];
    const text = phrase.replaceAll('_', ' ');
    expect((await vector(text)).some((number) => number !== 0)).toBe(true);
    expect(await vector(text)).toEqual(await vector(phrase));
    expect(await vector('2024')).toEqual(await vector('0000'));
    await embed('cities.bin', [text, '-o', path('earlier.npy'), '--quiet']);
    expect(await vector(text, '--like', path('earlier.npy'))).toEqual(await vector(text));
  });
});

describe('embed -o', () => {
  it.each(['t.txt', 't.bin', 't.npy', 't.safetensors', 't.parquet', 't.vec.gz', 't.glove', 't.board'])(
    'writes row n for line n: %s',
    async (name) => {
      const format = name === 't.glove' ? ['--format', 'glove'] : name === 't.board' ? ['--format', 'projector'] : [];
      const { code, stderr, stdout } = await embed('bare.txt', ['-o', path(name), ...format], {
        stdin: readFileSync(path('texts.txt'), 'utf8'),
      });
      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).toMatch(/^Wrote \S+ \(6 texts x 2\) in .*; row n is line n of the texts\n/);
      expect(stderr).toContain('2 texts have no known word: zeros');
      const { words, matrix } = await loadVectors(path(name));
      expect(words).toEqual(['1', '2', '3', '4', '5', '6']);
      expect([...matrix.slice(4, 6), ...matrix.slice(10, 12)]).toEqual([0, 0, 0.5, 0.5]);
      const manifest = JSON.parse(readFileSync(path(`${name}.json`), 'utf8'));
      expect(manifest).toMatchObject({ command: 'embed', route: 'texts', vocabulary: 6, dimensions: 2, tokens: 12 });
      expect(manifest.texts).toMatchObject({ pooling: 'mean', components: [], unknownTokens: 5, withoutWords: 2 });
      expect((await runHere(['info', path(name)])).stdout).toContain('embed (texts');
    },
  );

  it('keeps what was removed, and --like uses it again', async () => {
    const stdin = readFileSync(path('texts.txt'), 'utf8');
    const sif = ['--pooling', 'sif'];
    const written = await embed('v.bin', [...sif, '-o', path('sif.npy'), '--json'], { stdin });
    expect(JSON.parse(written.stdout)).toMatchObject({ texts: 6, pooling: 'sif', removedComponents: 1, format: 'npy' });
    const { texts, options } = JSON.parse(readFileSync(path('sif.npy.json'), 'utf8'));
    expect(texts.components).toHaveLength(1);
    expect(texts.components[0]).toHaveLength(3);
    expect(options).toMatchObject({ pooling: 'sif', sifA: 0.001, removeComponents: 1, tokenizer: 'words' });
    const all = (await embed('v.bin', sif, { stdin })).stdout.split('\n');
    const like = await embed('v.bin', [lines[3], '--like', path('sif.npy'), '--quiet']);
    expect(like).toEqual({ code: 0, stdout: `${all[3]}\n`, stderr: '' });
    const { stdout } = await search('v.bin', [
      '--in',
      path('texts.txt'),
      lines[3],
      '--like',
      path('sif.npy'),
      '-k',
      '1',
      '--tsv',
    ]);
    expect(stdout).toMatch(/^the cat and the dog\t4\t(1|0\.99999\d+)\tthe cat and the dog\n$/);
  });

  it('to standard output, as word2vec text', async () => {
    const { stdout } = await embed('bare.txt', ['the cat', 'mat', '-o', '-', '--quiet']);
    expect(stdout).toBe('2 2\n1 0.8 0.4\n2 0.0 1.0\n');
  });
});

describe('the counts for sif', () => {
  it('are in the manifest, and --vocab gives the same', async () => {
    const { counts } = JSON.parse(readFileSync(path('v.bin.json'), 'utf8'));
    expect(counts).toEqual([120, 40, 40, 40, 20, 20, 20, 20]);
    const asked = ['--pooling', 'sif', '--tsv', ...lines];
    copyFileSync(path('v.bin'), path('copy.bin'));
    const bare = await embed('copy.bin', asked);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('--pooling sif needs the counts of words, and neither');
    expect(bare.stderr).toContain("hint: make them with 'w2v vocab CORPUS -o FILE', then add --vocab FILE");
    const { stdout } = await embed('copy.bin', [...asked, '--vocab', path('words.tsv')]);
    expect(stdout).toBe((await embed('v.bin', asked)).stdout);
  });

  it('stay with the words that convert keeps', async () => {
    await runHere(['convert', path('v.bin'), path('top.bin'), '--top', '2', '--quiet']);
    expect(JSON.parse(readFileSync(path('top.bin.json'), 'utf8')).counts).toEqual([120, 40]);
    await runHere(['convert', path('v.bin'), path('same.npy'), '--quiet']);
    expect(JSON.parse(readFileSync(path('same.npy.json'), 'utf8')).counts).toHaveLength(8);
    const info = await runHere(['info', path('v.bin'), '--json']);
    expect(JSON.parse(info.stdout).manifest).not.toHaveProperty('counts');
  });
});

it('the manifest decides how texts are split, the command line before it', async () => {
  file('case.txt', 'The cat\nThe cat\n');
  const made = ['--dim', '2', '--min-count', '1', '--tokenizer', 'whitespace', '--quiet'];
  await runHere(['count', path('case.txt'), '-o', path('case.bin'), ...made]);
  const known = async (...args: string[]) => !(await embed('case.bin', args)).stderr.includes('no known word');
  expect(await known('The')).toBe(true);
  expect(await known('the')).toBe(false);
  expect(await known('The.')).toBe(false);
  expect(await known('The.', '--tokenizer', 'words', '--keep-case')).toBe(true);
  rmSync(path('case.bin.json'));
  expect(await known('The.')).toBe(true);
});

describe('search', () => {
  it('prints the most similar lines with their numbers', async () => {
    const { code, stdout, stderr } = await search('bare.txt', ['--in', path('texts.txt'), 'a mat', 'THE', '-k', '2']);
    expect([code, stdout]).toEqual([
      0,
      'a mat\n  0.707  6  the mat\n  0.569  1  the cat sat on the mat\n\n' +
        'THE\n  0.894  4  the cat and the dog\n  0.822  1  the cat sat on the mat\n',
    ]);
    expect(stderr).toBe('Left out: 5 of 17 words, not in the vocabulary\n2 lines have no known word: skipped\n');
  });

  it('reads queries from standard input, and prints JSON', async () => {
    const args = ['--in', path('texts.txt'), '-k', '1', '--json', '--quiet'];
    const { stdout, stderr, code } = await search('bare.txt', args, { stdin: 'mat\n\nthe mat\n' });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([
      { query: 'mat', matches: [{ line: 6, text: 'the mat', similarity: expect.closeTo(Math.SQRT1_2, 6) }] },
      { query: 'the mat', matches: [{ line: 6, text: 'the mat', similarity: expect.closeTo(1, 6) }] },
    ]);
  });

  it.each([[[]], [['--pooling', 'sif']], [['--pooling', 'sif', '--remove-components', '0']]])(
    'gives the same from a file, from gzip and from standard input: %j',
    async (options) => {
      const asked = ['the cat', 'dog', '--tsv', '--quiet', ...options];
      const { stdout } = await search('v.bin', ['--in', path('texts.txt'), ...asked]);
      expect(stdout.split('\n')).toHaveLength(9);
      const text = readFileSync(path('texts.txt'));
      writeFileSync(path('packed'), gzipSync(text));
      expect((await search('v.bin', ['--in', path('packed'), ...asked])).stdout).toBe(stdout);
      expect((await search('v.bin', ['--in', '-', ...asked], { stdin: text.toString() })).stdout).toBe(stdout);
    },
  );

  it('answers the queries it can, and fails with the others', async () => {
    const args = ['--in', path('texts.txt'), 'unicorns', 'mat', '', '-k', '1', '--tsv'];
    const { code, stdout, stderr } = await search('bare.txt', args);
    expect(code).toBe(5);
    expect(stdout).toMatch(/^mat\t6\t0\.707\d+\tthe mat\n$/);
    expect(stderr).toContain("no word of 'unicorns' is in the vocabulary of");
    expect(stderr).toContain("no word of '' is in the vocabulary of");
    const canceled = await search('bare.txt', ['--in', path('texts.txt'), 'the dog', '--json']);
    expect([canceled.code, canceled.stdout]).toEqual([3, '[]\n']);
    expect(canceled.stderr).toContain("the vectors of 'the dog' cancel out: their sum has no direction");
  });

  it('at a prompt, also with sif, whose components are found once', async () => {
    const stdin = 'mat\nthe cat\nexit\n';
    const typed = await search('v.bin', ['--in', path('texts.txt'), '--pooling', 'sif', '-k', '1', '--tsv'], {
      stdin,
      terminal: true,
    });
    const asked = await search('v.bin', [
      '--in',
      path('texts.txt'),
      '--pooling',
      'sif',
      '-k',
      '1',
      '--tsv',
      'mat',
      'the cat',
    ]);
    for (const line of asked.stdout.trimEnd().split('\n')) expect(typed.stdout).toContain(line);
  });
});

describe('an error without a result:', () => {
  const like = ['--like', path('none.npy')];
  it.each<[string, string, string[], number, RegExp]>([
    ['--sif-a 0', 'embed', ['x', '--pooling', 'sif', '--sif-a', '0'], 2, /--sif-a 0: expected a number above 0/],
    ['--sif-a NaN', 'embed', ['x', '--pooling', 'sif', '--sif-a', 'NaN'], 2, /--sif-a NaN: expected a number/],
    [
      '--sif-a alone',
      'embed',
      ['x', '--sif-a', '1'],
      2,
      /--sif-a does not apply without --pooling\nhint: add --pooling sif/,
    ],
    [
      '--vocab alone',
      'embed',
      ['x', '--vocab', 'v'],
      2,
      /--vocab does not apply without --pooling\nhint: add --pooling sif/,
    ],
    ['half a component', 'embed', ['x', '--remove-components', '0.5'], 2, /expected a whole number/],
    [
      'all components',
      'embed',
      ['cat', '--pooling', 'sif', '--remove-components', '3'],
      2,
      /removeComponents is 3|--remove-components/,
    ],
    ['another pooling', 'embed', ['x', '--pooling', 'max'], 2, /--pooling max: expected mean or sif/],
    ['one text', 'embed', ['the cat', '--pooling', 'sif'], 2, /1 text with known words: expected at least 2/],
    ['no texts', 'embed', ['-o', 'FOLDER/none.npy'], 3, /standard input has no text/],
    ['--like of nothing', 'embed', ['x', ...like], 2, /none\.npy has no manifest of vectors of texts/],
    ['--like of word vectors', 'embed', ['x', '--like', 'FOLDER/v.bin'], 2, /has no manifest of vectors of texts/],
    [
      '--like and --pooling',
      'embed',
      ['x', '--pooling', 'sif', ...like],
      2,
      /--pooling cannot be used with --like: it has its settings/,
    ],
    ['--format alone', 'embed', ['x', '--format', 'npy'], 2, /--format applies to --output\nhint: add -o FILE/],
    [
      '--tsv and -o',
      'embed',
      ['x', '--tsv', '-o', 'FOLDER/a.npy'],
      2,
      /--tsv cannot be used with --output: it prints the vectors/,
    ],
    ['onto the vectors', 'embed', ['x', '--force', '-o', 'FOLDER/v.bin'], 2, /v\.bin/],
    ['the texts missing', 'search', ['x', '--in', 'FOLDER/none.txt'], 3, /none\.txt does not exist/],
    ['a folder', 'search', ['x', '--in', 'FOLDER'], 3, /is a folder, expected a file/],
    ['binary', 'search', ['cat', '--in', 'FOLDER/v.bin'], 3, /v\.bin is not text: line \d+ has a NUL byte/],
    ['UTF-16', 'search', ['cat', '--in', 'FOLDER/utf16.txt'], 3, /is UTF-16LE, expected UTF-8/],
    ['a huge line', 'search', ['cat', '--in', 'FOLDER/huge.txt'], 3, /huge\.txt:2: more than 16777216 bytes/],
    ['-k 0', 'search', ['x', '--in', 'FOLDER/texts.txt', '-k', '0'], 2, /-k 0: expected a whole number/],
    ['no --in', 'search', ['x'], 2, /required option '--in <texts>' not specified/],
    [
      'both from standard input',
      'search',
      ['--in', '-'],
      2,
      /standard input \(-\) cannot be both --in and the queries|both the queries and --in/,
    ],
    [
      '--json and --tsv',
      'search',
      ['x', '--in', 'a', '--json', '--tsv'],
      2,
      /--json and --tsv both go to standard output/,
    ],
  ])('%s', async (_what, command, args, code, message) => {
    file('utf16.txt', Buffer.from('\ufeffthe cat\n', 'utf16le'));
    if (args.includes('FOLDER/huge.txt')) file('huge.txt', `the cat\n${'a '.repeat(9e6)}`);
    const given = args.map((arg) => arg.replace('FOLDER', path('.')));
    const result = await runHere([command, path('v.bin'), ...given]);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).toContain('hint: ');
    expect(result.stderr).not.toMatch(/\n {4}at /);
  });

  it('vectors that are sparse, missing or a text', async () => {
    await runHere([
      'count',
      path('corpus.txt'),
      '-o',
      path('s.npz'),
      '--method',
      'ppmi',
      '--min-count',
      '1',
      '--quiet',
    ]);
    const sparse = await embed('s.npz', ['x']);
    expect([sparse.code, sparse.stderr]).toEqual([
      2,
      expect.stringContaining('is a sparse matrix, and texts need dense vectors'),
    ]);
    expect((await embed('none.bin', ['x'])).code).toBe(3);
    expect((await embed('texts.txt', ['x'])).code).toBe(3);
    mkdirSync(path('folder'), { recursive: true });
    expect((await embed('folder', ['x'])).code).toBe(3);
  });

  it('--like of texts that other vectors made', async () => {
    await embed('bare.txt', ['the cat', '-o', path('other.npy'), '--force', '--quiet']);
    const { code, stderr } = await embed('v.bin', ['x', '--like', path('other.npy')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/other\.npy has vectors of texts made with \S+bare\.txt, not with \S+v\.bin/);
  });
});

it('--like of a manifest that was changed', async () => {
  const name = path('changed.npy');
  await embed('v.bin', ['--pooling', 'sif', '-o', name, '--quiet', ...lines]);
  const manifest = JSON.parse(readFileSync(`${name}.json`, 'utf8'));
  const like = async (texts: object) => {
    writeFileSync(`${name}.json`, JSON.stringify({ ...manifest, texts: { ...manifest.texts, ...texts } }));
    return embed('v.bin', ['the cat', '--like', name]);
  };
  const short = await like({ components: [[1]] });
  expect([short.code, short.stderr]).toEqual([3, expect.stringContaining('components that are not of 3 numbers')]);
  expect((await like({ sifA: 0 })).stderr).toContain('sifA is 0: expected a number above 0');
  expect((await like({ components: ['x'] })).stderr).toContain('not a manifest: "texts.components.0" is not a list');
});

it('bytes that are not UTF-8 are reported', async () => {
  file('latin1.txt', Buffer.from('caf\xe9 mat\nthe cat\n', 'latin1'));
  const { code, stderr } = await search('bare.txt', ['--in', path('latin1.txt'), 'mat']);
  expect(code).toBe(0);
  expect(stderr).toContain('warning: 1 line is not valid UTF-8; words with such bytes are garbled');
});
