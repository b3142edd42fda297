// What a page offers, which depends on the files in it: views, layouts and colors; and the state that it starts with.
import type { LayoutData, PageData, SpaceData } from './page-data.ts';
import type { Coloring, ExplorerState, View } from './state.ts';

export function viewsOf({ spaces }: PageData): View[] {
  return spaces.length > 1
    ? ['map', 'analogy', 'axes', 'words', 'compare', 'association']
    : ['map', 'analogy', 'axes', 'words', 'association'];
}

export function coloringsOf({ spaces, pair }: PageData, file: number, layout: LayoutData | undefined): Coloring[] {
  const { counts, classes } = spaces[file];
  const offered: [Coloring, boolean][] = [
    ['frequency', counts !== undefined],
    ['class', classes !== undefined],
    ['kept', layout?.keptByWord !== undefined],
    ['overlap', pair !== undefined],
  ];
  return [...offered.filter(([, isOffered]) => isOffered).map(([name]) => name), 'none'];
}

/** The layout of the state, or the first of the file; undefined if it has none. */
export function layoutOf({ layouts }: SpaceData, method: string): LayoutData | undefined {
  return layouts.find((layout) => layout.method === method) ?? layouts[0];
}

/** The state of a page without a hash. */
export function startState(data: PageData): ExplorerState {
  const layout = layoutOf(data.spaces[0], 'umap');
  return {
    view: 'map',
    file: 0,
    layout: layout?.method ?? 'pca',
    coloring: coloringsOf(data, 0, layout)[0],
    query: '',
    marked: [],
    fields: {},
  };
}

/** The state with what the page does not offer replaced by what it does. */
export function fitting(state: ExplorerState, data: PageData): ExplorerState {
  const file = Number.isInteger(state.file) && data.spaces[state.file] !== undefined ? state.file : 0;
  const layout = layoutOf(data.spaces[file], state.layout);
  const colorings = coloringsOf(data, file, layout);
  return {
    ...state,
    file,
    view: viewsOf(data).includes(state.view) ? state.view : 'map',
    layout: layout?.method ?? 'pca',
    coloring: colorings.includes(state.coloring) ? state.coloring : colorings[0],
  };
}
