// How much two files agree: the histogram of common neighbours, with the levels of chance and of two seeds.
import { setHtml } from '../../../page/html.ts';
import { compareStrings } from '../../compare-strings.ts';
import { overlapSvg } from '../../overlap-svg.ts';
import type { PairData } from '../../page-data.ts';
import { make } from '../elements.ts';

const WIDEST = 620;

export function createOverlapPanel(pair: PairData, names: readonly string[]): HTMLElement {
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
