// Damaged and malicious files of vectors (rows V*, G*, P*, M05 to M07).
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  binary,
  deflateBomb,
  fastText,
  floats,
  golden,
  gzipBomb,
  kept,
  npy,
  safetensors,
  zip,
} from './damaged-files.ts';
import { has, Room, without } from './w2v.ts';

const ok = binary([
  ['a', 1, 2],
  ['b', 2, 1],
]);
const pairs = 'a\tb\t1\nb\ta\t2\na\ta\t3\n';
const int32 = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
const int64 = (...values: number[]) => Buffer.from(BigInt64Array.from(values, BigInt).buffer);

/** The members of a sparse matrix of two rows, as scipy writes them. */
const matrix = (columns: number) => [
  { name: 'indices.npy', content: npy('<i4', '(2,)', int32(0, 1)) },
  { name: 'indptr.npy', content: npy('<i4', '(3,)', int32(0, 1, 2)) },
  { name: 'format.npy', content: npy('|S3', '()', Buffer.from('csr')) },
  { name: 'shape.npy', content: npy('<i8', '(2,)', int64(2, columns)) },
];

describe('sparse matrices', () => {
  const data = { name: 'data.npy', content: npy('<f4', '(2,)', floats(1, 2)) };
  const bomb = {
    name: 'data.npy',
    content: deflateBomb(npy('<f4', '(250000000,)', Buffer.alloc(0)), 1000),
    unpacked: 1_000_000_128,
  };
  const room = new Room({
    ...Object.fromEntries(
      ['cols40', 'cols2e9', 'dupwords', 'extra'].map((name) => [`${name}.npz`, kept(`${name}.npz`)]),
    ),
    'cols4e8.npz': zip([...matrix(400_000_000), data]),
    'bomb.npz': zip([...matrix(2), bomb]),
    'fifowords.npz': zip([...matrix(2), data]),
    'bom.npz': zip([...matrix(2), data]),
    'shape1.npz': zip([...matrix(2).slice(0, 3), { name: 'shape.npy', content: npy('<i8', '(1,)', int64(2)) }, data]),
    ...Object.fromEntries(
      ['cols40', 'cols2e9', 'extra', 'cols4e8', 'bomb', 'shape1'].map((name) => [`${name}.npz.words`, 'a\nb\n']),
    ),
    'dupwords.npz.words': 'a\na\n',
    'bom.npz.words': '\ufeffa\nb\n',
    'fifowords.npz.words': 'FIFO',
  });

  it.each([
    ['V3.cols40', 'cols40', [0, 3], ''],
    ['V3.cols4e8', 'cols4e8', [0, 3], ''],
    ['V3.cols2e9', 'cols2e9', [0, 3], ''],
    ['V3.bomb', 'bomb', 3, 'bomb.npz'],
    ['V3.extra', 'extra', 3, 'extra.npz'],
    ['V3.shape1', 'shape1', 3, 'shape1.npz'],
  ])('%s: %s.npz', async (_row, name, exit, says) => {
    await room.expect(
      `w2v nearest ${name}.npz a -k 2`,
      { exit, says, never: /undefined|NaN/, memory: 300 },
      { limit: 5 },
    );
  });
  it('V3.dupwords: a word is not its own neighbor', async () => {
    await room.expect('w2v nearest dupwords.npz a', { exit: 0, answers: /^a\n/, never: /^ +a /m });
  });
  it('V3.fifowords: the words are a pipe', async () => {
    await room.expect('w2v nearest fifowords.npz a', { exit: 3, says: 'fifowords.npz.words' }, { limit: 5 });
  });
  it('V3.badwords: a byte order mark before the words', async () => {
    await room.expect('w2v nearest bom.npz a', { exit: 0, answers: /^a\n/ });
  });
  it('M06: a bomb where memory is short is no damage', async () => {
    const command = 'ulimit -v 2500000; w2v nearest bomb.npz a';
    await room.expect(command, { exit: [1, 3], never: 'allocation failed', memory: 300 }, { limit: 10 });
  });
});

describe('fastText models with long n-grams', () => {
  const long = 'x'.repeat(65_000);
  const sizes = { bucket: 10, minn: 1, maxn: 1000 };
  const room = new Room({
    'ft-ngrams.bin': fastText([long], sizes),
    'ft-ngrams5.bin': fastText(
      Array.from({ length: 20 }, (_, at) => long + at),
      sizes,
    ),
  });
  it.each(['ft-ngrams', 'ft-ngrams5'])('V4.%s', async (name) => {
    await room.expect(`w2v nearest ${name}.bin a`, { exit: [3, 5], memory: 300 }, { limit: 10 });
  });
});

describe('what is packed', () => {
  const room = new Room({
    'v.bin.gz': gzipSync(golden('vectors.bin')),
    'v.txt.gz': gzipSync(golden('vectors.txt')),
    'cut.bin.gz': gzipSync(golden('vectors.bin')).subarray(0, 700),
    'two.gz': Buffer.from([0x1f, 0x8b]),
    'bparq.parquet.gz': gzipBomb('PAR1', '\0', 600),
    'bwords.npy': npy('<f4', '(2, 2)', floats(1, 2, 3, 4)),
    'bwords.npy.words': gzipBomb('', 'a\n', 300),
  });
  it.each([
    ['G01', 'v.bin.gz'],
    ['G02', 'v.txt.gz'],
  ])('%s: nearest on %s', async (_row, file) => {
    await room.expect(`w2v nearest ${file} king -k 2`, {
      exit: 0,
      answers: /^king\n {2}\S+ +0\.\d+\n {2}\S+ +0\.\d+\n$/,
    });
  });
  it('G03: nearest on a packed file of many megabytes', async () => {
    const words = 'w2v nearest big.gz zz -k 1';
    const make = `awk 'BEGIN { for (i = 0; i < 200000; i++) print "u" i, i % 7, i % 11, i % 13; print "zz 1 1 1" }' | gzip -1 > big.gz`;
    await room.expect(`${make}; ${words}`, { exit: 0, answers: /^zz\n/, makes: ['big.gz'] });
  });
  it.each([
    ['G04', 'cut.bin.gz', 'is truncated or damaged'],
    ['G04', 'two.gz', 'two.gz'],
  ])('%s: nearest on %s', async (_row, file, says) => {
    await room.expect(`w2v nearest ${file} king`, { exit: 3, says });
  });
  it.each([
    ['V6.bwords', 'bwords.npy', ''],
    ['M07', 'bwords.npy', 'ulimit -v 3000000; '],
  ])('%s: a bomb, %s', async (_row, file, before) => {
    await room.expect(`${before}w2v info ${file}`, { exit: [1, 3], memory: 800 }, { limit: 15 });
  });
  it.each([
    ['V6.bparq', 'bparq.parquet.gz', ''],
    ['M05', 'bparq.parquet.gz', 'ulimit -v 2500000; '],
  ])('%s: a bomb, %s', async (_row, file, before) => {
    await room.expect(`${before}w2v info ${file}`, { exit: [1, 3], memory: 800 }, { limit: 15 });
  });
});

describe('Parquet', () => {
  const names = ['crash-nan-slice', 'crash-dataview', 'memory-770MB'] as const;
  const room = new Room(Object.fromEntries(names.map((name) => [`${name}.parquet`, kept(`${name}.parquet`)])));
  it.each([
    ['P01', 'crash-nan-slice'],
    ['P02', 'crash-dataview'],
    ['V14', 'memory-770MB'],
  ])('%s: %s.parquet', async (_row, name) => {
    const expected = { exit: 3, says: `${name}.parquet`, never: /undefined|NaN|DataView/, memory: 200 };
    await room.expect(`w2v info ${name}.parquet`, expected);
    await room.expect(`w2v nearest ${name}.parquet king`, expected);
  });
});

describe('folders of vectors', () => {
  it.each([
    ['V5.st-arr', '{"model":{"vocab":[["a",1],null]}}'],
    ['V5.st-null', 'null'],
  ])('%s: a tokenizer of a static embedding that is none', async (_row, tokenizer) => {
    const embeddings = { embeddings: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } };
    const room = new Room({
      'st/model.safetensors': safetensors(embeddings, floats(1, 2, 3, 4)),
      'st/tokenizer.json': tokenizer,
      'st/config.json': '{}',
    });
    await room.expect('w2v nearest st a', { exit: 3, says: 'st/tokenizer.json', never: /undefined/ });
  });

  it('V5.pj-fifo: the words are a pipe', async () => {
    const room = new Room({ 'pj/vectors.tsv': '1\t2\n', 'pj/metadata.tsv': 'FIFO' });
    await room.expect('w2v nearest pj a', { exit: 3, says: 'pj/metadata.tsv' }, { limit: 5 });
  });
});

describe('manifests', () => {
  const nested = `{"version":"0","command":"t","options":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const whole = {
    ...{ version: '0.1.0', command: 'train', route: 'predict', options: { dim: 2 }, seed: 1 },
    corpus: { files: ['t.txt'], bytes: 9, lines: 1, sha256: 'ab'.repeat(32), dropped: { rareTypes: 0 } },
    ...{ vocabulary: 2, dimensions: 2, tokens: 9, lossByEpoch: [2, 1], seconds: { train: 1 } },
    ...{ engine: { name: 'wasm', versions: {} }, createdAt: '2026-01-01T00:00:00.000Z' },
  };
  const types = {
    seed: { a: 1 },
    corpus: 5,
    lossByEpoch: 'x',
    seconds: [1, 'a'],
    engine: null,
    options: 'o',
    tokens: 'many',
  };
  const manifests = {
    min: JSON.stringify({ version: '0', command: 'train' }),
    types: JSON.stringify({ ...whole, ...types }),
    loss: JSON.stringify({ ...whole, lossByEpoch: ['x', 'y', null] }),
    deep: nested,
    null: 'null',
    broken: '{"version":',
    esc: JSON.stringify({ ...whole, command: '\x1b]0;PWN\x07', version: '<script>', engine: { name: '\x1b[2J' } }),
  };
  const room = new Room({
    ...Object.fromEntries(
      Object.entries(manifests).flatMap(([name, text]) => [
        [`m-${name}.bin`, ok],
        [`m-${name}.bin.json`, text],
      ]),
    ),
    'm-fifo.bin': ok,
    'm-fifo.bin.json': 'FIFO',
    'ok.bin': ok,
    'pairs.tsv': pairs,
  });
  const names = Object.keys(manifests);
  it.each(names)('V7.m-%s, V7j.m-…: info', async (name) => {
    await room.expect(`w2v info m-${name}.bin`, {
      exit: 0,
      answers: 'word2vec-binary',
      never: /(?<!with )NaN|undefined/,
    });
    await room.expect(`w2v info m-${name}.bin --json`, { exit: 0, answers: '"vocabulary":2' });
  });
  it.each(names)('V9.m-%s, V8.m-…: convert and compare', async (name) => {
    await room.expect(`w2v convert m-${name}.bin o.txt`, { exit: 0, makes: /^o\.txt(?:\.json)?$/ });
    const others = '--thesaurus none --words a --pairs pairs.tsv --report r.html';
    const report = { exit: 0, answers: 'm-', never: /NaN|undefined/, makes: ['r.html'] };
    await room.expect(`w2v compare m-${name}.bin ok.bin ${others}`, report);
  });
  it('V7.m-big, V7j.m-big: larger than any manifest', async () => {
    const command = 'truncate -s 300M m-big.bin.json; w2v info m-big.bin --json; rm m-big.bin.json';
    room.put('m-big.bin', ok);
    await room.expect(command, { exit: 0, says: 'too large for a manifest', answers: '"vocabulary":2', memory: 200 });
  });
  it('V7.m-fifo, V7c.m-fifo: a pipe', async () => {
    await room.expect('w2v info m-fifo.bin', { exit: 0 }, { limit: 5 });
    await room.expect('w2v convert m-fifo.bin o.txt', { exit: 0, makes: ['o.txt'] }, { limit: 5 });
  });
});

describe('words and rows', () => {
  const escapes = binary([
    ['\x1b]52;c;aGFja2Vk\x07', 1, 2],
    ['b\rb', 1, 1],
    ['\u202eevil', 1.5, 1],
    ['\x1b[8mhidden', 2, 1],
  ]);
  const room = new Room({
    'esc.bin': escapes,
    'nan.bin': binary([
      ['a', Number.NaN, 1],
      ['c', 1, 2],
      ['d', 2, 1],
    ]),
    'allnan.bin': binary([
      ['a', Number.NaN, 1],
      ['b', Number.NaN, Number.NaN],
    ]),
    'allzero.txt': '2 2\na 0 0\nb 0 0\n',
    'lf.safetensors': safetensors(
      {
        __metadata__: { words: JSON.stringify(['a\nb', 'c d', '\x1b]0;PWN\x07']) },
        embeddings: { dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] },
      },
      floats(1, 2, 3, 4, 5, 6),
    ),
  });
  const noScript = !has('script -qec true /dev/null');
  it.skipIf(noScript).each([
    ['V11.esc.bin', 'info esc.bin'],
    ['V11.lfword', 'info lf.safetensors'],
    ['V10.esc.bin', String.raw`nearest esc.bin $"\u202eevil"`],
    ['V10.lfword', 'nearest lf.safetensors "c d"'],
    ['V15', 'nearest lf.safetensors "c d" --tsv'],
  ])(`%s: %s, on a terminal${without(!noScript, 'script')}`, async (_row, command) => {
    const { stdout } = await room.run(`script -qec 'NO_COLOR=1 w2v ${command} --quiet' /dev/null`);
    const shown = stdout.replaceAll('\r\n', '\n');
    expect(shown).toMatch(/\\x1b|\\u202e/);
    expect(shown).not.toMatch(/[^\P{Cc}\n\t]|\u202e/u);
  });
  it('V13o: suggestions do not reach the terminal raw', async () => {
    await room.expect(String.raw`w2v nearest esc.bin $'\x1b]52;c;aGFja2Vkx'`, {
      exit: 5,
      says: String.raw`\x1b]52;c;`,
    });
  });
  it.each([
    ['V10.nan', 'nearest nan.bin a', 3],
    ['V10.allnan', 'nearest allnan.bin a', 3],
    ['V10.allzero', 'nearest allzero.txt a', 3],
    ['V13', 'analogy allzero.txt a b a', 3],
  ])('%s: %s', async (_row, command, exit) => {
    await room.expect(`w2v ${command}`, { exit, says: /NaN|zeros?|direction/ });
  });
  it('V13m: NUL and bytes that are not UTF-8 on standard input', async () => {
    const stdin = Buffer.from('a\0b\n\xff\xfe\n', 'latin1');
    const says = [String.raw`'a\x00b' is not in the vocabulary`, `'\ufffd\ufffd' is not in the vocabulary`];
    await room.expect('w2v nearest nan.bin', { exit: 5, says, severalErrors: true }, { stdin });
  });
  it.each([
    ['V13i', '['.repeat(200_000), '--vector'],
    ['V13j', '1 '.repeat(2_000_000), '--vector'],
    ['V13k', 'x'.repeat(2_000_000), ''],
    ['V13l', `${'a+'.repeat(50_000)}q`, ''],
  ])('%s: a line as long as this is not quoted whole', async (_row, line, option) => {
    const run = await room.expect(`w2v nearest nan.bin ${option}`, { exit: [2, 3, 5] }, { stdin: `${line}\n` });
    expect(run.stderr.length).toBeLessThan(1000);
  });
});
