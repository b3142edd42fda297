// The words whose neighbors differ most, or least, with their frequency in both files.
import { changedWords, type WordChange } from '../../../compare/changed-words.ts';
import { compareStrings } from '../../compare-strings.ts';
import type { App } from '../app.ts';
import { choice, labeled, make } from '../elements.ts';
import { saveList } from '../save.ts';
import { createStopWordSwitch, unwantedOf } from '../vocabulary.ts';
import type { FrequencyField } from './frequency-field.ts';
import type { PairLists } from './pair-lists.ts';
import { frequencyColumns, wordTable } from './word-rows.ts';

const SHOWN = 25;
const SAVED = 10_000;

export function createChangedPanel(
  app: App,
  lists: PairLists,
  frequency: FrequencyField,
): { element: HTMLElement; update(): void } {
  const say = compareStrings.changed;
  const { pair, overlap, seeds } = lists;
  const which = choice<'most' | 'least'>(
    [
      ['most', say.most],
      ['least', say.least],
    ],
    (value) => app.set({ fields: { ...app.state.fields, changed: value === 'most' ? '' : value } }),
    { id: 'changed-which' },
  );
  const stopWords = createStopWordSwitch(app, 'changed-stop-words');
  const place = make('div', {});
  const about = make('p', { class: 'soft about' }, say.bySeeds);
  const element = make(
    'section',
    { 'aria-labelledby': 'changed-title' },
    make('h2', { id: 'changed-title' }, say.title),
    make(
      'div',
      { class: 'tools' },
      labeled(say.which, which),
      frequency.element,
      stopWords.element,
      make('button', { type: 'button', onclick: save }, say.save),
    ),
    about,
    place,
  );
  const asked = () => (app.state.fields.changed === 'least' ? 'least' : 'most');
  const changes = (limit: number): WordChange[] => {
    const step = frequency.step();
    const unwanted = unwantedOf(app, 0);
    const isAsked = (row: number) => unwanted?.[row] !== 1 && lists.frequency.isEnough(row, step);
    return changedWords(overlap, seeds, asked(), limit, isAsked);
  };

  function save(): void {
    const columns = frequencyColumns(app, lists);
    const names = ['word', 'same', ...(seeds ? ['seeds'] : []), ...columns.map(({ title }) => title)];
    const rows = changes(SAVED).map(({ row, same, sameSeeds }) => [
      app.spaces[0].list[row],
      same,
      ...(seeds ? [sameSeeds] : []),
      ...columns.map(({ of }) => Number(of(row).replaceAll(',', ''))),
    ]);
    saveList('changed-words', 'csv', names, rows);
  }

  let shown = '';
  return {
    element,
    update() {
      which.value = asked();
      frequency.update();
      stopWords.update();
      const { query, fields } = app.state;
      const now = JSON.stringify([asked(), frequency.step(), query, fields.stopwords]);
      if (now === shown) return;
      shown = now;
      about.hidden = seeds === undefined || asked() === 'least';
      const found = changes(SHOWN);
      const columns = [
        { title: say.columns.same(pair.k), of: (row: number) => `${overlap.byWord[row]}` },
        ...(seeds ? [{ title: say.columns.seeds, of: (row: number) => `${seeds.byWord[row]}` }] : []),
        ...frequencyColumns(app, lists),
      ];
      const rows = found.map(({ row }) => row);
      const hadFocus = place.contains(document.activeElement);
      place.replaceChildren(
        rows.length === 0
          ? make('p', { class: 'soft' }, say.empty)
          : wordTable(app, rows, columns, say.caption(rows.length, asked())),
      );
      if (hadFocus) place.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    },
  };
}
