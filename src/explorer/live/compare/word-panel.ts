// One word in both files: two lists of its nearest words, joined by lines where a word is in both.

import { NOT_COMPARED } from '../../../compare/not-compared.ts';
import { setHtml } from '../../../page/html.ts';
import { compareStrings } from '../../compare-strings.ts';
import { type JoinedLists, joinedLists, joiningLinesSvg, ROW_HEIGHT } from '../../joined-lists.ts';
import type { App } from '../app.ts';
import { make } from '../elements.ts';
import { problemOf, showProblem } from '../problems.ts';
import { completerOf } from '../vocabulary.ts';
import { createWordBox } from '../word-box.ts';
import type { PairLists } from './pair-lists.ts';

/** Neighbors asked for, so that a word beyond the list has its place said. */
const ASKED = 100;

export function createWordPanel(app: App, lists: PairLists): { element: HTMLElement; update(): void } {
  const say = compareStrings.word;
  const names = app.spaces.map(({ name }) => name);
  const box = createWordBox({
    id: 'compare-word',
    label: say.label,
    completer: () => completerOf(app.spaces[0]),
    chosen: (query) => app.set({ query }),
    escaped: () => app.set({ query: '' }),
  });
  const heading = make('h2', { id: 'compare-word-title' }, say.title);
  const facts = make('p', { class: 'soft about' });
  const place = make('div', { class: 'answer' });
  const element = make('section', { 'aria-labelledby': 'compare-word-title' }, heading, box.element, facts, place);

  let asked = '';

  async function question(query: string): Promise<void> {
    box.input.removeAttribute('aria-invalid');
    heading.textContent = query === '' ? say.title : say.of(query);
    facts.textContent = query === '' ? say.empty : factsOf(query);
    if (query === '') return place.replaceChildren();
    const found = await Promise.allSettled([0, 1].map((file) => app.answers.nearest(file, query, ASKED)));
    if (query !== app.state.query) return;
    const failed = found.find((each) => each.status === 'rejected');
    if (failed !== undefined && found.every((each) => each.status === 'rejected')) {
      const problem = problemOf(failed.reason, app.spaces[0].rowOf);
      box.input.setAttribute('aria-invalid', 'true');
      showProblem(place, problem, (word) => app.set({ query: word }));
      return app.say(problem.text, { bad: true });
    }
    const neighbors = found.map((each) => (each.status === 'fulfilled' ? each.value.neighbors : undefined));
    const joined = joinedLists(
      neighbors,
      [0, 1].map((file) => app.spaces[1 - file].rowOf),
      lists.pair.k,
    );
    showLists(joined);
    app.say(say.found(query, joined.lines.length));
  }

  function factsOf(query: string): string {
    const row = app.spaces[0].rowOf.get(query);
    if (row === undefined) return '';
    const same = lists.overlap.byWord[row];
    if (same === NOT_COMPARED) return lists.rows[0][row] < 0 ? '' : say.notCompared;
    const seeds = lists.seeds === undefined ? '' : ` ${say.sameSeeds(lists.seeds.byWord[row])}`;
    return `${say.same(same, lists.pair.k)}${seeds}`;
  }

  function showLists({ columns, lines }: JoinedLists): void {
    const drawn = make('div', { class: 'joining-lines', 'aria-hidden': 'true' });
    setHtml(drawn, joiningLinesSvg(lines, lists.pair.k));
    const [first, second] = columns.map((column, file) => {
      const other = names[1 - file];
      if (column === undefined) return make('p', { class: 'soft lacking' }, say.lacks(app.state.query, names[file]));
      return make(
        'ol',
        { class: 'neighbors joined', 'aria-label': `${say.of(app.state.query)} ${say.in(names[file])}` },
        ...column.map(({ word, similarity, place }) => {
          const where = placeText(place, other);
          return make(
            'li',
            { style: `height: ${ROW_HEIGHT}px` },
            make(
              'button',
              { type: 'button', onclick: () => app.set({ query: word }) },
              make('span', { class: 'word', dir: 'auto' }, word),
              make(
                'span',
                { class: `place${place === 'missing' ? ' missing' : ''}`, 'aria-hidden': 'true' },
                where.shown,
              ),
              make('span', { class: 'unseen' }, ` ${where.said} `),
              make('span', { class: 'cosine' }, similarity.toFixed(2)),
            ),
          );
        }),
      );
    });
    place.replaceChildren(
      make(
        'div',
        { class: 'two-lists' },
        make('h3', {}, names[0]),
        make('span', {}),
        make('h3', {}, names[1]),
        first!,
        drawn,
        second!,
      ),
      make('p', { class: 'soft about' }, say.lines),
    );
  }

  function placeText(at: number | 'further' | 'missing', other: string): { shown: string; said: string } {
    if (at === 'missing') return { shown: say.missing(other), said: say.missing(other) };
    if (at === 'further') return { shown: say.beyond(ASKED), said: say.further(ASKED, other) };
    return { shown: at <= lists.pair.k ? '' : say.place(at), said: say.at(at, other) };
  }

  return {
    element,
    update() {
      const { query } = app.state;
      if (document.activeElement !== box.input || query === '') box.input.value = query;
      if (query === asked && place.hasChildNodes()) return;
      asked = query;
      void question(query);
    },
  };
}
