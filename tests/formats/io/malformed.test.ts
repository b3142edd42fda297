import { mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { W2vError } from '../../../src/base/errors.ts';
import { loadVectors } from '../../../src/formats/load.ts';
import { formatFor } from '../../../src/formats/save.ts';
import { fc, runs } from '../../properties.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const golden = (name: string) => readFileSync(new URL(`../../golden/${name}`, import.meta.url));
const { path, file } = temporaryFolder();
const known =
  'expected one of: NumPy array (.npy) with a word list next to it; Parquet; fastText model (.bin); safetensors; ' +
  'word2vec binary; word2vec text (also GloVe and fastText .vec)';

async function refusal(name: string, content: string | Uint8Array): Promise<string> {
  const error = await loadVectors(file(name, content)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(W2vError);
  expect((error as W2vError).code).toBe('file-malformed');
  expect((error as W2vError).hint).not.toBe('');
  return (error as W2vError).message.replace(path(name), 'FILE');
}

test.each([
  [
    'fewer lines than promised',
    '3 2\na 1.5 2.5\nb 3 4\n',
    'FILE:4: the file ends after 2 words, expected 3 according to the header',
  ],
  ['more lines than promised', '1 2\na 1 2\nb 3 4\n', 'FILE:3: more lines than the 1 words in the header'],
  ['too few numbers', '2 3\na 1 2 3\nb 1 2\n', 'FILE:3: 2 numbers, expected 3 according to the header'],
  ['too many numbers', '2 3\na 1 2 3\nb 1 2 3 4\n', 'FILE:3: 4 numbers, expected 3 according to the header'],
  ['too few numbers, no header', 'a 1 2 3\nb 1 2\n', 'FILE:2: 2 numbers, expected 3 as in line 1'],
  ['no number', '2 3\na 1 2 3\nb 1 x 3\n', 'FILE:3: number 2 is "x", expected a 32-bit float'],
  ['a number too large', '1 2\na 1 1e39\n', 'FILE:2: number 2 is "1e39", expected a 32-bit float'],
  ['an empty line', '2 2\na 1 2\n\nb 3 4\n', 'FILE:3: an empty line before the end of the file'],
  ['a line cut off', '2 3\na 1 2 3\nb 1 2', 'FILE:3: 2 numbers, expected 3 according to the header'],
  ['promises of nothing', '0 5\n', 'FILE:1: the header says 0 words x 5 numbers, expected at least one of each'],
  ['a header alone', '2 3\n', 'FILE:1: the header says 2 words x 3 numbers, at least 13 bytes, but 0 bytes follow it'],
  [
    'absurd promises',
    '99999999 99999\na 1 2\n',
    'FILE:1: the header says 99999999 words x 99999 numbers, at least 19999899800000 bytes, but 6 bytes follow it',
  ],
  ['nothing', '', `FILE: the file is empty, ${known}`],
  ['prose', 'Call me Ishmael.\nSome years ago\n', `FILE: the file begins with "Call me Ishmael.", ${known}`],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), `FILE: the file is a PNG image, ${known}`],
  ['no UTF-8', Buffer.from('2 1\nna\xefve 1\nb 2\n', 'latin1'), 'FILE:2: the word "na?ve" is not valid UTF-8'],
])('text: %s', async (_, content, message) => {
  expect(await refusal('bad', content)).toBe(message);
});

describe('binary', () => {
  const bytes = golden('vectors.bin');
  test.each([
    [
      'cut in a vector',
      bytes.subarray(0, 1000),
      'FILE at byte 0: the header says 33 words x 12 numbers, at least 1617 bytes, but 994 bytes follow it',
    ],
    [
      'cut in the last vector',
      bytes.subarray(0, -1),
      'FILE at byte 1803: the file ends after 32 vectors, expected 33 according to the header',
    ],
    [
      'something after the last',
      Buffer.concat([bytes, Buffer.from('\nxyz')]),
      'FILE at byte 1805: bytes after the last of the 33 vectors in the header',
    ],
    [
      'too few words promised',
      Buffer.from(bytes.toString('latin1').replace('33 12', '32 12'), 'latin1'),
      'FILE at byte 1753: bytes after the last of the 32 vectors in the header',
    ],
    [
      'dimensions that lie',
      Buffer.from(bytes.toString('latin1').replace('33 12', '33 11'), 'latin1'),
      /^FILE at byte \d+: the word ".*" is not valid UTF-8$/,
    ],
    [
      'absurd promises',
      Buffer.concat([Buffer.from('9999999999 9999999\nking '), bytes.subarray(20, 400)]),
      /^FILE at byte 0: the header says 9999999999 words x 9999999 numbers, at least \d+ bytes, but 385 bytes follow it$/,
    ],
  ])('%s', async (_, content, message) => {
    const observed = await refusal('bad', content);
    if (typeof message === 'string') expect(observed).toBe(message);
    else expect(observed).toMatch(message);
  });
});

test('a folder, a missing file, an unknown format', async () => {
  mkdirSync(path('folder'));
  await expect(loadVectors(path('folder'))).rejects.toMatchObject({
    code: 'file-unreadable',
    message: `${path('folder')} is a folder, expected a file of vectors, or one of: static-embedding folder (model2vec, sentence-transformers); TensorBoard projector folder; TensorFlow folder (SavedModel and TensorFlow.js layers model)`,
  });
  await expect(loadVectors(path('none'))).rejects.toMatchObject({
    code: 'file-missing',
    message: `${path('none')} does not exist`,
  });
  await expect(loadVectors(path('none'), { format: 'csv' })).rejects.toMatchObject({
    code: 'usage',
    message:
      "unknown format 'csv', expected one of: npy, parquet, fasttext, safetensors, word2vec-binary, word2vec-binary-plain, word2vec-text, glove, static-embedding, projector, tensorflow",
  });
  expect(() => formatFor('out.xyz')).toThrow(
    'the name out.xyz has no known extension, expected one of .npy, .parquet, .safetensors, .bin, .txt, .vec',
  );
  for (const name of ['gg.kv', 'GG.MODEL']) {
    expect(() => formatFor(name)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `the name ${name} is one of gensim's own formats, which only gensim writes`,
        hint: "end it in .bin: KeyedVectors.load_word2vec_format('FILE.bin', binary=True) loads that in gensim",
      }),
    );
  }
  expect(formatFor('OUT.VEC').name).toBe('word2vec-text');
  expect(formatFor('out.xyz', 'word2vec-binary').name).toBe('word2vec-binary');
});

test('gzip that is cut short or lies about its content', async () => {
  const packed = gzipSync(golden('vectors.txt'));
  expect(await refusal('cut.gz', packed.subarray(0, 1000))).toMatch(
    /^FILE: the gzip data is truncated or damaged \(unexpected end of file\)$/,
  );
  expect(await refusal('lies.gz', gzipSync('99999999999 9999999\na 1 2\n'))).toBe(
    'FILE:2: 2 numbers, expected 9999999 according to the header',
  );
  expect(await refusal('wide.gz', gzipSync('9 99999999999999\na 1 2\n'))).toBe(
    'FILE:1: the header says 9 words x 99999999999999 numbers, expected at most 16777216 numbers',
  );
  expect(await refusal('twice.gz', gzipSync(packed))).toBe(`FILE: the file is compressed twice with gzip, ${known}`);
});

test.each(['vectors.txt', 'vectors.bin', 'floats.txt', 'floats.bin'])(
  '%s with bytes changed, cut out or put in: read, or refused as malformed, never anything else',
  async (name) => {
    const whole = golden(name);
    const edit = fc.record({ at: fc.nat(whole.length - 1), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        async (edits, ends, packed) => {
          let bytes: Buffer = Buffer.from(whole);
          for (const { at, cut, put } of edits)
            bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
          if (ends) bytes = bytes.subarray(0, edits[0].at);
          try {
            const read = await loadVectors(file('fuzz', packed ? gzipSync(bytes) : bytes));
            expect(read.matrix.length).toBe(read.words.length * read.dimensions);
            expect(read.matrix.byteLength).toBeLessThan(4 * bytes.length);
          } catch (error) {
            if (!(error instanceof W2vError)) throw error;
            expect(error.code).toBe('file-malformed');
          }
        },
      ),
      { numRuns: runs(150) },
    );
  },
);

test('gzip with bytes changed', async () => {
  const whole = gzipSync(golden('vectors.txt'));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: whole.length - 1 }), fc.nat(255), async (at, byte) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      await loadVectors(file('fuzz.gz', bytes)).catch((error: unknown) => {
        if (!(error instanceof W2vError)) throw error;
        expect(error.code).toBe('file-malformed');
      });
    }),
    { numRuns: runs(200) },
  );
});
