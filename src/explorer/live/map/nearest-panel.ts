// Search, and the true nearest words of the answer with their cosines.
import type { NearestAnswer } from '../../answers.ts';
import { layoutOf } from '../../choices.ts';
import { exampleWords } from '../../formulas.ts';
import { strings } from '../../strings.ts';
import type { App } from '../app.ts';
import { choice, make } from '../elements.ts';
import { markRows } from '../mark.ts';
import { chips, problemOf, showProblem } from '../problems.ts';
import { completerOf } from '../vocabulary.ts';
import { createWordBox } from '../word-box.ts';

const SIZES = ['10', '20', '50', '100'] as const;

export interface NearestPanel {
  /** The search field and what it has to say. */
  readonly search: HTMLElement;
  readonly element: HTMLElement;
  update(): void;
  focus(): void;
  /** Says anew how many of the neighbors the map keeps. */
  showKept(): Promise<void>;
}

export function createNearestPanel(
  app: App,
  { answered }: { answered(answer: NearestAnswer | undefined): void },
): NearestPanel {
  const say = strings.nearest;
  const ask = (query: string) => {
    if (query !== app.state.query) app.set({ query });
    else void question();
  };
  const box = createWordBox({
    id: 'search',
    label: strings.search.label,
    placeholder: strings.search.placeholder,
    completer: () => completerOf(app.spaces[app.state.file]),
    chosen: ask,
    escaped: () => ask(''),
  });
  const clear = make(
    'button',
    {
      type: 'button',
      class: 'clear',
      'aria-label': strings.search.clear,
      title: strings.search.clear,
      onclick: () => {
        ask('');
        box.input.focus();
      },
    },
    '×',
  );
  box.element.append(clear);
  const size = choice(
    SIZES.map((number) => [number, number]),
    (value) => app.set({ fields: { ...app.state.fields, k: value === SIZES[0] ? '' : value } }),
    { id: 'nearest-size', 'aria-label': say.number },
  );
  const heading = make('h2', { id: 'nearest-title' }, say.title);
  const about = make('div', { class: 'soft about' });
  const list = make('ol', { class: 'neighbors', 'aria-labelledby': 'nearest-title' });
  const top = make('div', { class: 'panel-top' }, heading, size);
  const markAll = make('button', { type: 'button', onclick: mark }, strings.marked.list);
  const place = make('div', { class: 'answer' });
  const search = make('div', { class: 'search', role: 'search' }, box.element, place);
  const element = make(
    'section',
    { class: 'panel', 'aria-labelledby': 'nearest-title' },
    top,
    about,
    list,
    make('div', { class: 'actions' }, markAll),
  );

  let asked = '';
  let answer: NearestAnswer | undefined;

  const sizeAsked = () => SIZES.find((number) => number === app.state.fields.k) ?? SIZES[0];

  function mark(): void {
    const rows = answer?.neighbors.map(({ row }) => row) ?? [];
    markRows(
      app,
      rows.filter((row) => row >= 0),
    );
  }

  function showEmpty(): void {
    const { list: words, rowOf } = app.spaces[app.state.file];
    const buttons = exampleWords(words, rowOf).map((word) =>
      make('button', { type: 'button', class: 'chip', onclick: () => ask(word) }, word),
    );
    place.replaceChildren(make('p', { class: 'soft' }, say.empty), chips(say.try, buttons));
    clearAnswer();
  }

  function clearAnswer(): void {
    answer = undefined;
    heading.textContent = say.title;
    element.hidden = true;
    list.replaceChildren();
    about.replaceChildren();
    answered(undefined);
  }

  async function question(): Promise<void> {
    const { file, query } = app.state;
    const { rowOf } = app.spaces[file];
    const isCurrent = () => app.state.file === file && app.state.query === query;
    box.input.removeAttribute('aria-invalid');
    if (query === '') return showEmpty();
    const late = setTimeout(() => place.replaceChildren(make('p', { class: 'soft' }, say.asking)), 300);
    try {
      const found = await app.answers.nearest(file, query, Number(sizeAsked()));
      if (isCurrent()) showAnswer(found);
    } catch (error) {
      if (!isCurrent()) return;
      clearAnswer();
      const problem = problemOf(error, rowOf);
      box.input.setAttribute('aria-invalid', 'true');
      showProblem(place, problem, ask);
      app.say(problem.text, { bad: true });
    } finally {
      clearTimeout(late);
    }
  }

  function showAnswer(found: NearestAnswer): void {
    answer = found;
    const { neighbors } = found;
    place.replaceChildren(...(neighbors.length === 0 ? [make('p', { class: 'problem' }, say.none)] : []));
    heading.textContent = say.of(app.state.query);
    element.hidden = false;
    list.replaceChildren(
      ...neighbors.map(({ word, similarity }) => {
        const share = Math.max(0, similarity);
        return make(
          'li',
          {},
          make(
            'button',
            { type: 'button', onclick: () => app.set({ query: word }) },
            make('span', { class: 'word', dir: 'auto' }, word),
            make(
              'span',
              { class: 'cosine' },
              make('span', { class: 'unseen' }, ` ${say.cosine} `),
              similarity.toFixed(3),
            ),
            make('span', { class: 'meter', 'aria-hidden': 'true', style: `--share: ${share.toFixed(3)}` }),
          ),
        );
      }),
    );
    answered(found);
    void showKept();
    app.say(
      say.found(
        app.state.query,
        neighbors.slice(0, 5).map(({ word }) => word),
      ),
      { quiet: true },
    );
  }

  async function showKept(): Promise<void> {
    const { state, spaces } = app;
    const shown = answer;
    if (shown === undefined) return;
    const space = spaces[state.file];
    const isWord = space.rowOf.has(state.query);
    const row = isWord ? space.rowOf.get(state.query)! : undefined;
    const lines: string[] = [];
    if (row !== undefined) lines.push(`${say.facts(row + 1, space.countList?.[row])}.`);
    else if (shown.rows.length === 0 || shown.rows.some((each) => each < 0)) lines.push(say.notOnMap);
    const layout = layoutOf(space, state.layout);
    if (row !== undefined && layout?.keptByWord !== undefined) {
      const kept = new Uint8Array(await app.blob(layout.keptByWord))[row];
      const { k } = layout.quality;
      if (kept !== 255) lines.push(say.kept(Math.round((kept * k) / 100), k));
    }
    if (answer === shown) about.textContent = lines.join(' ');
  }

  return {
    search,
    element,
    showKept,
    focus: () => {
      box.input.focus();
      box.input.select();
    },
    update() {
      const { file, query } = app.state;
      size.value = sizeAsked();
      if (document.activeElement !== box.input || query === '' || box.input.value.trim() === '')
        box.input.value = query;
      clear.hidden = query === '';
      const now = JSON.stringify([file, query, size.value]);
      if (now === asked) return;
      asked = now;
      void question();
    },
  };
}
