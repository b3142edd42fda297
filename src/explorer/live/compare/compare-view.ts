// Two files word by word: how much they agree, which words changed, one word in both, both maps, and what moved on
// them.

import { setHtml } from '../../../page/html.ts';
import { compareStrings } from '../../compare-strings.ts';
import { overlapSvg } from '../../overlap-svg.ts';
import type { PairData } from '../../page-data.ts';
import { strings } from '../../strings.ts';
import type { App, ViewPart } from '../app.ts';
import { make } from '../elements.ts';
import { createChangedPanel } from './changed-panel.ts';
import { createFrequencyField } from './frequency-field.ts';
import { createMapsPanel } from './maps-panel.ts';
import { createMoversPanel } from './movers-panel.ts';
import { loadPairLists } from './pair-lists.ts';
import { createWordPanel } from './word-panel.ts';

export function createCompareView(app: App): ViewPart {
  const { pair } = app.data;
  const element = make('div', { class: 'page-view compare-view' });
  let parts: { update(): void }[] | undefined;

  /** Made when the view is first seen: its maps and lists are large. */
  async function open(): Promise<void> {
    if (pair === undefined) return element.replaceChildren(make('p', {}, compareStrings.none));
    parts = [];
    element.replaceChildren(make('p', { class: 'soft' }, strings.loading));
    const lists = await loadPairLists(app, pair);
    const frequency = createFrequencyField(app, lists.frequency);
    const changed = createChangedPanel(app, lists, frequency);
    const word = createWordPanel(app, lists);
    const movers = createMoversPanel(app, lists, frequency);
    const maps = createMapsPanel(app, lists, { shown: movers.measure });
    const names = app.spaces.map(({ name }) => name);
    element.replaceChildren(
      createOverlapPanel(pair, names),
      make('div', { class: 'compare-words' }, changed.element, word.element),
      maps.element,
      movers.element,
    );
    parts = [changed, word, maps, movers];
    for (const part of parts) part.update();
  }

  return {
    name: 'compare',
    title: strings.views.compare,
    available: app.spaces.length > 1,
    element,
    update() {
      if (parts === undefined) void open();
      else for (const part of parts) part.update();
    },
  };
}

const WIDEST = 620;

/** How much the files agree: the histogram of common neighbors, with the levels of chance and of two seeds. */
function createOverlapPanel(pair: PairData, names: readonly string[]): HTMLElement {
  const say = compareStrings;
  const { k, compared, common, mean, chance, seeds } = pair;
  const picture = make('div', {});
  const legend = make(
    'ul',
    { class: 'legend' },
    make('li', {}, make('span', { class: 'swatch files' }), say.histogram.files),
    ...(seeds ? [make('li', {}, make('span', { class: 'swatch seeds' }), say.histogram.seedsFile(seeds.name))] : []),
  );
  const note = seeds ? [] : [make('p', { class: 'soft' }, say.histogram.noSeeds)];
  const text = make(
    'div',
    {},
    make('h2', { id: 'compare-title' }, say.title(names)),
    make('p', { class: 'soft' }, say.lead(k, compared, common)),
    make('p', { class: 'result-line' }, say.mean(mean, chance, seeds?.mean)),
    ...note,
  );
  const figure = make('figure', {}, make('figcaption', {}, say.histogram.title(k)), legend, picture);
  const element = make('section', { class: 'overlap-panel', 'aria-labelledby': 'compare-title' }, text, figure);
  new ResizeObserver(() => {
    const width = Math.min(WIDEST, picture.clientWidth);
    if (width > 0) setHtml(picture, overlapSvg(pair, Math.max(280, width)));
  }).observe(picture);
  return element;
}
