// Damaged .npy, .safetensors, Parquet, fastText, projector and static-embedding files: what is said, and that nothing
// else happens.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { npyHeader } from '../../src/formats/io/npy-header.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { fc, runs } from '../properties.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = fileURLToPath(new URL('../golden/formats/', import.meta.url));
const golden = (name: string) => readFileSync(join(folder, name));
const { path, file } = temporaryFolder();

async function refusal(target: string): Promise<string> {
  const error = await loadVectors(target).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(W2vError);
  expect((error as W2vError).hint).not.toBe('');
  const message = (error as W2vError).message.replaceAll(`${path('')}${sep}`, '');
  return message.replace(/^[^\s:]+/, (name) => name.replaceAll(sep, '/')); // also on Windows
}

describe('.npy', () => {
  const ones = (count: number) => Buffer.from(new Float32Array(count).fill(1).buffer);
  const header = (shape: number[], descr = '<f4') => Buffer.from(npyHeader(descr, shape));
  test.each([
    [
      'no words beside it',
      'alone.npy',
      Buffer.concat([header([2, 3]), ones(6)]),
      'alone.npy contains only numbers, and alone.npy.words with its words does not exist',
    ],
    [
      'cut',
      'v.npy',
      Buffer.concat([header([2, 3]), ones(5)]),
      'v.npy at byte 128: 2 rows x 3 numbers take 24 bytes, but 20 bytes follow',
    ],
    [
      'too long',
      'v.npy',
      Buffer.concat([header([2, 3]), ones(7)]),
      'v.npy at byte 152: bytes after the last of 2 rows',
    ],
    [
      'fewer words',
      'v.npy',
      Buffer.concat([header([3, 2]), ones(6)]),
      'v.npy.words: 2 words, but the matrix beside it has 3 rows',
    ],
    [
      'one dimension',
      'v.npy',
      Buffer.concat([header([6]), ones(6)]),
      'v.npy at byte 0: an array of shape (6,), expected (words, dimensions) by rows',
    ],
    [
      'whole numbers',
      'v.npy',
      Buffer.concat([header([2, 3], '<i4'), ones(6)]),
      'v.npy at byte 0: numbers of type <i4, expected <f4, <f8 or <f2',
    ],
    [
      'a header cut off',
      'v.npy',
      header([2, 3]).subarray(0, 40),
      'v.npy at byte 0: a header of 118 bytes, but 30 follow',
    ],
    [
      'a version of the future',
      'v.npy',
      Buffer.from('\x93NUMPY\x09\x00v\x00{}{}', 'latin1'),
      'v.npy at byte 0: version 9 of the .npy format, expected 1 to 3',
    ],
    [
      'gzip that promises more',
      'v.npy.gz',
      gzipSync(Buffer.concat([header([2, 1 << 24]), ones(6)])),
      'v.npy.gz at byte 152: the file ends here, but 2 rows x 16777216 numbers take 134217728 bytes from byte 128 on',
    ],
  ])('%s', async (_, name, content, message) => {
    file('v.npy.words', 'a\nb\n');
    expect(await refusal(file(name, content))).toBe(message);
  });

  test('words that are not UTF-8, by columns', async () => {
    file('w.npy', Buffer.concat([header([2, 1]), ones(2)]));
    file('w.npy.words', Buffer.from('a\n\xff\n', 'latin1'));
    expect(await refusal(path('w.npy'))).toBe('w.npy.words:2: the word "?" is not valid UTF-8');
    const columns = Buffer.from(header([2, 1]).toString('latin1').replace('False', 'True '), 'latin1');
    expect(await refusal(file('w.npy', Buffer.concat([columns, ones(2)])))).toBe(
      'w.npy at byte 0: an array of shape (2, 1) by columns, expected (words, dimensions) by rows',
    );
  });
});

describe('.safetensors', () => {
  const made = (header: unknown, numbers: number) => {
    const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, Buffer.alloc(numbers)]);
  };
  const tensor = { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] };
  const metadata = { words: '["a","b"]' };
  test.each([
    ['no JSON', made('{oops}', 8), /^v at byte 8: the header is not JSON \(.+\)$/],
    ['no JSON, of several lines', made('{"x":[\noops\n', 8), /^v at byte 8: the header is not JSON \(.+\)$/],
    ['other names', made({ x: tensor, y: tensor }, 8), 'v at byte 8: the tensors x, y, expected one named embeddings'],
    ['no tensor', made({ __metadata__: metadata }, 8), 'v at byte 8: no tensor, expected one named embeddings'],
    [
      'whole numbers',
      made({ embeddings: { ...tensor, dtype: 'I8' } }, 8),
      'v at byte 8: the tensor embeddings is of type I8, expected one of F16, F32, F64, BF16',
    ],
    [
      'three axes',
      made({ embeddings: { ...tensor, shape: [1, 2, 1] } }, 8),
      'v at byte 8: the tensor embeddings has the shape [1,2,1], expected [words, dimensions]',
    ],
    [
      'places that do not fit',
      made({ embeddings: { ...tensor, data_offsets: [0, 9] } }, 9),
      'v at byte 8: the tensor embeddings has the offsets [0,9], expected 8 bytes for 2 x 1 F32',
    ],
    [
      'cut',
      made({ embeddings: tensor, __metadata__: metadata }, 7),
      'v at byte 121: the file has 121 bytes, expected 122 according to the header',
    ],
    [
      'words that are none',
      made({ embeddings: tensor, __metadata__: { words: '[1]' } }, 8),
      'v at byte 8: the words in the metadata are not a JSON array of strings',
    ],
    [
      'three words for two rows',
      made({ embeddings: tensor, __metadata__: { words: '["a","b","c"]' } }, 8),
      'v at byte 8: a tensor of 2 rows, but there are 3 words',
    ],
    ['no words', made({ embeddings: tensor }, 8), 'v contains only numbers, and v.words with its words does not exist'],
    [
      'a header that lies',
      Buffer.from('ffffff0000000000' + '7b7d', 'hex'),
      'v at byte 0: a header of 16777215 bytes, expected at most 2',
    ],
  ])('%s', async (_, content, message) => {
    const observed = await refusal(file('v', content));
    if (typeof message === 'string') expect(observed).toBe(message);
    else expect(observed).toMatch(message);
  });
});

describe('fastText', () => {
  const bytes = golden('fasttext-subwords.bin');
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeInt32LE(value, at);
    return copy;
  };
  test.each([
    ['an old version', changed(4, 10), 'v at byte 4: version 10 of the fastText format, expected 11 or 12'],
    ['cut in the arguments', bytes.subarray(0, 50), 'v at byte 50: the file ends here, expected 92 bytes of arguments'],
    [
      'cut in the dictionary',
      bytes.subarray(0, 200),
      'v at byte 187: the file ends in entry 7 of 14 of the dictionary',
    ],
    ['counts that lie', changed(68, 15), 'v at byte 64: 14 entries, 15 words and 0 labels, which is impossible'],
    [
      'another dimension',
      changed(8, 6),
      /^v at byte \d+: an input matrix of 67 x 5, expected 67 x 6 according to the arguments$/,
    ],
    [
      'cut in the matrix',
      bytes.subarray(0, 700),
      /^v at byte \d+: 67 rows x 5 numbers take 1340 bytes, but \d+ bytes follow$/,
    ],
  ])('%s', async (_, content, message) => {
    const observed = await refusal(file('v', content));
    if (typeof message === 'string') expect(observed).toBe(message);
    else expect(observed).toMatch(message);
  });
});

describe('folders', () => {
  const made = (files: Record<string, string>) => {
    const name = `folder${Math.abs(JSON.stringify(files).length)}`;
    mkdirSync(path(name), { recursive: true });
    for (const [one, content] of Object.entries(files)) writeFileSync(path(join(name, one)), content);
    return { target: path(name), name };
  };
  test.each([
    [
      'a number missing',
      { 'vectors.tsv': '1\t2\n3\n', 'metadata.tsv': 'a\nb\n' },
      'vectors.tsv:2: "3", expected 2 numbers as in line 1',
    ],
    [
      'a number too many',
      { 'vectors.tsv': '1\t2\n3\t4\t5\n', 'metadata.tsv': 'a\nb\n' },
      'vectors.tsv:2: "3?4?5", expected 2 numbers as in line 1',
    ],
    [
      'more rows than words',
      { 'vectors.tsv': '1\n2\n3\n', 'metadata.tsv': 'a\nb\n' },
      'vectors.tsv:3: more lines than the 2 words of metadata.tsv',
    ],
    [
      'fewer rows than words',
      { 'vectors.tsv': '1\n2\n', 'metadata.tsv': 'a\nb\nc\n' },
      'vectors.tsv:3: the file ends after 2 rows, expected 3, one for each word of metadata.tsv',
    ],
    [
      'no words',
      { 'vectors.tsv': '1\n2\n', 'metadata.tsv': '' },
      'metadata.tsv: the file is empty, expected one word per line',
    ],
    [
      'a column missing',
      { 'vectors.tsv': '1\n', 'metadata.tsv': 'n\tword\n1\n' },
      'metadata.tsv:2: no column 2, expected 2 columns',
    ],
    [
      'no vocabulary',
      { 'model.safetensors': 'x', 'tokenizer.json': '{}' },
      'tokenizer.json: no model.vocab, expected words with their ids',
    ],
    [
      'ids with a hole',
      { 'model.safetensors': 'x', 'tokenizer.json': '{"model":{"vocab":{"a":0,"b":2}}}' },
      "tokenizer.json: 'b' has the id 2, expected each of 0 to 1 once",
    ],
    [
      'a model cut short',
      { 'model.safetensors': 'x', 'tokenizer.json': '{"model":{"vocab":{"a":0}}}' },
      'model.safetensors at byte 0: 1 bytes, expected at least 8',
    ],
  ])('%s', async (_, files, message) => {
    const { target, name } = made(files as Record<string, string>);
    expect(await refusal(target)).toBe(`${name}/${message}`);
  });
});

const single = readdirSync(folder).filter((name) => /\.(npy|safetensors|parquet|bin|ftz)$/.test(name));
const nested = [
  'model2vec/model.safetensors',
  'model2vec/tokenizer.json',
  'projector/vectors.tsv',
  'projector/metadata.tsv',
];
test.each([...single, ...nested])(
  '%s with bytes changed, cut out or put in: read, or refused, never anything else',
  async (name) => {
    cpSync(folder, path('golden'), { recursive: true });
    const whole = golden(name);
    const target = path(join('golden', name));
    const opened = name.includes('/') ? path(join('golden', name.split('/')[0])) : target;
    const edit = fc.record({ at: fc.nat(whole.length - 1), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.boolean(),
        async (edits, sameLength, packed) => {
          let bytes: Buffer = Buffer.from(whole);
          for (const { at, cut, put } of edits) {
            const rest = sameLength ? at + put.length : at + cut;
            bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(rest)]);
          }
          writeFileSync(target, packed && opened === target ? gzipSync(bytes) : bytes);
          try {
            const read = await loadVectors(opened);
            expect(read.matrix.length).toBe(read.words.length * read.dimensions);
            expect(read.matrix.byteLength).toBeLessThan(4 * bytes.length + 1000 + statSync(target).size * 4);
          } catch (error) {
            if (!(error instanceof W2vError)) throw error;
            expect(['file-malformed', 'file-missing', 'file-unreadable']).toContain(error.code);
          }
        },
      ),
      { numRuns: runs(120) },
    );
  },
);
