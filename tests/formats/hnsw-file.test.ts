import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hnswBeside } from '../../src/formats/hnsw-file.ts';
import { createRandom } from '../../src/random.ts';
import { nearestWords } from '../../src/vectors/nearest.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path, file } = temporaryFolder();
const random = createRandom(1);
const vectors: WordVectors = {
  words: Array.from({ length: 300 }, (_, i) => `w${i}`),
  matrix: Float32Array.from({ length: 300 * 8 }, () => random.normal()),
  dimensions: 8,
};

it('makes the index once, and again when the file has changed', async () => {
  const name = file('vectors.bin', 'stands for the vectors');
  const first = await hnswBeside(name, vectors, { threads: 1 });
  expect(first.made).toBe(true);
  expect(first.facts).toMatchObject({ words: 300, dimensions: 8, k: 10, sample: 200 });
  expect(first.facts.recall).toBeGreaterThan(0.9);

  const second = await hnswBeside(name, vectors, { threads: 1 });
  expect(second.made).toBe(false);
  expect(second.facts).toEqual(first.facts);
  const ask = (index: typeof first.index) => nearestWords(vectors, ['w3', 'w200'], { k: 5, index });
  expect(ask(second.index)).toEqual(ask(first.index));

  utimesSync(name, new Date(), new Date(Date.now() - 60_000));
  expect((await hnswBeside(name, vectors, { threads: 1 })).made).toBe(true);
});

it('makes it anew where the facts are damaged', async () => {
  const name = file('damaged.bin', 'x');
  await hnswBeside(name, vectors, { threads: 1 });
  writeFileSync(`${name}.hnsw.json`, '{"bytes": 1');
  expect((await hnswBeside(name, vectors, { threads: 1 })).made).toBe(true);
  expect(JSON.parse(readFileSync(`${name}.hnsw.json`, 'utf8')).bytes).toBe(statSync(name).size);
});

it('says where it cannot be written, and leaves nothing half-written', async () => {
  const name = file('unwritable.bin', 'x');
  // A folder of that name takes the place that the graph should get; this refuses root too.
  mkdirSync(`${name}.hnsw`);
  writeFileSync(path('unwritable.bin.hnsw/in'), '');
  await expect(hnswBeside(name, vectors, { threads: 1 })).rejects.toMatchObject({
    code: 'file-unwritable',
    hint: 'make room there, or ask without --index',
  });
  expect(existsSync(`${name}.hnsw.json`)).toBe(false);
  expect(existsSync(`${name}.hnsw.${process.pid}.tmp`)).toBe(false);
});
