import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors, writeVectors } from '../../src/formats/save.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';
import { temporaryFolder } from './temporary-folder.ts';

const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
const { path, file } = temporaryFolder();
const bits = (matrix: Float32Array) => Array.from(new Uint32Array(matrix.buffer, matrix.byteOffset, matrix.length));

async function bytesOf(vectors: WordVectors, format: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  await writeVectors({ write: async (bytes) => void parts.push(Buffer.from(bytes)) }, vectors, format);
  return Buffer.concat(parts);
}

describe('files made by gensim', () => {
  test('text and binary hold the same words and numbers', async () => {
    const text = await loadVectors(golden('vectors.txt'));
    const binary = await loadVectors(golden('vectors.bin'));
    expect(text).toMatchObject({
      format: 'word2vec-text',
      dimensions: 12,
      duplicates: 0,
      source: golden('vectors.txt'),
    });
    expect(binary).toMatchObject({ format: 'word2vec-binary', dimensions: 12, duplicates: 0 });
    expect(text.words).toHaveLength(33);
    expect(text.words).toContain('🐋');
    expect(text.words).toEqual(binary.words);
    expect(bits(text.matrix)).toEqual(bits(binary.matrix));
  });

  test('every kind of float32 is read from text as it is in binary', async () => {
    const text = await loadVectors(golden('floats.txt'));
    const binary = await loadVectors(golden('floats.bin'));
    expect(bits(text.matrix)).toEqual(bits(binary.matrix));
    expect(text.matrix.some(Number.isNaN)).toBe(true);
  });

  test('we write the same bytes, in binary with the line feed that word2vec.c adds', async () => {
    const vectors = await loadVectors(golden('vectors.bin'));
    expect(await bytesOf(vectors, 'word2vec-text')).toEqual(readFileSync(golden('vectors.txt')));
    const theirs = readFileSync(golden('vectors.bin'));
    const parts = [theirs.subarray(0, 6)];
    for (let at = 6; at < theirs.length; ) {
      const end = theirs.indexOf(' ', at) + 1 + 4 * vectors.dimensions;
      parts.push(theirs.subarray(at, end), Buffer.from('\n'));
      at = end;
    }
    expect(await bytesOf(vectors, 'word2vec-binary')).toEqual(Buffer.concat(parts));
  });
});

const words = fc.uniqueArray(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((word) => !/[ \t\n\v\f\r]|\p{Surrogate}/u.test(word)),
  { minLength: 1, maxLength: 30 },
);
const anyVectors = fc.tuple(words, fc.integer({ min: 1, max: 9 })).chain(([list, dimensions]) =>
  fc
    .array(fc.integer({ min: 0, max: 0xffffffff }), {
      minLength: list.length * dimensions,
      maxLength: list.length * dimensions,
    })
    .map(
      (numbers): WordVectors => ({
        words: list,
        dimensions,
        matrix: new Float32Array(Uint32Array.from(numbers).buffer),
      }),
    ),
);

test.each(['word2vec-text', 'word2vec-binary'])(
  '%s: what is written is read back exactly, any float32 at all',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyVectors, fc.boolean(), async (vectors, packed) => {
        const bytes = await bytesOf(vectors, format);
        const back = await loadVectors(file('any', packed ? gzipSync(bytes) : bytes), { format });
        expect(back.words).toEqual(vectors.words);
        expect(back.dimensions).toBe(vectors.dimensions);
        for (let at = 0; at < vectors.matrix.length; at++) {
          const expected = vectors.matrix[at];
          if (!Object.is(back.matrix[at], expected)) expect([at, back.matrix[at]]).toEqual([at, expected]);
        }
      }),
      { numRuns: runs(150) },
    );
  },
);

test.each([
  ['.txt', 'word2vec-text', 2000],
  ['.bin', 'word2vec-binary', 4500],
])('a %s of several chunks, found out by its content, packed or not', async (extension, format, rows) => {
  const dimensions = 300;
  const list = Array.from({ length: rows }, (_, row) => (row % 3 ? `word${row}` : `wörd${row}`));
  const matrix = Float32Array.from({ length: rows * dimensions }, (_, at) => Math.sin(at) * 10 ** (at % 7));
  await saveVectors(path(`large${extension}`), { words: list, matrix, dimensions }, { force: true });
  const bytes = readFileSync(path(`large${extension}`));
  expect(bytes.length).toBeGreaterThan(5 << 20);
  for (const name of [path(`large${extension}`), file('large.gz', gzipSync(bytes, { level: 1 }))]) {
    const seen: number[] = [];
    const back = await loadVectors(name, { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(back.format).toBe(format);
    expect(back.words).toEqual(list);
    expect(Buffer.compare(Buffer.from(back.matrix.buffer, 0, 4 * back.matrix.length), Buffer.from(matrix.buffer))).toBe(
      0,
    );
    expect(seen.at(-1)).toBe(1);
  }
  if (extension === '.txt') {
    const glove = await loadVectors(file('glove.gz', gzipSync(bytes.subarray(bytes.indexOf(10) + 1), { level: 1 })));
    expect(glove.words).toEqual(list);
    expect(glove.matrix).toEqual(matrix);
  }
});

const two = { words: ['a', 'b'], matrix: Float32Array.of(1, 2, 3, 4) };
test.each([
  ['spaces before the line end, as word2vec.c', '2 2\na 1.000000 2.000000 \nb 3.000000 4.000000 \n', two],
  ['no line end at the end', '2 2\na 1 2\nb 3 4', two],
  ['empty lines at the end', '2 2\na 1 2\nb 3 4\n\n \n', two],
  ['CRLF', '2 2\r\na 1 2\r\nb 3 4\r\n', two],
  ['tabs', '2\t2\na\t1\t2\nb\t3\t4\n', two],
  ['no header, as GloVe', 'a 1 2\nb 3 4\n', two],
  ['a byte order mark and a header', '\uFEFF2 2\na 1 2\nb 3 4\n', two],
  ['a byte order mark and no header', '\uFEFFa 1 2\nb 3 4\n', two],
  ['words with spaces', '2 2\nnew york 1 2\n. . . 3 4\n', { ...two, words: ['new york', '. . .'] }],
  ['words that are numbers', '2 2\n1 1 2\nnan 3 4\n', { ...two, words: ['1', 'nan'] }],
  ['an empty word', '2 2\n 1 2\nb 3 4\n', { ...two, words: ['', 'b'] }],
  ['duplicates: the first counts', '3 2\na 1 2\na 9 9\nb 3 4\n', { ...two, duplicates: 1 }],
])('text with %s', async (_, content, expected) => {
  expect(await loadVectors(file('variant', content))).toMatchObject({ dimensions: 2, duplicates: 0, ...expected });
});

test('binary with and without line feeds, with duplicates', async () => {
  const row = (word: string, ...numbers: number[]) =>
    Buffer.concat([Buffer.from(`${word} `), Buffer.from(Float32Array.from(numbers).buffer)]);
  const header = Buffer.from('3 2\n');
  const lineFeed = Buffer.from('\n');
  const rows = [row('a', 1, 2), row('a', 9, 9), row('b', 3, 4)];
  for (const parts of [rows, rows.flatMap((part) => [part, lineFeed])]) {
    const vectors = await loadVectors(file('rows', Buffer.concat([header, ...parts])));
    expect(vectors).toMatchObject({ ...two, dimensions: 2, duplicates: 1, format: 'word2vec-binary' });
  }
});

test('words that a format cannot hold are refused, and no file is left', async () => {
  const one = (word: string) => ({ words: ['ok', word], matrix: new Float32Array(2), dimensions: 1 });
  await expect(saveVectors(path('refused.txt'), one('new york'))).rejects.toMatchObject({
    code: 'file-malformed',
    message: 'word 2 ("new york") contains white space, which the word2vec text format cannot store',
  });
  await expect(saveVectors(path('refused.bin'), one('a\nb'))).rejects.toMatchObject({ code: 'file-malformed' });
  await expect(saveVectors(path('refused.bin'), one(''))).rejects.toThrow('word 2 ("") is empty');
  await expect(saveVectors(path('refused.bin'), one('\uD800'))).rejects.toThrow('is not well-formed Unicode');
  expect(() => readFileSync(path('refused.txt'))).toThrow('ENOENT');
});

test('stops when told to', async () => {
  writeFileSync(path('stop.txt'), '1 1\na 1\n');
  await expect(loadVectors(path('stop.txt'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'interrupted',
  });
});
