// The maps of both files side by side: one camera moves both, and the word under the pointer of one is shown in the
// other.

import { layoutOf } from '../../choices.ts';
import { byShare, forSecondFile, schemes } from '../../coloring.ts';
import { compareStrings } from '../../compare-strings.ts';
import { positionsOf } from '../../map-places.ts';
import type { LayoutData } from '../../page-data.ts';
import { strings } from '../../strings.ts';
import type { App } from '../app.ts';
import { darkScheme } from '../colors.ts';
import { make } from '../elements.ts';
import { createLegend } from '../map/legend.ts';
import { createScene } from '../scene/scene.ts';
import { unwantedOf } from '../vocabulary.ts';
import type { PairLists } from './pair-lists.ts';

const NEIGHBORS = 10; // lines to them

export interface MapsPanel {
  readonly element: HTMLElement;
  update(): void;
}

/** `shown`: called with the places of the words on both maps. */
export function createMapsPanel(
  app: App,
  lists: PairLists,
  { shown }: { shown(positions: readonly Float32Array[]): void },
): MapsPanel {
  const say = compareStrings.maps;
  const scenes = [0, 1].map((file) => createScene(eventsOf(file)));
  const pointed = make('output', { class: 'hovered' });
  const legend = createLegend();
  const notice = make('p', { class: 'soft' });
  const showAll = () => {
    for (const scene of scenes) scene.setCamera({ x: 0, y: 0, zoom: 1 }, { smooth: true });
  };
  const pictures = scenes.map((scene, file) =>
    make(
      'figure',
      {},
      make('figcaption', {}, app.spaces[file].name),
      make('div', { class: 'picture-place' }, scene.element),
    ),
  );
  const maps = make('div', { class: 'two-maps' }, ...pictures);
  const tools = make(
    'div',
    { class: 'tools' },
    make('button', { type: 'button', onclick: showAll }, say.showAll),
    legend.element,
    pointed,
  );
  const element = make(
    'section',
    { class: 'wide', 'aria-labelledby': 'maps-title' },
    make('h2', { id: 'maps-title' }, say.title),
    make('p', { class: 'soft' }, say.lead),
    notice,
    tools,
    maps,
  );
  let drawn = '';
  let focused = '';
  /** In each file, the rows of the word asked for and of its neighbors. */
  let focus: { rows: readonly number[]; to: readonly number[] }[] = [];

  function eventsOf(file: number): Parameters<typeof createScene>[0] {
    return {
      picked: (row) => app.set({ query: row === undefined ? '' : app.spaces[file].list[row] }),
      hovered: (row) => point(file, row),
      lassoed: () => undefined,
      moved: (camera) => scenes[1 - file].setCamera(camera),
    };
  }

  /** Shows the word under the pointer of one map in the other. */
  function point(file: number, row: number | undefined): void {
    const other = row === undefined ? -1 : lists.rows[file][row];
    const word = row === undefined ? '' : app.spaces[file].list[row];
    pointed.textContent = row !== undefined && other < 0 ? say.notIn(word, app.spaces[1 - file].name) : word;
    scenes[1 - file].setFocus(other >= 0 ? { rows: [other], to: [] } : focus[1 - file]);
  }

  async function drawMaps(layouts: readonly LayoutData[]): Promise<void> {
    notice.textContent = say.loading;
    notice.hidden = false;
    const buffers = await Promise.all(layouts.map(({ positions }) => app.blob(positions)));
    if (drawn !== keyOf(layouts)) return;
    notice.hidden = true;
    const positions = buffers.map(positionsOf);
    for (const [file, scene] of scenes.entries()) {
      const unlabeled = unwantedOf(app, file);
      scene.setPoints({ positions: positions[file], words: app.spaces[file].list, unlabeled });
    }
    color();
    applyFocus();
    shown(positions);
  }

  function color(): void {
    const scheme = schemes[darkScheme.matches ? 'dark' : 'light'];
    const { pair } = lists;
    const overlap = lists.overlap.byWord;
    const shares = [overlap, forSecondFile(overlap, lists.rows[0], app.spaces[1].list.length)];
    for (const [file, scene] of scenes.entries()) {
      const colored = byShare(shares[file], pair.k, strings.legend.overlap, scheme);
      scene.setColors(colored.colors);
      if (file > 0) continue;
      const swatches = colored.legend.swatches.map((swatch) => ({ ...swatch, name: say.notCompared }));
      legend.show({ ...colored.legend, swatches });
    }
  }
  darkScheme.addEventListener('change', color);

  /** Also after new points, with which a scene forgets its focus. */
  function applyFocus(): void {
    for (const [file, scene] of scenes.entries()) {
      scene.setFocus((focus[file]?.rows.length ?? 0) > 0 ? focus[file] : undefined);
    }
  }

  async function showFocus(query: string): Promise<void> {
    const found = await Promise.all(
      [0, 1].map((file) =>
        query === '' ? undefined : app.answers.nearest(file, query, NEIGHBORS).catch(() => undefined),
      ),
    );
    if (query !== app.state.query) return;
    focus = found.flatMap((answer) => {
      const rows = answer?.rows.filter((row) => row >= 0) ?? [];
      return { rows, to: answer?.neighbors.map(({ row }) => row).filter((row) => row >= 0) ?? [] };
    });
    applyFocus();
  }

  return {
    element,
    update() {
      const { layout, query } = app.state;
      const layouts = app.spaces.flatMap(({ layouts }) => {
        const method = layoutOf(app.spaces[0], layout)?.method;
        return layouts.find((each) => each.method === method) ?? [];
      });
      maps.hidden = layouts.length < 2;
      tools.hidden = maps.hidden;
      if (maps.hidden) notice.textContent = say.none;
      else if (drawn !== keyOf(layouts)) {
        drawn = keyOf(layouts);
        void drawMaps(layouts);
      } else for (const [file, scene] of scenes.entries()) scene.setUnlabeled(unwantedOf(app, file));
      if (focused === query) return;
      focused = query;
      void showFocus(query);
    },
  };
}

const keyOf = (layouts: readonly LayoutData[]): string => layouts.map(({ positions }) => positions).join(' ');
