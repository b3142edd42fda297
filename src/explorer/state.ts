// What the user of the explorer's page can change, and the URL's hash that stores it, so that a view can be bookmarked.

export type View = 'map' | 'analogy' | 'axes' | 'words' | 'compare' | 'association';
export type Coloring = 'frequency' | 'class' | 'kept' | 'overlap' | 'none';

export interface ExplorerState {
  view: View;
  /** The file whose map and answers are shown: 0 or 1. */
  file: number;
  layout: 'pca' | 'umap';
  coloring: Coloring;
  /** A word or a sum of words; empty for none. */
  query: string;
  /** Words marked with the lasso, most frequent first. */
  marked: string[];
  /** Where the camera is; undefined: everything is in sight. */
  camera?: Camera | undefined;
  /** Fields of single views (analogy, axes, association, compare), by name. */
  fields: Record<string, string>;
}

/** The part of the map in sight. */
export interface Camera {
  /** The point in the middle, in the map's coordinates. */
  x: number;
  y: number;
  /** 1: the whole map fits; 2: twice as large. */
  zoom: number;
}

/** Marked words that fit into an address; the rest is left out. */
export const MOST_MARKED = 500;

/** The hash of a state: what differs from `start`, such as `view=axes&q=king&m=queen&f.x=man%2C+woman`. */
export function hashOf(state: ExplorerState, start: ExplorerState): string {
  const parts = new URLSearchParams();
  for (const name of ['view', 'file', 'layout', 'coloring'] as const) {
    if (state[name] !== start[name]) parts.set(name, `${state[name]}`);
  }
  if (state.query !== '') parts.set('q', state.query);
  for (const word of state.marked.slice(0, MOST_MARKED)) parts.append('m', word);
  if (state.camera !== undefined) {
    const { x, y, zoom } = state.camera;
    parts.set('camera', [x, y, zoom].join(' '));
  }
  for (const [name, value] of Object.entries(state.fields)) {
    if (value !== '') parts.set(`f.${name}`, value);
  }
  return parts.toString();
}

/** The state that a hash describes; whatever it lacks or has wrong is as in `start`. Never throws. */
export function stateFrom(hash: string, start: ExplorerState): ExplorerState {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const one = <T extends string | number>(name: string, choices: readonly T[], otherwise: T): T =>
    choices.find((choice) => `${choice}` === parts.get(name)) ?? otherwise;
  const fields = [...parts].filter(([name, value]) => name.startsWith('f.') && value !== '');
  return {
    view: one('view', ['map', 'analogy', 'axes', 'words', 'compare', 'association'], start.view),
    file: one('file', [0, 1], start.file),
    layout: one('layout', ['pca', 'umap'], start.layout),
    coloring: one('coloring', ['frequency', 'class', 'kept', 'overlap', 'none'], start.coloring),
    query: parts.get('q') ?? '',
    marked: parts.getAll('m').slice(0, MOST_MARKED),
    camera: cameraFrom(parts.get('camera')),
    // fromEntries makes own properties, of `__proto__` too.
    fields: Object.fromEntries(fields.map(([name, value]) => [name.slice(2), value])),
  };
}

/** `x y zoom`; of an address from a page that had maps of three axes, `x y z zoom yaw pitch`. */
function cameraFrom(text: string | null): Camera | undefined {
  const numbers = (text ?? '').split(' ').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (![3, 6].includes(numbers.length) || !numbers.every((number) => Math.abs(number) < 1e6)) return undefined;
  const [x, y, zoom] = numbers.length === 3 ? numbers : [numbers[0], numbers[1], numbers[3]];
  return zoom! > 0 ? { x: x!, y: y!, zoom: zoom! } : undefined;
}
