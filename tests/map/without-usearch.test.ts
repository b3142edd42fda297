import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it, vi } from 'vitest';
import { layoutsOf } from '../../src/explorer/layouts.ts';
import { stampOf } from '../../src/files/side-file.ts';
import { type Layout, layOut, layOutWithin } from '../../src/map/layout.ts';
import { layoutBeside } from '../../src/map/layout-file.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { goldenVectors } from './golden-vectors.ts';

vi.mock('usearch', () => {
  throw new Error("Cannot find package 'usearch'");
});
vi.mock('../../src/map/umap.ts', async (original) => ({ ...(await original<object>()), MOST_EXACT: 1000 }));

const { path, file } = temporaryFolder();
const all = goldenVectors();
const vectors = { words: all.words.slice(0, 200), matrix: all.matrix.slice(0, 200 * 20), dimensions: 20 };
const notUmap = 'UMAP of 200 words needs the package usearch: run npm install usearch';

it('a map of many words is PCA, and says so; of few ones it is UMAP', async () => {
  const pca = await layOut(vectors, { method: 'pca' });
  expect(pca.notUmap).toBeUndefined();
  expect(await layOut(vectors, { method: 'umap' })).toEqual({ ...pca, notUmap });
  expect((await layOutWithin(vectors, { epochs: 5 }, 1e6)).method).toBe('umap');
});

it('is not kept, so that it is UMAP once usearch is there', async () => {
  const name = file('v.bin', 'stands for the vectors');
  const { layout, made, notKept } = await layoutBeside(name, await stampOf(name), vectors);
  expect([layout.method, layout.notUmap, made, notKept]).toEqual(['pca', notUmap, true, undefined]);
  expect(readdirSync(dirname(name))).toEqual(['v.bin']);
});

it('the page has no second map by PCA', async () => {
  const mapped = { vectors, path: path('v.bin'), stamp: undefined };
  const told: Layout[] = [];
  const [layouts] = await layoutsOf(
    [mapped],
    [
      { method: 'pca', seed: 1 },
      { method: 'umap', seed: 1 },
    ],
    { onMade: (_path, layout) => told.push(layout) },
  );
  expect(layouts!.map(({ method }) => method)).toEqual(['pca']);
  expect(told.map((layout) => layout.notUmap)).toEqual([undefined, notUmap]);
  expect(existsSync(path('v.bin.layout-umap-2'))).toBe(false);
});
