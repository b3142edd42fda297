import { describe, expect, it } from 'vitest';
import { coloringsOf, fitting, layoutOf, startState, viewsOf } from '../../src/explorer/choices.ts';
import { oneFile, twoFiles } from './example-data.ts';

describe('what a page offers', () => {
  it('compares only where there are two files', () => {
    expect(viewsOf(oneFile)).not.toContain('compare');
    expect(viewsOf(twoFiles)).toContain('compare');
  });

  it('starts with the UMAP map, or with the first there is', () => {
    expect(startState(oneFile)).toMatchObject({ layout: 'umap', coloring: 'frequency', view: 'map' });
    const second = { ...oneFile, spaces: [twoFiles.spaces[1]] };
    expect(startState(second)).toMatchObject({ layout: 'pca', coloring: 'class' });
    const bare = { ...oneFile, spaces: [{ name: 'c', vocabulary: 1, words: 'words-0', layouts: [] }] };
    expect(startState(bare)).toMatchObject({ layout: 'pca', coloring: 'none' });
  });

  it('offers the colors that a file has lists for', () => {
    const [pca] = oneFile.spaces[0].layouts;
    expect(coloringsOf(oneFile, 0, pca)).toEqual(['frequency', 'kept', 'none']);
    expect(coloringsOf(twoFiles, 1, layoutOf(twoFiles.spaces[1], 'umap'))).toEqual(['class', 'overlap', 'none']);
  });

  it('replaces what the other file does not have', () => {
    const state = { ...startState(twoFiles), file: 1, layout: 'umap', coloring: 'frequency' } as const;
    expect(fitting(state, twoFiles)).toMatchObject({ file: 1, layout: 'pca', coloring: 'class' });
    expect(fitting({ ...state, view: 'compare' }, oneFile)).toMatchObject({
      file: 0,
      view: 'map',
      layout: 'umap',
    });
  });
});
