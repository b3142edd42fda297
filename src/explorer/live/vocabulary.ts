// What is computed once for each file: its completer, and which of its words are stop words.
import { stopWordRows } from '../../corpus/cleaning/stop-words.ts';
import { type Completer, createCompleter } from '../complete.ts';
import { strings } from '../strings.ts';
import type { App, LoadedSpace } from './app.ts';
import { make } from './elements.ts';

function once<T>(compute: (space: LoadedSpace) => T): (space: LoadedSpace) => T {
  const known = new WeakMap<LoadedSpace, { value: T }>();
  return (space) => {
    const found = known.get(space) ?? { value: compute(space) };
    known.set(space, found);
    return found.value;
  };
}

export const completerOf: (space: LoadedSpace) => Completer = once(({ list }) => createCompleter(list));

const stopWordsOf = once(({ list }) => stopWordRows(list));

/** (V) 1 for stop words, unless the reader asks for them: then undefined. */
export function unwantedOf({ state, spaces }: App, file: number): Uint8Array | undefined {
  return state.fields.stopwords === 'shown' ? undefined : stopWordsOf(spaces[file]);
}

/** The switch for stop words, one state for all views. */
export function createStopWordSwitch(app: App, id: string): { element: HTMLElement; update(): void } {
  const box = make('input', {
    type: 'checkbox',
    id,
    onchange: () => app.set({ fields: { ...app.state.fields, stopwords: box.checked ? 'shown' : '' } }),
  });
  const say = strings.stopWords;
  return {
    element: make('label', { class: 'check', title: say.hint }, box, say.label),
    update() {
      box.checked = app.state.fields.stopwords === 'shown';
    },
  };
}
