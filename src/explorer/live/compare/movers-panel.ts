// The words that are furthest from their place on the other map.
import { NOT_COMPARED } from '../../../compare/not-compared.ts';
import { compareStrings } from '../../compare-strings.ts';
import { movers, relativeShifts } from '../../movers.ts';
import type { App } from '../app.ts';
import { make } from '../elements.ts';
import { unwantedOf } from '../vocabulary.ts';
import type { FrequencyField } from './frequency-field.ts';
import type { PairLists } from './pair-lists.ts';
import { frequencyColumns, wordTable } from './word-rows.ts';

const SHOWN = 15;

export interface MoversPanel {
  readonly element: HTMLElement;
  /** Takes the places of the words on both maps. */
  measure(positions: readonly Float32Array[]): void;
  update(): void;
}

export function createMoversPanel(app: App, lists: PairLists, frequency: FrequencyField): MoversPanel {
  const say = compareStrings.movers;
  const place = make('div', {});
  const element = make(
    'section',
    { 'aria-labelledby': 'movers-title', hidden: true },
    make('h2', { id: 'movers-title' }, say.title),
    make('p', { class: 'soft' }, say.lead),
    place,
  );
  let shifts: Float32Array | undefined;
  let shown = '';

  function update(): void {
    element.hidden = shifts === undefined;
    if (shifts === undefined) return;
    const step = frequency.step();
    const now = JSON.stringify([step, app.state.query, app.state.fields.stopwords]);
    if (now === shown) return;
    shown = now;
    const moved = shifts;
    const unwanted = unwantedOf(app, 0);
    const rows = movers(moved, SHOWN, (row) => unwanted?.[row] !== 1 && lists.frequency.isEnough(row, step));
    const columns = [
      { title: compareStrings.changed.columns.shift, of: (row: number) => moved[row].toFixed(2) },
      { title: compareStrings.changed.columns.same(lists.pair.k), of: (row: number) => sameText(row) },
      ...frequencyColumns(app, lists),
    ];
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(wordTable(app, rows, columns, say.caption(rows.length)));
    if (hadFocus) place.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
  }
  const sameText = (row: number) => (lists.overlap.byWord[row] === NOT_COMPARED ? '' : `${lists.overlap.byWord[row]}`);

  return {
    element,
    measure(positions) {
      shifts = relativeShifts(positions[0], positions[1], lists.rows[0]);
      shown = '';
      update();
    },
    update,
  };
}
