// Files made by numpy, safetensors, pyarrow, model2vec and fastText (tests/golden/make-formats.py).
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadedVectors } from '../../src/formats/format.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { vectorOf } from '../../src/vectors/word-vectors.ts';

const golden = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
const bits = (matrix: Float32Array) => Array.from(new Uint32Array(matrix.buffer, matrix.byteOffset, matrix.length));
let gensim: LoadedVectors;
beforeAll(async () => {
  gensim = await loadVectors(golden('vectors.bin'));
});

test.each([
  ['float32.npy', 'npy'],
  ['float64.npy', 'npy'],
  ['words-inside.safetensors', 'safetensors'],
  ['words-beside.safetensors', 'safetensors'],
  ['snappy.parquet', 'parquet'],
  ['gzip.parquet', 'parquet'],
  ['none.parquet', 'parquet'],
  ['projector', 'projector'],
])('%s: the words and every bit of the numbers', async (name, format) => {
  const vectors = await loadVectors(golden(`formats/${name}`));
  expect(vectors).toMatchObject({ format, dimensions: 12, duplicates: 0, source: golden(`formats/${name}`) });
  expect(vectors.words).toEqual(gensim.words);
  expect(bits(vectors.matrix)).toEqual(bits(gensim.matrix));
});

test('float16.npy: as near as 11 bits can be, words from a .vocab with counts', async () => {
  const vectors = await loadVectors(golden('formats/float16.npy'));
  expect(vectors.words).toEqual(gensim.words);
  for (const [at, value] of vectors.matrix.entries()) {
    const exact = gensim.matrix[at];
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(exact) * 2 ** -11));
  }
});

test('model2vec: the words, and its token for unknown ones as one more', async () => {
  const vectors = await loadVectors(golden('formats/model2vec'));
  expect(vectors).toMatchObject({ format: 'static-embedding', dimensions: 12 });
  expect(vectors.words).toEqual([...gensim.words, '[UNK]']);
  expect(bits(vectors.matrix.subarray(0, gensim.matrix.length))).toEqual(bits(gensim.matrix));
  expect([...vectorOf(vectors, '[UNK]')]).toEqual(new Array(12).fill(0.25));
});

describe('fastText models: the vectors that fastText itself gives, to the last bit', () => {
  const expected = JSON.parse(readFileSync(golden('formats/fasttext.json'), 'utf8'));
  test.each(['fasttext-subwords.bin', 'fasttext-words.bin', 'fasttext-labels.bin'])('%s', async (name) => {
    const vectors = await loadVectors(golden(`formats/${name}`));
    expect(vectors.format).toBe('fasttext');
    expect(vectors.words).toEqual(Object.keys(expected[name]));
    for (const word of vectors.words)
      expect([word, ...vectorOf(vectors, word)]).toEqual([word, ...expected[name][word]]);
  });

  test('a quantized one is refused', async () => {
    await expect(loadVectors(golden('formats/fasttext-quantized.ftz'))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(/ftz at byte \d+: a quantized fastText model, expected one with vectors$/),
    });
  });
});

test('nothing of the golden folder is forgotten', () => {
  const read = readdirSync(golden('formats')).filter((name) => !/\.(words|words\.txt|vocab|json)$/.test(name));
  expect(read).toHaveLength(14);
});
