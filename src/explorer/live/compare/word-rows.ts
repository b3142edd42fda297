// Tables of common words with their frequency in both files; a word is a button that chooses it.
import { compareStrings } from '../../compare-strings.ts';
import type { App } from '../app.ts';
import { make } from '../elements.ts';
import type { PairLists } from './pair-lists.ts';

export interface WordColumn {
  title: string;
  of(row: number): string;
}

/** The counts of a word in both files, or its places where counts are unknown. `row`: in file 1. */
export function frequencyColumns(app: App, { rows, frequency }: PairLists): WordColumn[] {
  const say = compareStrings.changed.columns;
  return app.spaces.map(({ name, countList }, file) => {
    const own = (row: number) => (file === 0 ? row : rows[0][row]);
    return frequency.by === 'count'
      ? { title: say.count(name), of: (row) => countList![own(row)].toLocaleString('en-US') }
      : { title: say.rank(name), of: (row) => (own(row) + 1).toLocaleString('en-US') };
  });
}

export function wordTable(
  app: App,
  rows: readonly number[],
  columns: readonly WordColumn[],
  caption: string,
): HTMLElement {
  const { list } = app.spaces[0];
  const head = columns.map(({ title }) => make('th', { scope: 'col', class: 'number' }, title));
  const body = rows.map((row) => {
    const word = list[row];
    const isChosen = word === app.state.query;
    const choose = () => app.set({ query: word });
    return make(
      'tr',
      isChosen ? { class: 'chosen' } : {},
      make(
        'th',
        { scope: 'row', dir: 'auto' },
        make('button', { type: 'button', class: 'link', 'aria-pressed': `${isChosen}`, onclick: choose }, word),
      ),
      ...columns.map(({ of }) => make('td', { class: 'number' }, of(row))),
    );
  });
  return make(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    make(
      'table',
      {},
      make('caption', { class: 'unseen' }, caption),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, compareStrings.changed.columns.word), ...head)),
      make('tbody', {}, ...body),
    ),
  );
}
