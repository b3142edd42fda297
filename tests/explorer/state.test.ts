import { describe, expect, it } from 'vitest';
import { fitting, startState } from '../../src/explorer/choices.ts';
import { type ExplorerState, hashOf, MOST_MARKED, stateFrom } from '../../src/explorer/state.ts';
import { fc } from '../properties.ts';
import { oneFile, twoFiles } from './example-data.ts';

const start = startState(twoFiles);
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const states: fc.Arbitrary<ExplorerState> = fc.record({
  view: fc.constantFrom('map', 'analogy', 'axes', 'words', 'compare', 'association'),
  file: fc.constantFrom(0, 1),
  layout: fc.constantFrom('pca', 'umap'),
  coloring: fc.constantFrom('frequency', 'class', 'kept', 'overlap', 'none'),
  query: text,
  marked: fc.array(text, { maxLength: 8 }),
  camera: fc.option(
    fc.record({
      x: coordinate,
      y: coordinate,
      zoom: fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    }),
    { nil: undefined },
  ),
  fields: fc
    .dictionary(
      fc.oneof(text, fc.constantFrom('__proto__', 'constructor')),
      text.filter((value) => value !== ''),
    )
    .map((fields) => Object.fromEntries(Object.entries(fields))),
});

describe('the hash of the explorer', () => {
  it('is empty for the state that the page starts with', () => expect(hashOf(start, start)).toBe(''));

  it('brings any state back', () =>
    fc.assert(
      fc.property(states, (state) => {
        expect(stateFrom(`#${hashOf(state, start)}`, start)).toEqual(state);
      }),
    ));

  it('is safe whatever it says: a page can always show what it is read as', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.webQueryParameters(),
          text.map((value) => `camera=${value}&file=${value}`),
        ),
        (hash) => {
          for (const data of [oneFile, twoFiles]) {
            const state = fitting(stateFrom(hash, startState(data)), data);
            expect(data.spaces[state.file]).toBeDefined();
            expect(data.spaces[state.file].layouts.some(({ method }) => method === state.layout)).toBe(true);
            expect(state.camera === undefined || Object.values(state.camera).every(Number.isFinite)).toBe(true);
          }
        },
      ),
    ));

  it('reads as people would write it', () => {
    const state = stateFrom('#view=axes&q=king+-+man&f.x=man%2C+woman&m=a&m=b&file=9&layout=x&camera=0+0.5+2', start);
    expect(state).toMatchObject({
      view: 'axes',
      query: 'king - man',
      fields: { x: 'man, woman' },
      marked: ['a', 'b'],
      file: 0,
      layout: 'umap',
    });
    expect(state.camera).toEqual({ x: 0, y: 0.5, zoom: 2 });
  });

  it('reads an address from when there were maps of three axes', () =>
    expect(stateFrom('axes=3&camera=0.1+0.2+0.3+4+0.5+0.6', start)).toEqual({
      ...start,
      camera: { x: 0.1, y: 0.2, zoom: 4 },
      marked: [],
    }));

  it.each(['', '1 2', '0 0 0', '0 0 -1', 'NaN 0 1', '1e9 0 1', ' 0 1', '0 0 0 0 0 0'])(
    'has no camera at %j',
    (camera) => expect(stateFrom(`camera=${camera}`, start).camera).toBeUndefined(),
  );

  it('leaves out marked words that no address has room for', () => {
    const marked = Array.from({ length: MOST_MARKED + 5 }, (_, at) => `w${at}`);
    expect(stateFrom(hashOf({ ...start, marked }, start), start).marked).toEqual(marked.slice(0, MOST_MARKED));
  });
});
