// The result of an association test: effect size and p, which words it is from, and each target word by its
// association.
import { setHtml } from '../../../page/html.ts';
import type { Association, AssociationTest } from '../../../query/association.ts';
import type { ListNames } from '../../association-lists.ts';
import { associationSvg } from '../../association-svg.ts';
import { associationStrings } from '../../compare-strings.ts';
import { make } from '../elements.ts';

const WIDEST = 900;
/** A list that lost more says little (WEFE returns nothing then). */
const MOST_MISSING = 0.2;

export interface AssociationResult {
  readonly element: HTMLElement;
  show(found: Association, given: AssociationTest, names: ListNames): void;
  clear(): void;
  /** Draws the picture again, in the width that it has now. */
  draw(): void;
}

export function createAssociationResult(): AssociationResult {
  const say = associationStrings.result;
  const numbers = make('div', { class: 'numbers' });
  const words = make('div', { class: 'used-words' });
  const picture = make('div', {});
  const table = make('details', {});
  const element = make(
    'div',
    { class: 'association-result', hidden: true },
    numbers,
    words,
    make('figure', {}, picture, make('figcaption', {}, say.caption)),
    table,
  );
  let last: { found: Association; names: ListNames } | undefined;

  function draw(): void {
    const width = Math.min(WIDEST, picture.clientWidth);
    if (last === undefined || width === 0) return;
    setHtml(picture, associationSvg(last.found, last.names, Math.max(280, width)));
  }
  new ResizeObserver(draw).observe(picture);

  function number(name: string, value: string, about: string): HTMLElement {
    return make(
      'div',
      {},
      make('dt', {}, name),
      make('dd', {}, make('b', {}, value), make('span', { class: 'soft' }, about)),
    );
  }

  return {
    element,
    draw,
    clear() {
      last = undefined;
      element.hidden = true;
    },
    show(found, given, names) {
      last = { found, names };
      element.hidden = false;
      const { effectSize, p, permutations, exact, used, missing } = found;
      const about = exact ? say.exact(permutations) : say.drawn(permutations);
      numbers.replaceChildren(
        make('dl', {}, number(say.effect, effectSize.toFixed(2), say.effectHint), number(say.p, say.below(p), about)),
      );
      const listNames = [...names.targets, ...names.attributes];
      const usedLists = [...used.targets, ...used.attributes];
      const givenLists = [...given.targets, ...given.attributes];
      const counts = listNames.map((name, at) =>
        make('li', {}, `${name}: ${say.used(usedLists[at].length, givenLists[at].length)}`),
      );
      const lost = givenLists.some((list, at) => list.length - usedLists[at].length > MOST_MISSING * list.length);
      words.replaceChildren(
        make('h3', {}, say.words),
        make('ul', { class: 'legend' }, ...counts),
        ...(missing.length > 0 ? [make('p', { class: 'soft' }, say.missing(missing))] : []),
        ...(lost ? [make('p', { class: 'problem' }, say.manyMissing)] : []),
      );
      table.replaceChildren(make('summary', {}, say.table), tableOf(found, names));
      draw();
    },
  };
}

function tableOf({ used, associations }: Association, names: ListNames): HTMLElement {
  const { columns, table } = associationStrings.result;
  const rows = associations
    .flatMap((values, list) => values.map((value, at) => ({ word: used.targets[list][at], list, value })))
    .sort((a, b) => b.value - a.value)
    .map(({ word, list, value }) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row', dir: 'auto' }, word),
        make('td', {}, names.targets[list]),
        make('td', { class: 'number' }, value.toFixed(3)),
      ),
    );
  return make(
    'table',
    {},
    make('caption', { class: 'unseen' }, table),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        make('th', { scope: 'col' }, columns.word),
        make('th', { scope: 'col' }, columns.list),
        make('th', { scope: 'col', class: 'number' }, columns.association),
      ),
    ),
    make('tbody', {}, ...rows),
  );
}
