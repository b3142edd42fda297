// Which of two files the map and the answers are from.
import { strings } from '../strings.ts';
import type { App } from './app.ts';
import { make } from './elements.ts';

export function createFileSwitch(app: App): HTMLElement {
  const { spaces } = app.data;
  const buttons = spaces.map(({ name, vocabulary, dimensions }, file) => {
    const input = make('input', { type: 'radio', name: 'file', value: file, onchange: () => app.set({ file }) });
    return {
      input,
      element: make('label', { title: strings.facts(vocabulary, dimensions) }, input, make('span', {}, name)),
    };
  });
  const element = make(
    'fieldset',
    { class: 'file-switch', hidden: spaces.length < 2 },
    make('legend', { class: 'unseen' }, strings.file),
    ...buttons.map((button) => button.element),
  );
  const show = () => {
    for (const [file, { input }] of buttons.entries()) input.checked = file === app.state.file;
  };
  app.subscribe(show);
  show();
  return element;
}
