// The help dialog and the keys that work in every view.
import { strings } from '../strings.ts';
import type { App, ViewPart } from './app.ts';
import { make } from './elements.ts';
import { shortcuts } from './shortcuts.ts';

export interface Help {
  readonly button: HTMLElement;
  readonly dialog: HTMLDialogElement;
}

export function createHelp({ data }: App): Help {
  const { keys } = strings;
  const rows = keys.rows.flatMap(([key, does]) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, does)]);
  const agreement = data.spaces[0].vectors?.agreement ?? 1;
  const answered = data.answeredBy === 'server' ? keys.answered.server : keys.answered.page(agreement);
  const keysOn = make('input', {
    type: 'checkbox',
    onchange: () => {
      shortcuts.turn(keysOn.checked);
      nameKey();
    },
  });
  keysOn.checked = shortcuts.on;
  const close = make('button', { type: 'button', onclick: () => dialog.close() }, strings.close);
  const dialog = make(
    'dialog',
    { 'aria-labelledby': 'help-title' },
    make('h2', { id: 'help-title' }, keys.title),
    make('p', {}, keys.lead),
    make('p', {}, keys.mouse),
    make('dl', { class: 'keys' }, ...rows),
    make('label', { class: 'field' }, keysOn, make('span', {}, keys.switch)),
    make('p', {}, keys.link),
    make('p', { class: 'soft' }, `${answered} ${keys.made(data.version)}`),
    close,
  );
  const button = make(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-haspopup': 'dialog',
      onclick: () => dialog.showModal(),
    },
    strings.help,
  );
  function nameKey(): void {
    if (shortcuts.on) button.setAttribute('aria-keyshortcuts', '?');
    else button.removeAttribute('aria-keyshortcuts');
  }
  nameKey();
  return { button, dialog };
}

/** Keys outside fields: / for search, ? for help, 1 … 6 for the views. */
export function listenToKeys(app: App, views: readonly ViewPart[], { dialog }: Help, search: () => void): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (!shortcuts.on || event.altKey || event.ctrlKey || event.metaKey || dialog.open) return;
    if (target.closest('input, textarea, select, [contenteditable]')) return;
    const view = /^[1-9]$/.test(event.key) ? views[Number(event.key) - 1] : undefined;
    if (event.key === '/') {
      event.preventDefault();
      app.set({ view: 'map' });
      search();
    } else if (event.key === '?') dialog.showModal();
    else if (view !== undefined) app.set({ view: view.name });
  });
}
