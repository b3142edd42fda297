import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { writeFiles } from '../../src/files/write-files.ts';
import { wordListPath } from '../../src/formats/io/word-list.ts';
import { piecesOf } from '../../src/formats/io/zip-archive.ts';
import { loadSparseVectors, npzFiles } from '../../src/formats/npz.ts';
import { dense, sparse } from '../count/dense.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const goldenFile = (name: string) => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
const golden = JSON.parse(readFileSync(goldenFile('count-route.json'), 'utf8'));
const words = Array.from({ length: 40 }, (_, i) => `wörd${i}`);

async function fromScipy(name: string): Promise<string> {
  const path = folder.path(name);
  await copyFile(goldenFile(name), path);
  await writeFile(wordListPath(path), `${words.join('\n')}\n`);
  return path;
}

it('reads what scipy saved, packed or not', async () => {
  const packed = await loadSparseVectors(await fromScipy('count-route-packed.npz'));
  expect(dense(packed.matrix)).toEqual(golden.cooccurrence.flat);
  expect(packed.words).toEqual(words);
  const plain = await loadSparseVectors(await fromScipy('count-route-plain.npz'));
  expect(dense(plain.matrix)).toEqual((golden.ppmi as number[][]).map((row) => row.map(Math.fround)));
});

it('reads back what it wrote, counts in doubles and PPMI in floats', async () => {
  const counts = sparse(golden.cooccurrence.directional);
  const floats = { ...counts, values: Float32Array.from(counts.values) };
  for (const [name, matrix] of Object.entries({ counts, floats })) {
    const path = folder.path(`${name}.npz`);
    await writeFiles(npzFiles(path, { words, matrix }));
    const read = await loadSparseVectors(path);
    expect(read).toEqual({ words, matrix, source: path, duplicates: 0 });
    expect(read.matrix.values.constructor).toBe(matrix.values.constructor);
  }
});

it('writes the same bytes for the same matrix, each array where scipy looks for it', async () => {
  const matrix = sparse([
    [0, 1],
    [2, 0],
  ]);
  const path = folder.path('small.npz');
  await writeFiles(npzFiles(path, { words: ['a', 'b'], matrix }));
  const once = await readFile(path);
  await writeFiles(npzFiles(path, { words: ['a', 'b'], matrix }), { force: true });
  expect(Buffer.compare(await readFile(path), once)).toBe(0);
  expect(await readFile(wordListPath(path), 'utf8')).toBe('a\nb\n');
  const text = once.toString('latin1');
  for (const name of ['indices', 'indptr', 'format', 'shape', 'data']) expect(text).toContain(`${name}.npy`);
  expect(text).toContain("{'descr': '|S3', 'fortran_order': False, 'shape': (), }");
});

it('tells a damaged file from a cut one, and misses the words', async () => {
  const path = await fromScipy('count-route-plain.npz');
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, 3000));
  await expect(loadSparseVectors(path)).rejects.toMatchObject({
    code: 'file-malformed',
    message: expect.stringContaining(
      `${path} at byte 3000: damaged: End of central directory record signature not found.`,
    ),
  });
  const changed = Buffer.from(whole);
  changed[2000] ^= 255;
  await writeFile(path, changed);
  await expect(loadSparseVectors(path)).rejects.toMatchObject({
    message: expect.stringMatching(/: (indices|data)\.npy: wrong checksum$/),
  });
  await writeFile(path, whole);
  await writeFile(wordListPath(path), 'one\ntwo\n');
  await expect(loadSparseVectors(path)).rejects.toMatchObject({
    message: `${wordListPath(path)}: 2 words, but the matrix beside it has 40 rows`,
  });
  const alone = folder.path('alone.npz');
  await copyFile(path, alone);
  await expect(loadSparseVectors(alone)).rejects.toMatchObject({
    code: 'file-missing',
    message: `${alone} contains only numbers, and ${alone}.words with its words does not exist`,
    hint: expect.stringContaining('write the words there, one per line in the order of the rows'),
  });
});

it('writes an array in pieces, wherever it lies in its buffer', () => {
  const array = Float32Array.from({ length: 5_000_000 }, (_, at) => at).subarray(3);
  const pieces = piecesOf(array);
  expect(pieces.map(({ length }) => length)).toEqual([2 ** 24, 4 * array.length - 2 ** 24]);
  expect(Buffer.compare(Buffer.concat(pieces), new Uint8Array(array.buffer, 12))).toBe(0);
  expect(piecesOf(new Float32Array(0))).toEqual([]);
});

it('refuses a word that its list cannot hold', () => {
  const matrix = sparse([[1]]);
  expect(() => npzFiles('x.npz', { words: ['a\nb'], matrix })).toThrow(
    'word 1 ("a\\nb") contains white space, which a list of words cannot store',
  );
});
