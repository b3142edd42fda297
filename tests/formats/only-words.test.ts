// Reading the rows of some words: every format gives these alone, with their counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-only-'));
afterAll(() => rmSync(folder, { recursive: true }));

const words = Array.from({ length: 3000 }, (_, row) => `word${row}`);
const vectors = { words, matrix: Float32Array.from({ length: 9000 }, (_, at) => at / 7), dimensions: 3 };
const only = new Set(['word7', 'unknown', 'word2999', ...words.slice(100, 1600)]);
const wanted = words.filter((word) => only.has(word));

it.each(['a.txt', 'a.bin', 'a.bin.gz', 'a.npy', 'a.parquet', 'a.safetensors', 'board', 'model/'])(
  '%s',
  async (name) => {
    const path = join(folder, name);
    await saveVectors(path, vectors, name === 'board' ? { format: 'projector' } : {});
    const read = await loadVectors(path, { only });
    expect(read.words).toEqual(wanted);
    const all = await loadVectors(path);
    const rows = wanted.flatMap((word) => [
      ...all.matrix.subarray(3 * words.indexOf(word), 3 * words.indexOf(word) + 3),
    ]);
    expect([...read.matrix]).toEqual(rows);
    expect([read.format, read.dimensions, read.duplicates]).toEqual([all.format, 3, 0]);
  },
);

it('a fastText model keeps the counts of these words and none of its n-grams', async () => {
  const model = fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url));
  const all = await loadVectors(model);
  const read = await loadVectors(model, { only: new Set(['sea', 'whale']) });
  expect([read.words, read.subwords]).toEqual([['whale', 'sea'], undefined]);
  expect([...read.counts!]).toEqual(['whale', 'sea'].map((word) => all.counts![all.words.indexOf(word)]));
});

it('a list is no set of words', async () => {
  await expect(loadVectors('a.bin', { only: ['a'] as never })).rejects.toMatchObject({ code: 'usage' });
});

it('no word of them is no error', async () => {
  await saveVectors(join(folder, 'b.txt'), vectors);
  const read = await loadVectors(join(folder, 'b.txt'), { only: new Set(['nothing']) });
  expect([read.words, read.matrix.length]).toEqual([[], 0]);
});
