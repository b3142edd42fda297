import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { formatFor, outputPaths, saveVectors, writeVectors } from '../../src/formats/save.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path } = temporaryFolder();

/** Any float32 at all (NaN with any bits, infinities, -0), words with spaces where the format holds them. */
function anyVectors(allowed: RegExp): fc.Arbitrary<WordVectors> {
  const word = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((one) => allowed.test(one) && !/\p{Surrogate}/u.test(one));
  const words = fc.uniqueArray(word, { minLength: 1, maxLength: 30 });
  return fc.tuple(words, fc.integer({ min: 2, max: 9 })).chain(([list, dimensions]) => {
    const size = list.length * dimensions;
    return fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: size, maxLength: size }).map((numbers) => ({
      words: list,
      dimensions,
      matrix: new Float32Array(Uint32Array.from(numbers).buffer),
    }));
  });
}

const noSpace = /^[^\s]+$/;
const oneLine = /^[^\n\r]+$/;
const anyWord = /^/;
test.each([
  ['v.npy', undefined, oneLine],
  ['v.npy.gz', undefined, oneLine],
  ['v.safetensors', undefined, anyWord],
  ['v.safetensors.gz', undefined, anyWord],
  ['v.parquet', undefined, anyWord],
  ['v.parquet.gz', undefined, anyWord],
  ['v.txt.gz', undefined, noSpace],
  ['v.bin.gz', undefined, noSpace],
  ['glove.txt', 'glove', noSpace],
  ['plain.bin', 'word2vec-binary-plain', noSpace],
  ['projector', 'projector', /^[^\n\r\t]+$/],
  ['static', 'static-embedding', anyWord],
  ['tensorflow/', undefined, oneLine],
])('%s (--format %s): what is written is read back exactly', async (name, format, allowed) => {
  await fc.assert(
    fc.asyncProperty(anyVectors(allowed), async (vectors) => {
      await saveVectors(path(name), vectors, { format, force: true });
      const back = await loadVectors(path(name), name === 'glove.txt' || name === 'plain.bin' ? { format } : {});
      expect(back.words).toEqual(vectors.words);
      expect(back.dimensions).toBe(vectors.dimensions);
      expect(back.duplicates).toBe(0);
      expect(back.matrix.length).toBe(vectors.matrix.length);
      for (let at = 0; at < vectors.matrix.length; at++) {
        if (!Object.is(back.matrix[at], vectors.matrix[at]))
          expect([at, back.matrix[at]]).toEqual([at, vectors.matrix[at]]);
      }
    }),
    { numRuns: runs(60) },
  );
});

const two: WordVectors = { words: ['new york', 'b'], matrix: Float32Array.of(1, Number.NaN, 3, 4), dimensions: 2 };

describe('what a name means', () => {
  test.each([
    ['a.txt', 'word2vec-text'],
    ['a.VEC.gz', 'word2vec-text'],
    ['a.bin', 'word2vec-binary'],
    ['a.npy', 'npy'],
    ['a.safetensors', 'safetensors'],
    ['a.parquet.gz', 'parquet'],
  ])('%s is %s', (name, format) => {
    expect(formatFor(name).name).toBe(format);
  });

  test('and which files it brings', () => {
    expect(outputPaths('a.npy')).toEqual(['a.npy', 'a.npy.words', 'a.npy.json']);
    expect(outputPaths('a.bin')).toEqual(['a.bin', 'a.bin.json']);
    const inside = ['vectors.tsv', 'metadata.tsv', 'projector_config.json', 'projector_config.pbtxt'];
    expect(outputPaths('a', 'projector')).toEqual([...inside.map((name) => join('a', name)), 'a.json']);
  });

  test('an unknown format cannot be written', () => {
    expect(() => formatFor('a.bin', 'fasttext-model')).toThrow(
      "unknown format 'fasttext-model', expected one of: npy, parquet, fasttext, safetensors, word2vec-binary, word2vec-binary-plain, word2vec-text, glove, static-embedding, projector, tensorflow",
    );
  });
});

test('words that a format cannot hold leave nothing behind, no folder either', async () => {
  const broken = { ...two, words: ['ok', 'a\nb'] };
  await expect(saveVectors(path('none.npy'), broken)).rejects.toThrow(
    'word 2 ("a\\nb") contains white space, which a list of words cannot store',
  );
  await expect(saveVectors(path('none'), broken, { format: 'projector' })).rejects.toThrow(
    'word 2 ("a\\nb") contains white space, which a projector folder cannot store',
  );
  await expect(
    saveVectors(path('none'), { ...two, words: ['ok', '\uD800'] }, { format: 'static-embedding' }),
  ).rejects.toThrow('word 2 ("\\ud800") is not well-formed Unicode, which the safetensors format cannot store');
  expect(readdirSync(path('.')).filter((name) => name.startsWith('none'))).toEqual([]);
});

test('a folder is written as a whole: not over an existing one without force', async () => {
  await saveVectors(path('once'), two, { format: 'projector' });
  await expect(saveVectors(path('once'), two, { format: 'projector' })).rejects.toMatchObject({ code: 'file-exists' });
  await saveVectors(path('once'), two, { format: 'projector', force: true });
  expect(readdirSync(path('once')).sort()).toEqual([
    'metadata.tsv',
    'projector_config.json',
    'projector_config.pbtxt',
    'vectors.tsv',
  ]);
  expect(await loadVectors(path('once'))).toMatchObject({ words: two.words, format: 'projector', dimensions: 2 });
});

test('one stream holds one file', async () => {
  const sink = { write: async () => undefined };
  await expect(writeVectors(sink, two, 'npy')).rejects.toMatchObject({
    code: 'usage',
    message: 'the format npy needs more than one file, but the output is a stream',
  });
  await expect(writeVectors(sink, two, 'static-embedding')).rejects.toMatchObject({ code: 'usage' });
  await writeVectors(sink, two, 'safetensors');
});

test('several chunks of several megabytes, packed or not', async () => {
  const rows = 4000;
  const dimensions = 300;
  const words = Array.from({ length: rows }, (_, row) => `wörd ${row}`);
  const matrix = Float32Array.from({ length: rows * dimensions }, (_, at) => Math.sin(at) * 10 ** (at % 7));
  for (const [name, format] of [['l.npy'], ['l.safetensors.gz'], ['l.parquet'], ['l', 'projector']] as const) {
    await saveVectors(path(name), { words, matrix, dimensions }, { format });
    const back = await loadVectors(path(name));
    expect(back.words).toEqual(words);
    expect(Buffer.compare(Buffer.from(back.matrix.buffer, 0, 4 * matrix.length), Buffer.from(matrix.buffer))).toBe(0);
    rmSync(path(name), { recursive: true });
  }
  expect(existsSync(path('l.npy.words'))).toBe(true);
});

test.each([
  ['mark.npy', undefined],
  ['mark.txt', undefined],
  ['mark.bin', undefined],
  ['mark-glove.txt', 'glove'],
  ['mark-projector', 'projector'],
])('%s (--format %s): a first word that begins with U+FEFF keeps it', async (name, format) => {
  const words = ['\ufeffa', '\ufeffb', 'c'];
  await saveVectors(path(name), { words, dimensions: 2, matrix: Float32Array.of(1, 2, 3, 4, 5, 6) }, { format });
  const back = await loadVectors(path(name), format === 'glove' ? { format } : {});
  expect(back.words).toEqual(words);
});
