// All words as a table: by frequency, in order of any column, filtered, a page at a time, to save.
import { layoutOf } from '../choices.ts';
import { strings } from '../strings.ts';
import { type SortColumn, tableRows } from '../word-table.ts';
import type { App, ViewPart } from './app.ts';
import { choice, labeled, make, setOptions } from './elements.ts';
import { markRows } from './mark.ts';
import { problemOf } from './problems.ts';
import { saveList } from './save.ts';

const PAGE = 100;
const descendingFirst: readonly SortColumn[] = ['count', 'kept'];

export function createWordsView(app: App): ViewPart {
  const say = strings.words;
  const filter = make('input', { id: 'words-filter', type: 'search', spellcheck: 'false', autocapitalize: 'off' });
  const only = choice<string>([], (value) => setFields({ class: value, page: '' }), { id: 'words-class' });
  const onlyField = labeled(say.class, only);
  const caption = make('caption', {});
  const head = make('tr', {});
  const body = make('tbody', {});
  const previous = make('button', { type: 'button', onclick: () => goTo(page - 1) }, say.previous);
  const next = make('button', { type: 'button', onclick: () => goTo(page + 1) }, say.next);
  const where = make('span', { 'aria-live': 'polite' });
  const none = make('p', { class: 'problem', hidden: true }, say.none);
  const scroll = make(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say.title },
    make('table', { class: 'all-words' }, caption, make('thead', {}, head), body),
  );
  const element = make(
    'div',
    { class: 'page-view' },
    make(
      'section',
      { 'aria-labelledby': 'words-title' },
      make('h2', { id: 'words-title' }, say.title),
      make(
        'div',
        { class: 'tools' },
        labeled(say.filter, filter),
        onlyField,
        make('button', { type: 'button', onclick: () => markRows(app, rows) }, strings.marked.list),
        make('button', { type: 'button', onclick: save }, say.save),
      ),
      none,
      scroll,
      make('div', { class: 'paging', role: 'group', 'aria-label': say.pages }, previous, where, next),
    ),
  );
  let rows: number[] = [];
  let page = 0;
  let shown = '';
  let kept: Uint8Array | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  filter.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => setFields({ filter: filter.value, page: '' }), 200);
  });

  function setFields(fields: Record<string, string>): void {
    app.set({ fields: { ...app.state.fields, ...fields } });
  }

  function goTo(to: number): void {
    setFields({ page: to === 0 ? '' : `${to + 1}` });
    scroll.scrollTop = 0;
  }

  function sortOf(): { sort: SortColumn; descending: boolean } {
    const [name, order] = (app.state.fields.sort ?? '').split(' ');
    const sort = columnNames().find((column) => column === name) ?? 'rank';
    return { sort, descending: order === 'down' };
  }

  function columnNames(): SortColumn[] {
    const { countList, classList } = app.spaces[app.state.file];
    const offered: [SortColumn, boolean][] = [
      ['rank', true],
      ['word', true],
      ['count', countList !== undefined],
      ['class', classList !== undefined],
      ['kept', kept !== undefined],
    ];
    return offered.filter(([, is]) => is).map(([name]) => name);
  }

  const cell = (row: number, column: SortColumn): string | number | undefined => {
    const { list, countList, classList, classNames = [] } = app.spaces[app.state.file];
    if (column === 'rank') return row + 1;
    if (column === 'word') return list[row];
    if (column === 'count') return countList?.[row];
    if (column === 'class') return classNames[classList?.[row] ?? 255];
    return kept === undefined || kept[row] === 255 ? undefined : kept[row];
  };

  function save(): void {
    const [rank, word, ...others] = columnNames();
    const columns = [word!, rank!, ...others];
    saveList(
      'words',
      'csv',
      columns,
      rows.map((row) => columns.map((column) => cell(row, column))),
    );
  }

  function showHead(): void {
    const { sort, descending } = sortOf();
    head.replaceChildren(
      ...columnNames().map((column) => {
        const isSorted = column === sort;
        const turn = () => {
          const down = isSorted ? !descending : descendingFirst.includes(column);
          setFields({ sort: column === 'rank' && !down ? '' : `${column} ${down ? 'down' : 'up'}`, page: '' });
          head.querySelector<HTMLElement>(`[data-column=${column}]`)?.focus();
        };
        const arrow = isSorted ? (descending ? ' ↓' : ' ↑') : '';
        return make(
          'th',
          {
            scope: 'col',
            class: isNumber(column) ? 'number' : undefined,
            'aria-sort': isSorted ? (descending ? 'descending' : 'ascending') : undefined,
          },
          make(
            'button',
            { type: 'button', class: 'link', 'data-column': column, onclick: turn },
            say.columns[column],
            make('span', { 'aria-hidden': 'true' }, arrow),
          ),
        );
      }),
    );
  }

  function showPage(): void {
    const { list } = app.spaces[app.state.file];
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    page = Math.min(Math.max(0, Math.floor(Number(app.state.fields.page ?? 1) || 1) - 1), pages - 1);
    const names = columnNames();
    body.replaceChildren(
      ...rows.slice(page * PAGE, (page + 1) * PAGE).map((row) =>
        make(
          'tr',
          {},
          ...names.map((column) => {
            if (column !== 'word')
              return make('td', isNumber(column) ? { class: 'number' } : {}, shownCell(cell(row, column), column));
            const word = list[row];
            const show = () => app.set({ view: 'map', query: word });
            return make(
              'th',
              { scope: 'row', dir: 'auto' },
              make('button', { type: 'button', class: 'link', title: say.show(word), onclick: show }, word),
            );
          }),
        ),
      ),
    );
    caption.textContent = say.caption(rows.length, list.length);
    where.textContent = say.page(page + 1, pages);
    [previous.disabled, next.disabled] = [page === 0, page === pages - 1];
    [none.hidden, scroll.hidden] = [rows.length > 0, rows.length === 0];
  }

  async function show(): Promise<void> {
    const { file, layout, fields } = app.state;
    const space = app.spaces[file];
    const keptName = layoutOf(space, layout)?.keptByWord;
    kept = keptName === undefined ? undefined : new Uint8Array(await app.blob(keptName));
    const classNames = space.classNames ?? [];
    const at = classNames.indexOf(fields.class ?? '');
    rows = tableRows(
      { words: space.list, counts: space.countList, classes: space.classList, classNames, kept },
      { filter: (fields.filter ?? '').trim(), only: at < 0 ? undefined : at, ...sortOf() },
    );
    if (document.activeElement !== filter) filter.value = fields.filter ?? '';
    setOptions(only, [['', say.allClasses], ...classNames.map((name) => [name, name] as const)]);
    only.value = at < 0 ? '' : classNames[at];
    onlyField.hidden = space.classList === undefined;
    showHead();
    showPage();
  }

  return {
    name: 'words',
    title: strings.views.words,
    available: true,
    element,
    update() {
      const { file, layout, fields } = app.state;
      const now = JSON.stringify([file, layout, fields.filter, fields.class, fields.sort, fields.page]);
      if (now === shown) return;
      shown = now;
      show().catch((error: unknown) => {
        shown = ''; // it may be shown later
        app.say(problemOf(error, app.spaces[file].rowOf).text, { bad: true });
      });
    },
  };
}

const isNumber = (column: SortColumn): boolean => column !== 'word' && column !== 'class';

function shownCell(value: string | number | undefined, column: SortColumn): string {
  if (value === undefined) return '';
  return column === 'kept' ? `${value} %` : typeof value === 'number' ? value.toLocaleString('en-US') : value;
}
