// Facts of a page for tests: two files, of which the second has no counts and one map.
import type { PageData, SpaceData } from '../../src/explorer/page-data.ts';

const quality = { k: 10, sample: 4, kept: 0.41, trustworthiness: 0.9 };

const first: SpaceData = {
  name: 'a.bin',
  vocabulary: 4,
  dimensions: 3,
  words: 'words-0',
  counts: 'counts-0',
  layouts: [
    { method: 'pca', positions: 'pca-0', quality, keptByWord: 'pca-kept-0' },
    { method: 'umap', positions: 'umap-0', quality },
  ],
};

const second: SpaceData = {
  name: 'b.bin',
  vocabulary: 3,
  words: 'words-1',
  classes: 'classes-1',
  classNames: ['noun'],
  layouts: [{ method: 'pca', positions: 'pca-1', quality }],
};

export const oneFile: PageData = { version: '1.2.3', answeredBy: 'page', spaces: [first] };
export const twoFiles: PageData = {
  version: '1.2.3',
  answeredBy: 'server',
  spaces: [first, second],
  pair: {
    common: 3,
    compared: 3,
    k: 2,
    rows: 'rows',
    overlap: 'overlap',
    wider: 'wider',
    mean: 0.5,
    chance: 0.1,
    histogram: [1, 1, 1],
  },
};
