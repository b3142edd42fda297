// The words marked with the lasso or by the buttons: a list to copy and to save.

import { strings } from '../../strings.ts';
import { type ListFormat, listFormats } from '../../word-lists.ts';
import type { App } from '../app.ts';
import { make } from '../elements.ts';
import { markRows } from '../mark.ts';
import { copyText, saveList } from '../save.ts';

const LISTED = 200; // words in the page; files have all

export interface MarkedPanel {
  readonly element: HTMLElement;
  update(): void;
}

/** `inView`: the rows in the picture. */
export function createMarkedPanel(app: App, { inView }: { inView(): number[] }): MarkedPanel {
  const say = strings.marked;
  const heading = make('h2', { id: 'marked-title' });
  const list = make('ul', { class: 'words-marked', 'aria-labelledby': 'marked-title' });
  const button = (name: string, act: () => void) => make('button', { type: 'button', onclick: act }, name);
  const save = (format: ListFormat) => button(say.save(listFormats[format].name), () => saveMarked(format));
  const actions = make(
    'div',
    { class: 'actions' },
    button(say.copy, copy),
    save('text'),
    save('csv'),
    save('json'),
    button(say.clear, () => app.set({ marked: [] })),
  );
  const empty = make('p', { class: 'soft' }, say.empty);
  const mark = make(
    'div',
    { class: 'actions' },
    button(say.inView, () => markRows(app, inView())),
  );
  const element = make(
    'section',
    { class: 'panel', 'aria-labelledby': 'marked-title' },
    heading,
    empty,
    mark,
    list,
    actions,
  );
  let shown: readonly string[] | undefined;

  function saveMarked(format: ListFormat): void {
    const { rowOf, countList } = app.spaces[app.state.file];
    const columns = countList ? ['word', 'rank', 'count'] : ['word', 'rank'];
    const rows = app.state.marked.map((word) => {
      const row = rowOf.get(word);
      return [word, row === undefined ? undefined : row + 1, ...(countList ? [countList[row ?? -1]] : [])];
    });
    saveList('marked-words', format, columns, rows);
  }

  async function copy(): Promise<void> {
    const { marked } = app.state;
    const done = await copyText(marked.join('\n'));
    app.say(done ? say.copied(marked.length) : say.notCopied, { bad: !done });
  }

  return {
    element,
    update() {
      const { marked } = app.state;
      if (marked === shown) return;
      shown = marked;
      heading.textContent = say.title(marked.length);
      empty.hidden = marked.length > 0;
      actions.hidden = marked.length === 0;
      const words = marked
        .slice(0, LISTED)
        .map((word) =>
          make(
            'li',
            {},
            make(
              'button',
              { type: 'button', class: 'chip', dir: 'auto', onclick: () => app.set({ query: word }) },
              word,
            ),
          ),
        );
      const more = marked.length > LISTED ? [make('li', { class: 'soft' }, say.more(marked.length - LISTED))] : [];
      list.replaceChildren(...words, ...more);
    },
  };
}
